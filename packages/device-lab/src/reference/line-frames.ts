import { LINE_ESCAPE, LINE_ESCAPED, LINE_FLAG } from '@buergerkoffer/core/testing';
import { ByteReader } from '@buergerkoffer/formats';

/** Longer frames are passed over, in bytes. */
const FRAME_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 5;

/** What stood between two flags: a frame, or something that is none. */
export type LineRead =
  { readonly type: 'frame'; readonly code: number; readonly body: Uint8Array } | { readonly type: 'broken' };

/** Takes a line's bytes apart into frames, in whatever chunks they come. */
export class LineFrames {
  #buffer = new Uint8Array(1024);
  #length = 0;
  #escaped = false;

  /**
   * Reads `bytes` up to the end of the next frame: what it was, and how many bytes were read. Undefined when all were
   * read and no frame has ended.
   */
  next(bytes: Uint8Array): { readonly read: LineRead; readonly used: number } | undefined {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte !== LINE_FLAG) this.#add(byte);
      else if (this.#length > 0) return { read: this.#end(), used: at + 1 };
    }
    return undefined;
  }

  #add(byte: number): void {
    if (byte === LINE_ESCAPE) {
      this.#escaped = true;
      return;
    }
    if (this.#length === this.#buffer.length && this.#length < FRAME_BYTES) {
      const larger = new Uint8Array(4 * this.#length);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#length] = this.#escaped ? byte ^ LINE_ESCAPED : byte;
    this.#length += 1;
    this.#escaped = false;
  }

  #end(): LineRead {
    const all = this.#buffer.subarray(0, this.#length);
    const length = this.#length;
    this.#length = 0;
    this.#escaped = false;
    if (length < HEAD_BYTES || length > this.#buffer.length) return { type: 'broken' };
    const reader = new ByteReader(all, { order: 'little' });
    const [code, size] = [reader.u8(), reader.u32()];
    return size === reader.remaining
      ? { type: 'frame', code, body: reader.bytes(size).slice() }
      : { type: 'broken' };
  }
}
