import type { ByteOrder } from './byte-reader.js';
import { InputError } from './error.js';

/**
 * Collects bytes from front to back in a buffer that grows; the counterpart of `ByteReader`.
 * A number that does not fit its field is `InputError('out-of-range')`.
 */
export class ByteWriter {
  /** Byte order of methods that are given none. */
  readonly order: ByteOrder;
  #buffer = new Uint8Array(64);
  #length = 0;

  constructor(order: ByteOrder = 'big') {
    this.order = order;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  /** Writes an unsigned byte. */
  u8(value: number): this {
    return this.#unsigned(value, 1, this.order);
  }

  /** Writes an unsigned 16-bit number. */
  u16(value: number, order: ByteOrder = this.order): this {
    return this.#unsigned(value, 2, order);
  }

  /** Writes an unsigned 24-bit number. */
  u24(value: number, order: ByteOrder = this.order): this {
    return this.#unsigned(value, 3, order);
  }

  /** Writes an unsigned 32-bit number. */
  u32(value: number, order: ByteOrder = this.order): this {
    return this.#unsigned(value, 4, order);
  }

  /** Writes a signed 32-bit number (two's complement). */
  i32(value: number, order: ByteOrder = this.order): this {
    if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff) {
      throw new InputError('out-of-range', `${value} does not fit a signed field of 4 bytes`);
    }
    return this.#unsigned(value >>> 0, 4, order);
  }

  /** Writes the bytes as they are. */
  bytes(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#buffer.set(bytes, at);
    return this;
  }

  /** Writes 7-bit ASCII; another character is `InputError('malformed')` with its position. */
  ascii(text: string): this {
    const at = this.#grow(text.length);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) {
        this.#length = at;
        throw new InputError('malformed', `character ${index} is not ASCII`, { offset: index });
      }
      this.#buffer[at + index] = code;
    }
    return this;
  }

  /** A copy of all bytes written so far. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }

  #unsigned(value: number, size: 1 | 2 | 3 | 4, order: ByteOrder): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new InputError('out-of-range', `${value} does not fit a field of ${size} bytes`);
    }
    const at = this.#grow(size);
    for (let index = 0; index < size; index += 1) {
      const shift = order === 'little' ? index : size - 1 - index;
      this.#buffer[at + index] = value >>> (8 * shift);
    }
    return this;
  }

  #grow(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, at));
      this.#buffer = larger;
    }
    return at;
  }
}
