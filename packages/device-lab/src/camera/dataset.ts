import { ByteWriter } from '@buergerkoffer/formats';

/** Writes the little-endian numbers, texts and arrays that PTP's datasets are made of (ISO 15740, clause 5). */
export class Dataset {
  readonly #writer = new ByteWriter('little');

  u8(...values: readonly number[]): this {
    for (const value of values) this.#writer.u8(value);
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) this.#writer.u16(value);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.#writer.u32(value);
    return this;
  }

  /** 64 bits; up to 2^53 - 1. */
  u64(value: number): this {
    return this.u32(value % 2 ** 32, Math.floor(value / 2 ** 32));
  }

  bytes(bytes: Uint8Array): this {
    this.#writer.bytes(bytes);
    return this;
  }

  /** Number of UTF-16 units with the final zero, then the units; an empty text is one zero byte. */
  text(text: string): this {
    return text === '' ? this.u8(0) : this.u8(text.length + 1).wide(text);
  }

  /** UTF-16 units and a final zero. */
  wide(text: string): this {
    for (let at = 0; at < text.length; at += 1) this.u16(text.charCodeAt(at));
    return this.u16(0);
  }

  u16s(values: readonly number[]): this {
    return this.u32(values.length).u16(...values);
  }

  u32s(values: readonly number[]): this {
    return this.u32(values.length).u32(...values);
  }

  done(): Uint8Array {
    return this.#writer.toBytes();
  }
}
