import { InputError, type SdkError } from '@buergerkoffer/formats';
import type { End } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { Fields } from '../wire/fields.js';
import type { FarCalls } from './far-calls.js';
import { FarEnd } from './far-end.js';
import type { FarTransport, OpenFar } from './transport-ends.js';

interface OpenTransport {
  readonly far: FarEnd;
  /** The reader that a card is in; 0 for what was opened on the bus. */
  readonly reader: number;
}

interface Opening {
  readonly opened: (said: Fields) => void;
  readonly refused: (error: unknown) => void;
}

/** The transports of the other side, by number: those that are being opened, and those that are open. */
export class FarOpenings {
  readonly #calls: FarCalls;
  readonly #openings = new Map<number, Opening>();
  readonly #open = new Map<number, OpenTransport>();
  #last = 0;
  #over: DeviceError | undefined;

  constructor(calls: FarCalls) {
    this.#calls = calls;
  }

  /**
   * Opens what `message` describes, and makes a transport of it with `make`. Aborting gives it up at once; what opens
   * after all is closed there.
   */
  readonly open: OpenFar = <T>(
    message: object,
    make: (far: FarTransport, said: Fields) => T,
    signal?: AbortSignal,
    reader = 0,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#over !== undefined) throw this.#over;
      this.#last += 1;
      const id = this.#last;
      const settle = (then: () => void): void => {
        signal?.removeEventListener('abort', onAbort);
        this.#openings.delete(id);
        then();
      };
      const refused = (error: unknown): void => {
        settle(() => {
          reject(error);
        });
      };
      const onAbort = (): void => {
        this.#calls.channel.send({ type: 'close', transport: id });
        refused(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const opened = (said: Fields): void => {
        const far = new FarEnd(id, this.#calls, this.open);
        const transport = make(far, said);
        this.#open.set(id, { far, reader });
        settle(() => {
          resolve(transport);
        });
      };
      this.#openings.set(id, { opened, refused });
      try {
        this.#calls.channel.send({ ...message, transport: id });
      } catch (error) {
        refused(error);
      }
    });

  /** The other side has opened one. */
  opened(id: number, said: Fields): void {
    this.#openingOf(id)?.opened(said);
  }

  /** The other side could not open one. */
  refused(id: number, error: SdkError): void {
    this.#openingOf(id)?.refused(error);
  }

  /** One has ended there, and with a reader the card in it. */
  ended(id: number, end: End): void {
    this.#openingOf(id);
    const gone = end.reason === 'lost' ? end.error : new DeviceError('lost', 'the reader was closed');
    for (const [other, { far, reader }] of [...this.#open]) {
      if (other !== id && reader !== id) continue;
      this.#open.delete(other);
      far.finish(other === id ? end : { reason: 'lost', error: gone });
    }
  }

  /** The other side is over: every transport ends as lost with `error`. */
  end(error: DeviceError): void {
    this.#over ??= error;
    for (const { refused } of [...this.#openings.values()]) refused(error);
    for (const { far } of [...this.#open.values()]) far.finish({ reason: 'lost', error });
    this.#open.clear();
  }

  /** Undefined for one that was given up here; `InputError` for one that was never asked for. */
  #openingOf(id: number): Opening | undefined {
    if (id < 1 || id > this.#last) {
      throw new InputError('malformed', 'a transport that was never asked for', { path: 'transport' });
    }
    return this.#openings.get(id);
  }
}
