import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { InputError } from './error.js';

/** One data object: tag, length, value (ISO/IEC 8825-1, ISO/IEC 7816-4 Annex E). */
export interface Tlv {
  /** The tag's bytes as one number: `0x30`, `0x7f60`. */
  readonly tag: number;
  /** The value's bytes, a view of the input. */
  readonly value: Uint8Array;
  /** The objects inside, empty for a primitive tag. */
  readonly children: readonly Tlv[];
  /** Offset of the tag in the whole input. */
  readonly offset: number;
}

/** Rules and bounds for reading data objects. */
export interface TlvOptions {
  /** `der` refuses lengths that are longer than need be; `ber` (default) takes every definite length. */
  readonly encoding?: 'ber' | 'der';
  /** Deepest nesting, default 16. */
  readonly maxDepth?: number;
  /** Most objects in total, default 10,000. */
  readonly maxObjects?: number;
  /** Offset of the first byte in the whole input, default 0. */
  readonly baseOffset?: number;
}

/**
 * All data objects of the bytes, one after the other, with those inside constructed ones.
 * Indefinite lengths and tags of more than 4 bytes are `unsupported`, a length beyond the end is `truncated`, nesting or
 * number beyond the bounds `too-large`; every `InputError` has the offset.
 */
export function readTlvs(bytes: Uint8Array, options: TlvOptions = {}): readonly Tlv[] {
  const budget = { objects: options.maxObjects ?? 10_000 };
  const reader = new ByteReader(bytes, { baseOffset: options.baseOffset ?? 0 });
  return readAll(reader, options, budget, options.maxDepth ?? 16);
}

/** The one data object that the bytes are; an object behind it is `InputError('malformed')`. */
export function readTlv(bytes: Uint8Array, options: TlvOptions = {}): Tlv {
  const [first, second] = readTlvs(bytes, options);
  if (first === undefined)
    throw new InputError('truncated', 'no data object', { offset: options.baseOffset ?? 0 });
  if (second !== undefined) {
    throw new InputError('malformed', 'one data object was expected', { offset: second.offset });
  }
  return first;
}

/** The first object with the tag; none is `undefined`. */
export function findTlv(objects: readonly Tlv[], tag: number): Tlv | undefined {
  return objects.find((object) => object.tag === tag);
}

/** The data object with the shortest length field (DER); the value is bytes or objects that were written before. */
export function writeTlv(tag: number, value: Uint8Array | readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = value instanceof Uint8Array ? [value] : value;
  const writer = new ByteWriter().bytes(tagBytes(tag));
  writeLength(
    writer,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  for (const part of parts) writer.bytes(part);
  return writer.toBytes();
}

function readAll(
  reader: ByteReader,
  options: TlvOptions,
  budget: { objects: number },
  depthLeft: number,
): readonly Tlv[] {
  const objects: Tlv[] = [];
  while (reader.remaining > 0) {
    const offset = reader.offset;
    if (depthLeft === 0) throw new InputError('too-large', 'data objects are nested too deeply', { offset });
    budget.objects -= 1;
    if (budget.objects < 0) throw new InputError('too-large', 'there are too many data objects', { offset });
    const { tag, isConstructed } = readTag(reader);
    const length = readLength(reader, options.encoding ?? 'ber');
    const content = reader.sub(length);
    const start = content.offset;
    const value = content.bytes(length);
    const children = isConstructed
      ? readAll(new ByteReader(value, { baseOffset: start }), options, budget, depthLeft - 1)
      : [];
    objects.push({ tag, value, children, offset });
  }
  return objects;
}

function readTag(reader: ByteReader): { readonly tag: number; readonly isConstructed: boolean } {
  const offset = reader.offset;
  const first = reader.u8();
  const isConstructed = (first & 0x20) !== 0;
  if ((first & 0x1f) !== 0x1f) return { tag: first, isConstructed };
  let tag = first;
  for (let count = 1; count < 4; count += 1) {
    const next = reader.u8();
    if (count === 1 && (next & 0x7f) === 0) {
      throw new InputError('malformed', 'a tag number begins with zero', { offset });
    }
    tag = tag * 256 + next;
    if ((next & 0x80) === 0) return { tag, isConstructed };
  }
  throw new InputError('unsupported', 'a tag has more than 4 bytes', { offset });
}

function readLength(reader: ByteReader, encoding: 'ber' | 'der'): number {
  const offset = reader.offset;
  const first = reader.u8();
  if (first < 0x80) return first;
  if (first === 0x80) throw new InputError('unsupported', 'indefinite lengths are not read', { offset });
  const size = first & 0x7f;
  if (size > 4) throw new InputError('unsupported', 'a length has more than 4 bytes', { offset });
  let length = 0;
  for (let index = 0; index < size; index += 1) length = length * 256 + reader.u8();
  const isShortest = length >= 0x80 && length >= 256 ** (size - 1);
  if (encoding === 'der' && !isShortest) {
    throw new InputError('malformed', 'DER wants the shortest length', { offset });
  }
  return length;
}

function tagBytes(tag: number): Uint8Array {
  const bytes = new ByteWriter();
  if (!Number.isInteger(tag) || tag < 0 || tag > 0xffff_ffff) {
    throw new InputError('out-of-range', 'a tag has 1 to 4 bytes');
  }
  if (tag > 0xff_ffff) bytes.u32(tag);
  else if (tag > 0xffff) bytes.u24(tag);
  else if (tag > 0xff) bytes.u16(tag);
  else bytes.u8(tag);
  const written = bytes.toBytes();
  const reader = new ByteReader(written);
  readTag(reader);
  reader.expectEnd();
  return written;
}

function writeLength(writer: ByteWriter, length: number): void {
  if (length < 0x80) writer.u8(length);
  else if (length <= 0xff) writer.u8(0x81).u8(length);
  else if (length <= 0xffff) writer.u8(0x82).u16(length);
  else if (length <= 0xff_ffff) writer.u8(0x83).u24(length);
  else writer.u8(0x84).u32(length);
}
