import { ByteReader } from '@buergerkoffer/formats';

/** A reader of little-endian PTP datasets. `baseOffset` is added to the offsets of errors. */
export function datasetReader(bytes: Uint8Array, baseOffset = 0): ByteReader {
  return new ByteReader(bytes, { order: 'little', baseOffset });
}

/**
 * The next string (ISO 15740, 5.3.4): number of characters with the final zero, then UTF-16. Cameras leave the zero
 * out, or put it earlier: the text ends at the first.
 */
export function readText(reader: ByteReader): string {
  const units = reader.u8();
  const bytes = reader.sub(2 * units);
  let text = '';
  while (bytes.remaining > 0) {
    const unit = bytes.u16();
    if (unit === 0) break;
    text += String.fromCharCode(unit);
  }
  return text;
}

/** The next array of 16-bit codes: their number, then the codes. What is announced and not there is `truncated`. */
export function readU16s(reader: ByteReader): readonly number[] {
  const items = itemsOf(reader, 2);
  return Array.from({ length: items.remaining / 2 }, () => items.u16());
}

/** The next array of 32-bit handles. */
export function readU32s(reader: ByteReader): readonly number[] {
  const items = itemsOf(reader, 4);
  return Array.from({ length: items.remaining / 4 }, () => items.u32());
}

/** The whole dataset of an operation that answers with one array of 32-bit handles. */
export function readHandles(bytes: Uint8Array): readonly number[] {
  return readU32s(datasetReader(bytes));
}

/** The next 64-bit number; beyond 2⁵³ - 1 it is rounded, as no card is so large. */
export function readU64(reader: ByteReader): number {
  const low = reader.u32();
  return reader.u32() * 0x1_0000_0000 + low;
}

function itemsOf(reader: ByteReader, size: number): ByteReader {
  const count = reader.u32();
  return reader.sub(count * size);
}
