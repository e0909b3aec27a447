import type { Observable } from 'rxjs';
import { ByteInput } from '../../byte-input.js';
import { CallQueue } from '../../call-queue.js';
import { withDeadline } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import { DeviceLife } from '../../device-life.js';
import { writeOptions } from '../../line-time.js';
import type { ByteTransport, CallOptions } from '../../transport.js';
import { LineReader } from './line-reader.js';
import { pollBothWays } from './poll-both-ways.js';
import { serialFailure } from './serial-errors.js';
import type { SerialHandle, SerialSettings } from './serial-library.js';

/** Bytes of one read, at most. */
const READ_BYTES = 64 * 1024;
/** Bytes that are given to the library at once: what an aborted write may still send. */
const WRITE_BYTES = 4 * 1024;
/** How long closing waits for the kernel, in milliseconds; it may go on sending for 30 s. */
const CLOSE_MS = 1_000;

/** Of the settings of a line, what its transport needs. */
type LineSettings = Pick<SerialSettings, 'path' | 'baudRate'>;

/**
 * A line opened by `serialport`. Closing lets the kernel send what it has taken, except behind a write that was still
 * waiting: the device takes nothing then, and the rest is thrown away.
 */
export class NodeSerialTransport implements ByteTransport {
  readonly ended: Promise<End>;
  readonly #path: string;
  readonly #baudRate: number;
  readonly #handle: SerialHandle;
  readonly #reader: LineReader;
  readonly #input = new ByteInput();
  readonly #calls = new CallQueue();
  readonly #life: DeviceLife;

  private constructor(handle: SerialHandle, { path, baudRate }: LineSettings) {
    this.#handle = handle;
    this.#reader = new LineReader(handle);
    this.#path = path;
    this.#baudRate = baudRate;
    this.#life = new DeviceLife(() => this.#release());
    this.ended = this.#life.ended;
    void this.ended.then((end) => {
      this.#input.end(end);
    });
  }

  /** Takes over `handle` and begins to read: only so is a pulled plug noticed. */
  static start(handle: SerialHandle, settings: LineSettings): NodeSerialTransport {
    const transport = new NodeSerialTransport(handle, settings);
    pollBothWays(handle);
    void transport.#read();
    return transport;
  }

  get input(): Observable<Uint8Array> {
    return this.#input.stream;
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async write(bytes: Uint8Array, options?: CallOptions): Promise<void> {
    const copy = Buffer.from(bytes);
    const what = `writing ${bytes.length} bytes`;
    const within = writeOptions(bytes.length, this.#baudRate, options);
    await this.#calls.run(what, within, async (signal) => {
      for (let at = 0; at < copy.length; at += WRITE_BYTES) {
        signal.throwIfAborted();
        await this.#attempt(what, () => this.#handle.write(copy.subarray(at, at + WRITE_BYTES)));
      }
    });
  }

  async #read(): Promise<void> {
    const buffer = Buffer.alloc(READ_BYTES);
    try {
      for (;;) {
        const bytesRead = await this.#attempt('reading', () => this.#reader.read(buffer));
        if (this.#life.over !== undefined) return;
        this.#input.push(Uint8Array.from(buffer.subarray(0, bytesRead)));
      }
    } catch (error) {
      // Without its reader a line is of no use, whatever the reason.
      this.#lose(error);
    }
  }

  async #attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const failure = serialFailure(error, what);
      if (failure.code === 'lost') this.#lose(error);
      throw this.#life.over ?? failure;
    }
  }

  #lose(cause: unknown): void {
    if (this.#life.over !== undefined) return;
    const error = new DeviceError('lost', `${this.#path} has gone`, { cause });
    this.#life.lose(error);
    this.#calls.end(error);
  }

  async #release(): Promise<void> {
    const isStuck = this.#calls.running !== undefined;
    this.#calls.end(this.#life.over ?? new DeviceError('closed', 'the line was closed'));
    const closing = this.#reader.stop().then(() => closed(this.#handle, isStuck));
    await withDeadline('closing', CLOSE_MS, () => closing).catch(() => undefined);
  }
}

/** Settles when the library has let go of the line. */
async function closed(handle: SerialHandle, isStuck: boolean): Promise<void> {
  if (isStuck) await handle.flush().catch(() => undefined);
  await handle.close().catch(() => undefined);
}
