import type { WireFault } from './camera-fault.js';
import { Timers } from '../reference/timers.js';

/** Where the messages of an answer go. */
export interface Wire {
  /** `more` follows: what is sent ends nothing yet. */
  send(bytes: Uint8Array, more: boolean): void;
  stall(): void;
  vanish(): void;
}

/** An answer is cut at whole packets of USB. */
const PACKET = 1024;

/** Sends the messages of answers one after the other, and shows what goes wrong on the way. */
export class Delivery {
  readonly #wire: Wire;
  readonly #pauses = new Timers();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Sends an answer; what is under way of the last one is dropped. */
  send(messages: readonly Uint8Array[], fault?: WireFault): void {
    this.#pauses.end();
    switch (fault?.type) {
      case 'silent':
        return;
      case 'stall':
        this.#wire.stall();
        return;
      case 'vanish':
        this.#sendHalf(messages);
        this.#wire.vanish();
        return;
      case 'slow': {
        const rest = this.#sendHalf(messages);
        this.#pauses.after(fault.ms, () => {
          this.#sendAll(rest);
        });
        return;
      }
      default:
        this.#sendAll(messages);
    }
  }

  /** Nothing more comes of what is under way; false when nothing was. */
  cancel(): boolean {
    return this.#pauses.end();
  }

  #sendAll(messages: readonly Uint8Array[]): void {
    for (const message of messages) this.#wire.send(message, false);
  }

  /** Sends half of the longest message, which is the data where there is any; what remains. */
  #sendHalf([first, ...others]: readonly Uint8Array[]): readonly Uint8Array[] {
    if (first === undefined) return [];
    const half = Math.floor(first.length / 2 / PACKET) * PACKET;
    if (half > 0) this.#wire.send(first.subarray(0, half), true);
    return [first.subarray(half), ...others];
  }
}
