import { read } from 'node:fs';
import { promisify } from 'node:util';
import { DeviceError } from '../../device-error.js';
import type { SerialHandle, SerialPoller } from './serial-library.js';

const readFile = promisify(read);
/** Nothing to read yet, or a signal came first. */
const AGAIN = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/**
 * Reads an open line until it hangs up. A line that hung up reads as its end, 0 bytes (POSIX, read; Linux,
 * `hung_up_tty_read`). `@serialport/bindings-cpp` 13.0.0 takes that for nothing to read and asks again at once (`unixRead`
 * in unix-read.js): when the plug is pulled between its poll and its read it never tells, and keeps a core busy for good.
 * So the descriptor of the handle is read here; a handle without one (Windows) is asked itself.
 */
export class LineReader {
  readonly #handle: SerialHandle;
  /** The read that the kernel is at. */
  #reading: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(handle: SerialHandle) {
    this.#handle = handle;
  }

  /** Waits for bytes; how many came, at least one. Rejects `lost` when the line hung up, else as the library does. */
  async read(buffer: Buffer): Promise<number> {
    const { fd, poller } = this.#handle;
    if (fd === undefined || poller === undefined) {
      return (await this.#handle.read(buffer, 0, buffer.length)).bytesRead;
    }
    for (;;) {
      const bytesRead = await this.#readFile(buffer);
      if (bytesRead === 0) throw new DeviceError('lost', 'the line hung up');
      if (bytesRead !== undefined) return bytesRead;
      // Closing the line ends its poller: whoever waits on that ends the process.
      this.#openFile();
      await readable(poller);
    }
  }

  /**
   * Nothing is read any more. Resolves when the kernel has answered the last read: until then it keeps the line, and its
   * lock, even from those who closed it.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reading;
  }

  /** How many bytes were there; undefined where there are none yet. */
  async #readFile(buffer: Buffer): Promise<number | undefined> {
    const reading = readFile(this.#openFile(), buffer, 0, buffer.length, null);
    this.#reading = reading.catch(() => undefined);
    try {
      return (await reading).bytesRead;
    } catch (error) {
      if (isAgain(error)) return undefined;
      throw error;
    }
  }

  #openFile(): number {
    const { fd } = this.#handle;
    // In the library's own words.
    if (this.#stopped || typeof fd !== 'number') throw new Error('Port is not open');
    return fd;
  }
}

function isAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && AGAIN.has(String(error.code));
}

/** Rejects when the line is closed, or the kernel says that it has gone. */
function readable(poller: SerialPoller): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
