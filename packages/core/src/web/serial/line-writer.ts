import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { WebSerialPort } from './web-serial.js';

/** How long closing waits for what was written to go out, in milliseconds. */
const DRAIN_MS = 1_000;

/** Writes to a line in the order of the calls; a write that is aborted is taken back as far as it has not gone out. */
export class LineWriter {
  readonly #port: WebSerialPort;
  #last: Promise<unknown> = Promise.resolve();
  #used = false;

  constructor(port: WebSerialPort) {
    this.#port = port;
  }

  /** Resolves when the browser has taken all bytes; writes nothing when `signal` is aborted before its turn. */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const writing = this.#last.then(() => this.#write(bytes, signal));
    this.#last = writing.catch(() => undefined);
    return writing;
  }

  /**
   * Waits until what was written has gone out, and gives the stream back: closing the line throws away what is still
   * in its buffers. No write may be pending.
   */
  async finish(): Promise<void> {
    await this.#last;
    const writer = this.#used ? this.#port.writable?.getWriter() : undefined;
    if (writer === undefined) return;
    try {
      await withDeadline('draining the line', DRAIN_MS, () => writer.close());
    } catch {
      await writer.abort().catch(() => undefined);
    } finally {
      writer.releaseLock();
    }
  }

  async #write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const writer = this.#port.writable?.getWriter();
    if (writer === undefined) throw new DeviceError('lost', 'the line has gone');
    this.#used = true;
    let takenBack: Promise<void> = Promise.resolve();
    const takeBack = (): void => {
      takenBack = writer.abort(signal.reason).catch(() => undefined);
    };
    signal.addEventListener('abort', takeBack, { once: true });
    try {
      await writer.write(bytes);
    } finally {
      signal.removeEventListener('abort', takeBack);
      await takenBack;
      writer.releaseLock();
    }
  }
}
