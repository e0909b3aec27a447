import { InputError } from '@buergerkoffer/formats';
import { decodeValue, encodeValue } from './plain-value.js';

/** The largest body of a frame that is taken unless told otherwise, in bytes: a colour page at 300 ppi fits. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const HEADER_BYTES = 4;

/** One frame: the length of the body as u32 big-endian, then `message` as JSON in UTF-8 (see `encodeValue`). */
export function encodeFrame(message: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(encodeValue(message)));
  const frame = new Uint8Array(HEADER_BYTES + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, HEADER_BYTES);
  return frame;
}

/**
 * Reads frames from chunks that are cut anywhere. Never holds more than one frame and one chunk. A frame that is
 * too large, no UTF-8 or no JSON throws `InputError` with the offset of the frame in the stream; nothing can be
 * read after that.
 */
export class FrameReader {
  readonly #maxBytes: number;
  readonly #take: (message: unknown) => void;
  #chunks: Uint8Array[] = [];
  #held = 0;
  #bodyBytes: number | undefined;
  #offset = 0;
  #fault: InputError | undefined;

  /** `take` receives each message; `maxBytes` bounds the body of one frame. */
  constructor(take: (message: unknown) => void, maxBytes: number = MAX_FRAME_BYTES) {
    this.#take = take;
    this.#maxBytes = maxBytes;
  }

  /** Takes the next bytes of the stream and hands on every message that they complete. */
  push(chunk: Uint8Array): void {
    if (this.#fault !== undefined) throw this.#fault;
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    try {
      for (;;) {
        this.#bodyBytes ??= this.#header();
        if (this.#bodyBytes === undefined || this.#held < this.#bodyBytes) return;
        const message = this.#decode(this.#cut(this.#bodyBytes));
        this.#offset += HEADER_BYTES + this.#bodyBytes;
        this.#bodyBytes = undefined;
        this.#take(message);
      }
    } catch (error) {
      if (error instanceof InputError) this.#fault = error;
      this.#chunks = [];
      throw error;
    }
  }

  /** The stream is over: throws `InputError('truncated')` in the middle of a frame. */
  end(): void {
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#held > 0 || this.#bodyBytes !== undefined) {
      throw new InputError('truncated', 'the stream ends in the middle of a frame', { offset: this.#offset });
    }
  }

  #header(): number | undefined {
    if (this.#held < HEADER_BYTES) return undefined;
    const header = this.#cut(HEADER_BYTES);
    const bytes = new DataView(header.buffer, header.byteOffset).getUint32(0);
    if (bytes > this.#maxBytes) {
      throw new InputError('too-large', `a frame of ${bytes} bytes; at most ${this.#maxBytes} are taken`, {
        offset: this.#offset,
      });
    }
    return bytes;
  }

  /** Takes exactly `length` of the held bytes. */
  #cut(length: number): Uint8Array {
    const cut = new Uint8Array(length);
    let filled = 0;
    let used = 0;
    while (filled < length) {
      const chunk = this.#chunks[used];
      if (chunk === undefined) break;
      const part = chunk.subarray(0, length - filled);
      cut.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) used += 1;
      else this.#chunks[used] = chunk.subarray(part.length);
    }
    this.#chunks.splice(0, used);
    this.#held -= length;
    return cut;
  }

  #decode(body: Uint8Array): unknown {
    let json: unknown;
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
    } catch {
      // The parser's own message quotes the text, which may hold personal data.
      throw new InputError('malformed', 'the body of a frame is not JSON in UTF-8', { offset: this.#offset });
    }
    try {
      return decodeValue(json);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.code, error.message, { offset: this.#offset, path: error.path });
    }
  }
}
