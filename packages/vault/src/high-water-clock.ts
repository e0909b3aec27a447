import { ifThere, replaceFile } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';

/** The mark is written again when time has moved on by so many milliseconds. */
const STEP_MS = 60_000;

/**
 * Time that never runs back: the later of the clock and of the latest time ever seen on this disk, to the minute.
 *
 * A clock set back extends nothing. A clock set forward by mistake ends things early, which is the safe side.
 */
export class HighWaterClock {
  readonly #fs: FileSystemPort;
  readonly #path: string;
  readonly #now: () => Date;
  #mark: number;

  private constructor(fs: FileSystemPort, path: string, now: () => Date, mark: number) {
    this.#fs = fs;
    this.#path = path;
    this.#now = now;
    this.#mark = mark;
  }

  /** Reads the mark; a damaged one counts as none. */
  static async open(fs: FileSystemPort, path: string, now: () => Date): Promise<HighWaterClock> {
    const bytes = await ifThere(fs.read(path, 64));
    const mark = bytes === undefined ? Number.NaN : Date.parse(new TextDecoder().decode(bytes).trim());
    return new HighWaterClock(fs, path, now, Number.isNaN(mark) ? 0 : mark);
  }

  /** The time that counts; a mark that moved on is durable before it resolves. */
  async now(): Promise<Date> {
    const now = this.#now().getTime();
    if (now >= this.#mark + STEP_MS) {
      await replaceFile(this.#fs, this.#path, new TextEncoder().encode(`${new Date(now).toISOString()}\n`));
      this.#mark = now;
    }
    return new Date(Math.max(now, this.#mark));
  }
}
