import { InputError } from './error.js';

/** Which byte of a number comes first. */
export type ByteOrder = 'big' | 'little';

/** Where a reader stands in a larger input and how it reads numbers. */
export interface ByteReaderOptions {
  /** Offset of the first byte in the whole input; it is added to every reported offset. Default 0. */
  readonly baseOffset?: number;
  /** Byte order of methods that are given none. Default `big`. */
  readonly order?: ByteOrder;
}

/**
 * Reads bytes from front to back and never behind the end: what is missing is an
 * `InputError('truncated')` with the offset where the read began, and the position stays there.
 */
export class ByteReader {
  /** Byte order of methods that are given none. */
  readonly order: ByteOrder;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #baseOffset: number;
  #position = 0;

  constructor(bytes: Uint8Array, options: ByteReaderOptions = {}) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#baseOffset = options.baseOffset ?? 0;
    this.order = options.order ?? 'big';
  }

  /** Offset of the next byte in the whole input. */
  get offset(): number {
    return this.#baseOffset + this.#position;
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** The next unsigned byte. */
  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** The next byte without moving on, `undefined` at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#position];
  }

  /** The next unsigned 16-bit number. */
  u16(order: ByteOrder = this.order): number {
    return this.#view.getUint16(this.#take(2), order === 'little');
  }

  /** The next unsigned 24-bit number. */
  u24(order: ByteOrder = this.order): number {
    const at = this.#take(3);
    return order === 'little'
      ? this.#view.getUint16(at, true) + this.#view.getUint8(at + 2) * 0x10000
      : this.#view.getUint8(at) * 0x10000 + this.#view.getUint16(at + 1);
  }

  /** The next unsigned 32-bit number. */
  u32(order: ByteOrder = this.order): number {
    return this.#view.getUint32(this.#take(4), order === 'little');
  }

  /** The next signed 16-bit number (two's complement). */
  i16(order: ByteOrder = this.order): number {
    return this.#view.getInt16(this.#take(2), order === 'little');
  }

  /** The next signed 32-bit number (two's complement). */
  i32(order: ByteOrder = this.order): number {
    return this.#view.getInt32(this.#take(4), order === 'little');
  }

  /** A view (no copy) of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** The next `length` bytes as 7-bit ASCII; a byte above 0x7F is `malformed`. */
  ascii(length: number): string {
    const start = this.offset;
    const at = this.#take(length);
    let text = '';
    for (let index = 0; index < length; index += 1) {
      const byte = this.#bytes[at + index] ?? 0;
      if (byte > 0x7f) {
        this.#position = at;
        throw new InputError('malformed', `byte at ${start + index} is not ASCII`, { offset: start + index });
      }
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Moves on by `length` bytes. */
  skip(length: number): void {
    this.#take(length);
  }

  /** A reader of the next `length` bytes; its offsets count in the whole input. */
  sub(length: number, order: ByteOrder = this.order): ByteReader {
    const baseOffset = this.offset;
    return new ByteReader(this.bytes(length), { baseOffset, order });
  }

  /** Refuses bytes that are left over. */
  expectEnd(): void {
    if (this.remaining === 0) return;
    throw new InputError('malformed', `${this.remaining} bytes are left over at ${this.offset}`, {
      offset: this.offset,
    });
  }

  #take(length: number): number {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new InputError('out-of-range', `${length} is no length`, { offset: this.offset });
    }
    if (length > this.remaining) {
      throw new InputError(
        'truncated',
        `${length} bytes expected at ${this.offset}, ${this.remaining} are there`,
        { offset: this.offset },
      );
    }
    const at = this.#position;
    this.#position += length;
    return at;
  }
}
