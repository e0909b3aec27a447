import { Observable, type Subscription } from 'rxjs';
import { CallQueue } from '../../call-queue.js';
import { DeviceLife } from '../../device-life.js';
import { DeviceError } from '../../device-error.js';
import type { CallOptions, CardConnection, CardPresence, CardTransport } from '../../transport.js';
import { pcscError } from './pcsc-errors.js';
import { DISPOSITION, MODE, NO_PROTOCOL, type PcscCard } from './pcsc-library.js';
import type { ReaderState } from './reader-service.js';

/** A card that computes may take its time: deadline of a command that names none, in milliseconds. */
const TRANSMIT_MS = 30_000;

/** One slot of a reader. */
export class PcscTransport implements CardTransport {
  readonly ended;
  readonly card: Observable<CardPresence>;
  readonly #reader: ReaderState;
  readonly #name: string;
  readonly #life: DeviceLife;
  readonly #calls = new CallQueue();
  readonly #presence: Subscription;

  /** `release` lets go of the service. */
  constructor(reader: ReaderState, name: string, release: () => void) {
    this.#reader = reader;
    this.#name = name;
    this.#life = new DeviceLife(() => {
      this.#presence.unsubscribe();
      this.#calls.end(this.#life.over ?? closed());
      release();
      return Promise.resolve();
    });
    this.ended = this.#life.ended;
    const gone = (): void => {
      this.#life.lose(new DeviceError('lost', `${name}: the reader has gone`));
    };
    this.#presence = reader.card.subscribe({ complete: gone, error: gone });
    this.card = new Observable((subscriber) => {
      void this.ended.then((end) => {
        if (end.reason === 'lost') subscriber.error(end.error);
        else subscriber.complete();
      });
      return reader.card.subscribe({
        next: (presence) => {
          if (this.#life.over === undefined) subscriber.next(presence);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      });
    });
  }

  connect(mode: 'exclusive' | 'shared', options?: CallOptions): Promise<CardConnection> {
    return this.#call('connecting to the card', options, async (signal) => {
      const card = await this.#reader.reader.connect(MODE[mode]);
      if (signal.aborted) {
        await card.disconnect(DISPOSITION.leave);
        signal.throwIfAborted();
      }
      const { atr } = await card.state();
      const connection = new PcscConnection(card, atr.slice(), MODE[mode], this.#reader, this.#name);
      void this.ended.then((end) => {
        connection.lose(
          end.reason === 'lost' ? end.error : new DeviceError('lost', `${this.#name}: the reader was closed`),
        );
      });
      return connection;
    });
  }

  control(code: number, data: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    return this.#call('a command to the reader', options, async () => {
      const reader = await this.#reader.reader.connect(MODE.direct, NO_PROTOCOL);
      try {
        return (await reader.control(code, data)).slice();
      } finally {
        await reader.disconnect(DISPOSITION.leave).catch(() => undefined);
      }
    });
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #call<T>(
    what: string,
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#life.over !== undefined) throw this.#life.over;
    return this.#calls.run(`${this.#name}: ${what}`, options, async (signal) => {
      try {
        return await work(signal);
      } catch (error) {
        signal.throwIfAborted();
        throw pcscError(error, this.#name);
      }
    });
  }
}

/**
 * A connection to the card in the slot. A command that was given up is still answered by the card: the next one waits for
 * that, and resets the card first, so that nobody gets another's answer.
 */
class PcscConnection implements CardConnection {
  readonly atr: Uint8Array;
  readonly ended;
  readonly #card: PcscCard;
  readonly #mode: number;
  readonly #name: string;
  readonly #life: DeviceLife;
  readonly #calls = new CallQueue();
  readonly #presence: Subscription;
  #isAbandoned = false;

  constructor(card: PcscCard, atr: Uint8Array, mode: number, reader: ReaderState, name: string) {
    this.#card = card;
    this.atr = atr;
    this.#mode = mode;
    this.#name = name;
    this.#life = new DeviceLife(async () => {
      this.#presence.unsubscribe();
      this.#calls.end(this.#life.over ?? closed());
      // A command that hangs holds the connection: it goes with the command, and nobody waits for it.
      const gone = card.disconnect(DISPOSITION.reset).catch(() => undefined);
      if (this.#calls.running === undefined) await gone;
    });
    this.ended = this.#life.ended;
    this.#presence = reader.card.subscribe({
      next: ({ state }) => {
        if (state === 'absent') this.lose(new DeviceError('lost', `${name}: the card was taken out`));
      },
      error: () => {
        this.lose(new DeviceError('lost', `${name}: the reader has gone`));
      },
    });
  }

  /** Card or reader have gone. */
  lose(error: DeviceError): void {
    this.#calls.end(error);
    this.#life.lose(error);
  }

  async transmit(command: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    if (this.#life.over !== undefined) throw this.#life.over;
    const bytes = command.slice();
    const what = `${this.#name}: a command to the card`;
    let isOpen = false;
    try {
      return await this.#calls.run(what, { timeoutMs: TRANSMIT_MS, ...options }, async () => {
        try {
          if (this.#isAbandoned) await this.#card.reconnect(this.#mode, DISPOSITION.reset);
          this.#isAbandoned = false;
          isOpen = true;
          return (await this.#card.transmit(bytes)).slice();
        } catch (error) {
          throw this.#failure(error);
        } finally {
          isOpen = false;
        }
      });
    } catch (error) {
      this.#isAbandoned ||= isOpen;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #failure(error: unknown): DeviceError {
    const failure = pcscError(error, this.#name);
    if (failure.code === 'lost') this.lose(failure);
    return failure;
  }
}

function closed(): DeviceError {
  return new DeviceError('closed', 'the card connection was closed');
}
