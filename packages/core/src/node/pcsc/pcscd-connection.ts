import { createConnection, type Socket } from 'node:net';
import { InputError } from '@buergerkoffer/formats';
import { DeviceError, type DeviceErrorCode } from '../../device-error.js';
import { readAnswer, type Answer } from './messages.js';
import { START_SERVICE } from './pcsc-errors.js';

interface Wanted {
  readonly length: number;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: DeviceError) => void;
}

/**
 * A connection to the PC/SC service over its local socket: requests out, answers of known sizes in. What the service
 * sends is read as it is asked for and never kept beyond the socket's own buffer. Once it has ended, every read is
 * rejected with the reason.
 */
export class PcscdConnection {
  readonly #socket: Socket;
  #wanted: Wanted | undefined;
  #over: DeviceError | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('readable', () => {
      this.#serve();
    });
    const hungUp = (): void => {
      this.#end(new DeviceError('lost', 'the PC/SC service has hung up', { remedy: START_SERVICE }));
    };
    socket.on('end', hungUp);
    socket.on('close', hungUp);
    socket.on('error', hungUp);
  }

  /**
   * Rejects `not-found` when no service listens at `path`, `access-denied`, or with `signal.reason`. Aborting the signal
   * later ends the connection too.
   */
  static open(path: string, signal: AbortSignal): Promise<PcscdConnection> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const socket = createConnection({ path });
      const stop = (): void => {
        socket.destroy();
        reject(signal.reason as Error);
      };
      const failed = (error: Error): void => {
        signal.removeEventListener('abort', stop);
        reject(openFailure(error));
      };
      signal.addEventListener('abort', stop, { once: true });
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.removeListener('error', failed);
        const connection = new PcscdConnection(socket);
        socket.once('close', () => {
          signal.removeEventListener('abort', stop);
        });
        resolve(connection);
      });
    });
  }

  /** Sends `request` and reads its answer. One at a time. Rejects `lost` or `protocol`, which end the connection. */
  async ask<T>(request: Uint8Array, answer: Answer<T>): Promise<T> {
    this.send(request);
    return this.receive(answer);
  }

  /** Sends `request`; what was not asked for and lies there already is not its answer: `protocol`. */
  send(request: Uint8Array): void {
    if (this.#over !== undefined) return;
    if (this.#socket.readableLength > 0) this.#end(misunderstood('more was sent than was asked for'));
    else this.#socket.write(request);
  }

  /** The next answer, as `answer` reads it. */
  async receive<T>(answer: Answer<T>): Promise<T> {
    const bytes = await this.read(answer.bytes);
    try {
      return readAnswer(answer, bytes);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const failure = misunderstood(error.message, error);
      this.#end(failure);
      throw failure;
    }
  }

  /** The next `length` bytes. */
  read(length: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#wanted = { length, resolve, reject };
      this.#serve();
    });
  }

  /** Lets the process end although the service has not answered. */
  unref(): void {
    this.#socket.unref();
  }

  /** Hangs up; the service gives back what this connection held as soon as it is not at work for it. */
  end(): void {
    this.#end(new DeviceError('closed', 'the connection to the PC/SC service was closed'));
  }

  #serve(): void {
    const wanted = this.#wanted;
    if (wanted === undefined) {
      // Nothing is taken, but a service that has hung up is noticed.
      if (this.#over === undefined && this.#socket.readableLength === 0) this.#socket.read(0);
      return;
    }
    const bytes = wanted.length === 0 ? new Uint8Array(0) : this.#taken(wanted.length);
    if (bytes === undefined && this.#over === undefined) return;
    this.#wanted = undefined;
    if (bytes !== undefined) wanted.resolve(bytes);
    else if (this.#over !== undefined) wanted.reject(this.#over);
  }

  /** Exactly `length` bytes; at its end a socket gives what is left, which is no answer. */
  #taken(length: number): Uint8Array | undefined {
    const chunk: unknown = this.#over === undefined ? this.#socket.read(length) : null;
    return chunk instanceof Uint8Array && chunk.length === length ? new Uint8Array(chunk) : undefined;
  }

  #end(error: DeviceError): void {
    if (this.#over !== undefined) return;
    this.#over = error;
    this.#socket.destroy();
    this.#serve();
  }
}

function misunderstood(message: string, cause?: unknown): DeviceError {
  return new DeviceError('protocol', `the PC/SC service sends what it should not: ${message}`, {
    remedy: 'update pcscd, then systemctl restart pcscd',
    cause,
  });
}

const OPEN_FAILURES: Readonly<Record<string, readonly [DeviceErrorCode, string, string]>> = {
  ENOENT: ['not-found', 'the PC/SC service does not run', START_SERVICE],
  ENOTDIR: ['not-found', 'the PC/SC service does not run', START_SERVICE],
  ECONNREFUSED: ['not-found', 'the PC/SC service does not run any more', START_SERVICE],
  EACCES: [
    'access-denied',
    'this user may not open the socket of the PC/SC service',
    'look at the rights of the socket: pcscd makes it for everybody (mode 0666)',
  ],
  EAGAIN: ['busy', 'the PC/SC service is at its limit', 'close programs that use card readers'],
};

function openFailure(cause: Error): DeviceError {
  const name = 'code' in cause ? String(cause.code) : '';
  const [code, message, remedy] = OPEN_FAILURES[name] ?? [
    'protocol',
    `the socket of the PC/SC service does not open: ${name}`,
    START_SERVICE,
  ];
  return new DeviceError(code, message, { remedy, cause });
}
