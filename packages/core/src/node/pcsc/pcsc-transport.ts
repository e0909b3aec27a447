import { Observable, type Subscription } from 'rxjs';
import { CallQueue } from '../../call-queue.js';
import { DeviceLife } from '../../device-life.js';
import { DeviceError } from '../../device-error.js';
import type { CallOptions, CardConnection, CardPresence, CardTransport } from '../../transport.js';
import { CardHandle } from './card-handle.js';
import { DISPOSITION, MODE, PROTOCOLS } from './messages.js';
import { PcscCard } from './pcsc-card.js';
import { PcscFailure, pcscError } from './pcsc-errors.js';
import type { ReaderState } from './reader-service.js';
import type { Releases } from './releases.js';

/** SCARD_W_REMOVED_CARD. */
const REMOVED_CARD = 0x80100069;

/** What a slot is opened with. */
export interface PcscTransportParts {
  /** Path of the service's socket. */
  readonly socket: string;
  readonly reader: ReaderState;
  readonly releases: Releases;
  /** Lets go of the service. */
  readonly release: () => void;
}

/** One slot of a reader. */
export class PcscTransport implements CardTransport {
  readonly ended;
  readonly card: Observable<CardPresence>;
  readonly #parts: PcscTransportParts;
  readonly #name: string;
  readonly #life: DeviceLife;
  readonly #calls = new CallQueue();
  readonly #connections = new Set<PcscCard>();
  readonly #slot: Subscription;

  constructor(parts: PcscTransportParts) {
    const { reader, release } = parts;
    this.#parts = parts;
    this.#name = reader.name;
    this.#life = new DeviceLife(async () => {
      this.#slot.unsubscribe();
      this.#calls.end(this.#life.over ?? new DeviceError('closed', 'the reader was closed'));
      await Promise.all([...this.#connections].map((connection) => connection.close()));
      release();
    });
    this.ended = this.#life.ended;
    const gone = (): void => {
      const error = new DeviceError('lost', `${this.#name}: the reader has gone`);
      for (const connection of this.#connections) connection.lose(error);
      this.#life.lose(error);
    };
    this.#slot = reader.slot.subscribe({ complete: gone, error: gone });
    this.card = this.#presence();
  }

  connect(mode: 'exclusive' | 'shared', options?: CallOptions): Promise<CardConnection> {
    return this.#call('connecting to the card', options, async (signal) => {
      const { socket, reader, releases } = this.#parts;
      await releases.settled(this.#name);
      const wanted = { socket, reader: this.#name, mode: MODE[mode], protocols: PROTOCOLS.any };
      const handle = await CardHandle.open(wanted, signal);
      try {
        const status = await handle.status(this.#name);
        if (status?.presence?.state !== 'present') throw new PcscFailure(REMOVED_CARD);
        signal.throwIfAborted();
        const { atr } = status.presence;
        return this.#known(
          new PcscCard({ handle, atr, cardEvents: status.cardEvents, mode, reader, releases }),
        );
      } catch (error) {
        handle.end();
        throw error;
      }
    });
  }

  control(code: number, data: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    if (this.#life.over !== undefined) return Promise.reject(this.#life.over);
    // The service keeps everybody away from a reader with an exclusive connection, us too.
    const exclusive = [...this.#connections].find(({ mode }) => mode === 'exclusive');
    if (exclusive !== undefined) return exclusive.control(code, data, options);
    const bytes = data.slice();
    return this.#call('a command to the reader', options, async (signal) => {
      const { socket } = this.#parts;
      await this.#parts.releases.settled(this.#name);
      const wanted = { socket, reader: this.#name, mode: MODE.direct, protocols: PROTOCOLS.none };
      const handle = await CardHandle.open(wanted, signal);
      const hangUp = (): void => {
        handle.end();
      };
      signal.addEventListener('abort', hangUp, { once: true });
      try {
        return await handle.control(code, bytes);
      } finally {
        signal.removeEventListener('abort', hangUp);
        await handle.disconnect(DISPOSITION.leave).catch(() => undefined);
      }
    });
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #known(connection: PcscCard): PcscCard {
    this.#connections.add(connection);
    void connection.ended.then(() => this.#connections.delete(connection));
    return connection;
  }

  #presence(): Observable<CardPresence> {
    return new Observable((subscriber) => {
      void this.ended.then((end) => {
        if (end.reason === 'lost') subscriber.error(end.error);
        else subscriber.complete();
      });
      if (this.#life.over !== undefined) return undefined;
      return this.#parts.reader.slot.subscribe({
        next: ({ presence }) => {
          if (this.#life.over === undefined) subscriber.next(presence);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      });
    });
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
