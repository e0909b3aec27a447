import type { Subscription } from 'rxjs';
import { CallQueue } from '../../call-queue.js';
import { delay, withDeadline } from '../../deadline.js';
import { DeviceLife } from '../../device-life.js';
import { DeviceError } from '../../device-error.js';
import type { CallOptions, CardConnection } from '../../transport.js';
import type { CardHandle } from './card-handle.js';
import { DISPOSITION } from './messages.js';
import { PcscFailure, pcscError } from './pcsc-errors.js';
import { isBefore, type ReaderState } from './reader-service.js';
import type { Releases } from './releases.js';

/** A card that computes may take its time: deadline of a command that names none, in milliseconds. */
const TRANSMIT_MS = 30_000;
/** A broken exchange is often a card that was pulled: the service says so within this time, in milliseconds. */
const PULLED_MS = 1_500;
/** How long `close()` waits for the service to take the card back, in milliseconds. */
const CLOSE_MS = 1_000;
/** How long a card that is at work is waited for afterwards, before the service is left alone with it, in milliseconds. */
const WORK_MS = 30_000;

/** What a connection is made of. */
export interface PcscCardParts {
  readonly handle: CardHandle;
  readonly atr: Uint8Array;
  /** The count of the slot when this card was in it. */
  readonly cardEvents: number;
  readonly mode: 'exclusive' | 'shared';
  readonly reader: ReaderState;
  readonly releases: Releases;
}

/**
 * A connection to the card in the slot. The answer to a command that was given up is waited for and dropped before the
 * next one is sent. An exclusive connection resets the card at its end, so that nobody finds it unlocked; a shared one
 * leaves it as it is, because others use it.
 */
export class PcscCard implements CardConnection {
  readonly atr: Uint8Array;
  readonly ended;
  readonly mode: 'exclusive' | 'shared';
  readonly #handle: CardHandle;
  readonly #name: string;
  readonly #life: DeviceLife;
  readonly #calls = new CallQueue();
  readonly #slot: Subscription;
  #working: Promise<unknown> = Promise.resolve();
  #isTransmitting = false;

  constructor({ handle, atr, cardEvents, mode, reader, releases }: PcscCardParts) {
    this.atr = atr;
    this.mode = mode;
    this.#handle = handle;
    this.#name = reader.name;
    this.#life = new DeviceLife(async () => {
      this.#slot.unsubscribe();
      this.#calls.end(this.#life.over ?? new DeviceError('closed', 'the card connection was closed'));
      const released = this.#release();
      releases.add(reader.name, released);
      // A card that is at work is given back when it has answered: nobody waits for that here.
      if (this.#calls.running === undefined) await soon(released);
      handle.unref();
    });
    this.ended = this.#life.ended;
    const gone = (): void => {
      this.lose(this.#error('the reader has gone'));
    };
    this.#slot = reader.slot.subscribe({
      next: (state) => {
        if (isBefore({ cardEvents }, state)) this.lose(this.#error('the card was taken out'));
      },
      complete: gone,
      error: gone,
    });
  }

  /** Card or reader have gone. */
  lose(error: DeviceError): void {
    this.#calls.end(error);
    this.#life.lose(error);
  }

  async transmit(command: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    if (this.#life.over !== undefined) throw this.#life.over;
    if (this.#isTransmitting) {
      throw new DeviceError('busy', `${this.#name}: the card is at a command of this connection`);
    }
    this.#isTransmitting = true;
    try {
      const bytes = command.slice();
      const limits = { timeoutMs: TRANSMIT_MS, ...options };
      return await this.#call('a command to the card', limits, () => this.#handle.transmit(bytes));
    } finally {
      this.#isTransmitting = false;
    }
  }

  /** SCardControl over this connection, for a reader that nobody else gets at meanwhile. */
  control(code: number, data: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    const bytes = data.slice();
    return this.#call('a command to the reader', options, () => this.#handle.control(code, bytes));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #call(
    what: string,
    options: CallOptions | undefined,
    work: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    if (this.#life.over !== undefined) throw this.#life.over;
    return this.#calls.run(`${this.#name}: ${what}`, options, async (signal) => {
      const working = work();
      this.#working = working.catch(() => undefined);
      try {
        return await working;
      } catch (error) {
        throw await this.#failure(error, signal);
      }
    });
  }

  /** Waits for word of the slot where the failure may come of a card or a reader that has gone. */
  async #failure(error: unknown, signal: AbortSignal): Promise<DeviceError> {
    const failure = pcscError(error, this.#name);
    const isVague = failure.code === 'protocol' || failure.code === 'attention';
    if (error instanceof PcscFailure && isVague) {
      await delay(PULLED_MS, signal).catch(() => undefined);
    }
    if (failure.code === 'lost') this.lose(failure);
    return failure;
  }

  /** Never rejects. */
  async #release(): Promise<void> {
    const isLost = this.#life.over?.code === 'lost';
    const disposition = this.mode === 'exclusive' && !isLost ? DISPOSITION.reset : DISPOSITION.leave;
    const giveBack = async (): Promise<void> => {
      await this.#working;
      await this.#handle.disconnect(disposition);
    };
    const patience = setTimeout(() => {
      this.#handle.end();
    }, WORK_MS);
    patience.unref();
    await giveBack().catch(() => undefined);
    clearTimeout(patience);
  }

  #error(says: string): DeviceError {
    return new DeviceError('lost', `${this.#name}: ${says}`);
  }
}

/** Resolves with `released`, but not later than `close()` may. */
function soon(released: Promise<void>): Promise<void> {
  return withDeadline('giving the card back', CLOSE_MS, () => released).catch(() => undefined);
}
