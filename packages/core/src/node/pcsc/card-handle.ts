import {
  ATTRIBUTE,
  attributeRequest,
  CONNECTED,
  connectRequest,
  CONTROLLED,
  controlRequest,
  bareRequest,
  COMMAND,
  DISCONNECTED,
  disconnectRequest,
  TRANSMITTED,
  transmitRequest,
  type Answer,
  type DataFollows,
} from './messages.js';
import { expectSuccess } from './pcsc-errors.js';
import type { PcscdConnection } from './pcscd-connection.js';
import { openContext } from './pcscd-context.js';
import { READERS, type ReaderStatus } from './reader-status.js';

/** What is connected to, and how. */
export interface HandleOptions {
  /** Path of the service's socket. */
  readonly socket: string;
  readonly reader: string;
  /** One of `MODE`. */
  readonly mode: number;
  /** Of `PROTOCOLS`. */
  readonly protocols: number;
}

/**
 * A card, or the reader itself, that the service has given us, over a connection of its own: what is at work here keeps
 * nobody else waiting. One call at a time. Calls reject with `PcscFailure`, or as the connection ends.
 */
export class CardHandle {
  readonly #connection: PcscdConnection;
  readonly #handle: number;
  readonly #protocol: number;

  private constructor(connection: PcscdConnection, handle: number, protocol: number) {
    this.#connection = connection;
    this.#handle = handle;
    this.#protocol = protocol;
  }

  /** Aborting `signal` before this resolves gives everything back. */
  static async open(options: HandleOptions, signal: AbortSignal): Promise<CardHandle> {
    const { socket, reader, mode, protocols } = options;
    const opening = new AbortController();
    const stop = (): void => {
      opening.abort(signal.reason);
    };
    signal.throwIfAborted();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { connection, context } = await openContext(socket, opening.signal);
      const request = connectRequest(context, reader, mode, protocols);
      const { handle, protocol, ...answer } = await connection.ask(request, CONNECTED);
      expectSuccess(answer);
      return new CardHandle(connection, handle, protocol);
    } catch (error) {
      opening.abort(error);
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** What the service tells of `reader` now. */
  async status(reader: string): Promise<ReaderStatus | undefined> {
    const all = await this.#connection.ask(bareRequest(COMMAND.getReadersState), READERS);
    return all.find(({ name }) => name === reader);
  }

  /** The card's answer. */
  transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.#data(transmitRequest(this.#handle, this.#protocol, command), TRANSMITTED);
  }

  /** The answer of the reader's driver. */
  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#data(controlRequest(this.#handle, code, data), CONTROLLED);
  }

  /** An attribute of the reader. */
  async attribute(id: number): Promise<Uint8Array> {
    const { value, ...answer } = await this.#connection.ask(attributeRequest(this.#handle, id), ATTRIBUTE);
    expectSuccess(answer);
    return value;
  }

  /** Gives the card back, `DISPOSITION` says how, and hangs up. */
  async disconnect(disposition: number): Promise<void> {
    try {
      expectSuccess(await this.#connection.ask(disconnectRequest(this.#handle, disposition), DISCONNECTED));
    } finally {
      this.#connection.end();
    }
  }

  /** Lets the process end although the card is at work. */
  unref(): void {
    this.#connection.unref();
  }

  /** Hangs up: the service takes the card back when it has answered. */
  end(): void {
    this.#connection.end();
  }

  async #data(request: Uint8Array, answer: Answer<DataFollows>): Promise<Uint8Array> {
    const { dataBytes, returnCode } = await this.#connection.ask(request, answer);
    expectSuccess({ returnCode });
    return this.#connection.read(dataBytes);
  }
}
