import { ByteReader } from '@buergerkoffer/formats';
import type { Observable, Subscription } from 'rxjs';
import type { ByteTransport, CallOptions } from '../../transport.js';
import { ContractViolation } from '../contract.js';
import {
  LINE_FRAME,
  lineFrame,
  readLineCounts,
  u32Bytes,
  writeLineSaying,
  type LineCounts,
  type LineSaying,
} from './line-protocol.js';
import { joined } from './pattern.js';

/** What a reader that asks for more hears when the input has completed. */
const COMPLETED = new ContractViolation('the input completed');

/** The one reader of a line: what came waits until it is asked for. */
export class LineReader {
  readonly #subscription: Subscription;
  #chunks: Uint8Array[] = [];
  #waiting = 0;
  #end: { readonly error: unknown } | undefined;
  #changed: () => void = () => undefined;

  /** Reads from now on. */
  constructor(input: Observable<Uint8Array>) {
    this.#subscription = input.subscribe({
      next: (bytes) => {
        this.#chunks.push(bytes);
        this.#waiting += bytes.length;
        this.#changed();
      },
      error: (error: unknown) => {
        this.#end = { error };
        this.#changed();
      },
      complete: () => {
        this.#end = { error: COMPLETED };
        this.#changed();
      },
    });
  }

  /** How many bytes came and were not taken. */
  get waiting(): number {
    return this.#waiting;
  }

  /** The next `length` bytes; rejects with what the input ended with when it ended before them. */
  async take(length: number): Promise<Uint8Array> {
    await this.#until(() => this.#waiting >= length);
    const came = joined(this.#chunks);
    this.#keep(came.subarray(length));
    return came.subarray(0, length);
  }

  /** Passes over everything up to `mark`, and over `mark`. */
  async passOver(mark: Uint8Array): Promise<void> {
    await this.#until(() => {
      const came = joined(this.#chunks);
      const at = indexOf(came, mark);
      this.#keep(
        at < 0 ? came.subarray(Math.max(0, came.length - mark.length + 1)) : came.subarray(at + mark.length),
      );
      return at >= 0;
    });
  }

  /** Resolves when the input completes, rejects with its error. */
  async end(): Promise<void> {
    await this.#until(() => false).catch((error: unknown) => {
      if (error !== COMPLETED) throw error;
    });
  }

  /** Reads no more. */
  stop(): void {
    this.#subscription.unsubscribe();
  }

  #keep(bytes: Uint8Array): void {
    this.#chunks = [bytes];
    this.#waiting = bytes.length;
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      if (this.#end !== undefined) throw this.#end.error;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}

/** The reference device on a line, as a host talks to it. */
export class LineReference {
  readonly reader: LineReader;
  readonly #transport: ByteTransport;

  /** Reads the line from now on, until {@link leave}. */
  constructor(transport: ByteTransport) {
    this.#transport = transport;
    this.reader = new LineReader(transport.input);
  }

  /** Lets the device begin anew, and passes over what it still had to say. */
  async sync(options?: CallOptions): Promise<void> {
    syncs += 1;
    const nonce = joined([u32Bytes(0x5d17c0de), u32Bytes(syncs)]);
    await this.send(LINE_FRAME.sync, nonce, options);
    await this.reader.passOver(nonce);
  }

  /** Writes one frame. */
  send(code: number, body?: Uint8Array, options?: CallOptions): Promise<void> {
    return this.#transport.write(lineFrame(code, body), options);
  }

  /** `bytes`, there and back. */
  async echo(bytes: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    await this.send(LINE_FRAME.echo, bytes, options);
    return this.reader.take(bytes.length);
  }

  /** Asks the device to say pattern bytes; whoever reads hears them. */
  say(saying: Partial<LineSaying> & { readonly length: number }): Promise<void> {
    return this.send(LINE_FRAME.say, writeLineSaying({ seed: 0, afterMs: 0, chunk: 0, ...saying }));
  }

  /** What the device has taken. */
  async counts(): Promise<LineCounts> {
    await this.send(LINE_FRAME.count);
    return readLineCounts(await this.reader.take(16));
  }

  /** The device takes no bytes for `ms` milliseconds from now on. */
  hold(ms: number): Promise<void> {
    return this.send(LINE_FRAME.hold, u32Bytes(ms));
  }

  setMark(mark: number): Promise<void> {
    return this.send(LINE_FRAME.setMark, u32Bytes(mark));
  }

  async getMark(): Promise<number> {
    await this.send(LINE_FRAME.getMark);
    return new ByteReader(await this.reader.take(4), { order: 'little' }).u32();
  }

  /** Reads no more: somebody else may. */
  leave(): void {
    this.reader.stop();
  }
}

/** How often any device was told to begin anew: no answer is taken for that to an earlier one. */
let syncs = 0;

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at + wanted.length <= bytes.length; at += 1) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
