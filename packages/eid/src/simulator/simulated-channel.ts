import { delay, DeviceError, DeviceLife, withDeadline, type End } from '@buergerkoffer/core';
import type { Fault, FaultScript } from '@buergerkoffer/core/simulation';
import { decodeCommand } from '../apdu/command-apdu.js';
import type { ResponseApdu } from '../apdu/response-apdu.js';
import type { CardChannel } from '../card-terminal.js';
import type { SimulatedCard } from './simulated-card.js';

/** How long a card has for one answer, in milliseconds. */
const TRANSMIT_MS = 30_000;

/** What a channel needs of the terminal that it goes through. */
export interface ChannelWorks {
  readonly paceMs: number;
  readonly faults: FaultScript;
  readonly vanish: () => void;
}

/** A connection to a simulated card. */
export class SimulatedChannel implements CardChannel {
  readonly atr: Uint8Array;
  readonly #card: SimulatedCard;
  readonly #works: ChannelWorks;
  readonly #life = new DeviceLife();

  constructor(card: SimulatedCard, works: ChannelWorks) {
    this.#card = card;
    this.#works = works;
    this.atr = card.atr.slice();
    card.reset();
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  async transmit(apdu: Uint8Array, signal?: AbortSignal): Promise<ResponseApdu> {
    const command = apdu.slice();
    try {
      decodeCommand(command);
    } catch (cause) {
      throw new DeviceError('invalid-request', 'the bytes are no command APDU', { cause });
    }
    return this.#life.gate.call('transmit', (ending) => this.#exchange(command, ending), signal);
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  /** Card or terminal has gone. */
  lose(error: DeviceError): void {
    this.#life.lose(error);
  }

  #exchange(command: Uint8Array, ending: AbortSignal): Promise<ResponseApdu> {
    const fault = this.#works.faults.take('transmit');
    return withDeadline(
      'the answer of the card',
      TRANSMIT_MS,
      (signal) => this.#answer(command, fault, signal),
      ending,
    );
  }

  async #answer(command: Uint8Array, fault: Fault | undefined, signal: AbortSignal): Promise<ResponseApdu> {
    switch (fault?.type) {
      case undefined:
        await delay(this.#works.paceMs, signal);
        return this.#card.answer(command);
      case 'time-out':
        return new Promise(() => undefined);
      case 'stall':
        throw new DeviceError('protocol', 'the card answers what no card answers');
      case 'vanish':
        await delay(this.#works.paceMs, signal);
        this.#works.vanish();
        return new Promise(() => undefined);
      case 'retry':
      case 'jam':
      case 'paper-out':
        throw new DeviceError(
          'unsupported',
          `transmit of a card channel does not know the fault ${fault.type}`,
        );
      default:
        return fault satisfies never;
    }
  }
}
