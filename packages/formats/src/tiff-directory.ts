import { ByteReader, type ByteOrder } from './byte-reader.js';

/** Values of a directory of TIFF (also Exif) by tag: numbers of 16 or 32 bits that stand alone, and ASCII. */
export type TiffDirectory = ReadonlyMap<number, number | string>;

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
/** Length of the longest text that is read, in bytes. */
const MAX_TEXT = 256;
const ENTRY_BYTES = 12;
/** Bytes of a value that stand in the entry itself. */
const INLINE_BYTES = 4;

/**
 * The directory at `offset` of TIFF data (TIFF 6.0, 2; Exif begins with its header), the first one where no offset is given; other
 * kinds of value are left out, and so is what lies behind the end of the data. `InputError` where there is no directory at all.
 */
export function readTiffDirectory(tiff: Uint8Array, offset?: number): TiffDirectory {
  const order: ByteOrder = tiff[0] === 0x49 ? 'little' : 'big';
  const reader = new ByteReader(tiff, { order });
  const values = new Map<number, number | string>();
  const mark = reader.u16();
  if ((mark !== 0x4949 && mark !== 0x4d4d) || reader.u16() !== 42) return values;
  const first = reader.u32();
  reader.skip((offset ?? first) - reader.offset);
  for (let entries = reader.u16(); entries > 0 && reader.remaining >= ENTRY_BYTES; entries -= 1) {
    const tag = reader.u16();
    const type = reader.u16();
    const count = reader.u32();
    const value = valueOf(tiff, reader.sub(INLINE_BYTES), type, count);
    if (value !== undefined && !values.has(tag)) values.set(tag, value);
  }
  return values;
}

function valueOf(
  tiff: Uint8Array,
  inline: ByteReader,
  type: number,
  count: number,
): number | string | undefined {
  if (type === SHORT && count === 1) return inline.u16();
  if (type === LONG && count === 1) return inline.u32();
  if (type !== ASCII || count > MAX_TEXT) return undefined;
  const at = count <= INLINE_BYTES ? inline.offset : inline.u32();
  if (at + count > tiff.length) return undefined;
  const text = String.fromCharCode(...tiff.subarray(at, at + count));
  return text.replace(/\0.*$/su, '');
}
