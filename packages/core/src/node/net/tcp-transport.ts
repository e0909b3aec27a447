import type { Socket } from 'node:net';
import { ByteInput } from '../../byte-input.js';
import { withDeadline } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import type { ByteTransport, CallOptions } from '../../transport.js';
import { netError } from './net-errors.js';

/** Deadline of a write that names none, in milliseconds. */
const WRITE_MS = 5_000;

/** An open connection as a transport. The other side closing its half ends it: what it said before is handed on first. */
export class TcpTransport implements ByteTransport {
  readonly ended: Promise<End>;
  readonly #socket: Socket;
  readonly #path: string;
  readonly #input = new ByteInput();
  readonly #over = new AbortController();
  #settle: (end: End) => void = () => undefined;
  #end: End | undefined;
  #failure: DeviceError | undefined;

  constructor(socket: Socket, path: string) {
    this.#socket = socket;
    this.#path = path;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    socket.on('data', (chunk) => {
      // The socket gives each chunk away; a plain array, as everywhere.
      this.#input.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    });
    socket.on('error', (error) => {
      this.#failure ??= netError(error, path);
    });
    socket.on('end', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      const error = this.#failure ?? new DeviceError('lost', `${path}: it ended the connection`);
      this.#finish({ reason: 'lost', error: error.code === 'lost' ? error : lost(path, error) });
    });
  }

  get input(): ByteTransport['input'] {
    return this.#input.stream;
  }

  /** A write that was given up may still go out: the connection cannot take back what the system has. */
  async write(bytes: Uint8Array, options: CallOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    this.#refuseWhenOver();
    const signals = [this.#over.signal, ...(options.signal === undefined ? [] : [options.signal])];
    await withDeadline(
      `writing to ${this.#path}`,
      options.timeoutMs ?? WRITE_MS,
      () => this.#write(bytes.slice()),
      AbortSignal.any(signals),
    );
  }

  close(): Promise<void> {
    this.#finish({ reason: 'closed' });
    this.#socket.destroy();
    return Promise.resolve();
  }

  #write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error === undefined || error === null) resolve();
        else reject(netError(error, this.#path));
      });
    });
  }

  #refuseWhenOver(): void {
    if (this.#end === undefined) return;
    throw overOf(this.#end);
  }

  #finish(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#over.abort(overOf(end));
    this.#input.end(end);
    this.#settle(end);
  }
}

function overOf(end: End): DeviceError {
  return end.reason === 'lost' ? end.error : new DeviceError('closed', 'the connection is closed');
}

function lost(path: string, cause: DeviceError): DeviceError {
  return new DeviceError('lost', `${path}: the connection broke`, { cause, remedy: cause.remedy });
}
