import { Timers } from '../reference/timers.js';
import type { WireFault } from './camera-fault.js';

/** A piece of an answer. */
export interface Message {
  readonly bytes: Uint8Array;
  /** The next piece continues it: it is no message of its own. Default false. */
  readonly more?: boolean;
}

/** An answer, cut in two about the middle of its data. */
export interface Answer {
  readonly first: readonly Message[];
  readonly rest: readonly Message[];
}

/** Where an answer goes. */
export interface Wire {
  send(message: Message): void;
  stall(): void;
  vanish(): void;
}

/** Sends answers one after the other, and shows what goes wrong on the way. */
export class Delivery {
  readonly #wire: Wire;
  readonly #pauses = new Timers();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Sends an answer; what is under way of the last one is dropped. */
  send({ first, rest }: Answer, fault?: WireFault): void {
    this.#pauses.end();
    switch (fault?.type) {
      case 'silent':
        return;
      case 'stall':
        this.#wire.stall();
        return;
      case 'vanish':
        this.#sendAll(first);
        this.#wire.vanish();
        return;
      case 'slow':
        this.#sendAll(first);
        this.#pauses.after(fault.ms, () => {
          this.#sendAll(rest);
        });
        return;
      default:
        this.#sendAll(first);
        this.#sendAll(rest);
    }
  }

  /** Nothing more comes of what is under way; false when nothing was. */
  cancel(): boolean {
    return this.#pauses.end();
  }

  #sendAll(messages: readonly Message[]): void {
    for (const message of messages) this.#wire.send(message);
  }
}
