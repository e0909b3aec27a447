import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import type { Minutia, MinutiaType } from './minutia.js';

/** The minutiae of one print in a record. */
export interface MinutiaeView {
  /** Finger by its code: 1 to 5 thumb to little finger of the right hand, 6 to 10 of the left, 0 unknown. */
  readonly position: number;
  /** Counts the prints of the same finger, 0 to 15. */
  readonly viewNumber: number;
  /** 0 live plain, 1 live rolled, 2 and 3 the same from paper, 8 swiped; 0 to 15. */
  readonly impression: number;
  /** Of the whole print, 0 to 100. */
  readonly quality: number;
  /** At most 255. */
  readonly minutiae: readonly Minutia[];
}

/** A finger minutiae record, ISO/IEC 19794-2:2005 (format version ` 20`). */
export interface MinutiaeRecord {
  /** Sides of the image, 1 to 16,383 pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch, stored as whole pixels per centimetre: 500 becomes 197 and reads as 500.38. */
  readonly resolutionPpi: number;
  /** The scanner by its maker's number, 0 to 4,095; 0 unknown. */
  readonly deviceId: number;
  /** At most 255. */
  readonly views: readonly MinutiaeView[];
}

const MAGIC = 0x464d_5200;
const VERSION = 0x2032_3000;
const HEADER_BYTES = 24;
const VIEW_BYTES = 4;
const MINUTIA_BYTES = 6;
const EXTENDED_LENGTH_BYTES = 2;

const TYPES: readonly MinutiaType[] = ['other', 'ending', 'bifurcation'];
const CM_PER_INCH = 2.54;
const ANGLE_STEPS = 256;

/**
 * The record as bytes. Angles become steps of 1.40625 degrees. What does not fit its field is
 * `InputError('out-of-range')` with the path of the value.
 */
export function writeMinutiaeRecord(record: MinutiaeRecord): Uint8Array<ArrayBuffer> {
  const { width, height, resolutionPpi, deviceId, views } = record;
  within(views.length, 0, 255, 'views.length');
  const minutiaeCount = views.reduce((sum, view) => sum + view.minutiae.length, 0);
  const length =
    HEADER_BYTES + views.length * (VIEW_BYTES + EXTENDED_LENGTH_BYTES) + minutiaeCount * MINUTIA_BYTES;
  const pixelsPerCm = within(Math.round(resolutionPpi / CM_PER_INCH), 1, 0xffff, 'resolutionPpi');
  const writer = new ByteWriter()
    .u32(MAGIC)
    .u32(VERSION)
    .u32(length)
    .u16(within(deviceId, 0, 0xfff, 'deviceId'))
    .u16(within(width, 1, 0x3fff, 'width'))
    .u16(within(height, 1, 0x3fff, 'height'))
    .u16(pixelsPerCm)
    .u16(pixelsPerCm)
    .u8(views.length)
    .u8(0);
  views.forEach((view, index) => {
    writeView(writer, view, `views.${index}`);
  });
  return writer.toBytes();
}

function writeView(writer: ByteWriter, view: MinutiaeView, path: string): void {
  const { position, viewNumber, impression, quality, minutiae } = view;
  writer
    .u8(within(position, 0, 10, `${path}.position`))
    .u8(
      16 * within(viewNumber, 0, 15, `${path}.viewNumber`) + within(impression, 0, 15, `${path}.impression`),
    )
    .u8(within(quality, 0, 100, `${path}.quality`))
    .u8(within(minutiae.length, 0, 255, `${path}.minutiae.length`));
  minutiae.forEach(({ x, y, angle, type, quality: ofMinutia }, index) => {
    const at = `${path}.minutiae.${index}`;
    if (!Number.isFinite(angle)) throw outOfRange(`${at}.angle`, 'a number');
    const steps = Math.round((angle * ANGLE_STEPS) / (2 * Math.PI)) % ANGLE_STEPS;
    writer
      .u16(0x4000 * TYPES.indexOf(type) + within(x, 0, 0x3fff, `${at}.x`))
      .u16(within(y, 0, 0x3fff, `${at}.y`))
      .u8(steps < 0 ? steps + ANGLE_STEPS : steps)
      .u8(within(ofMinutia, 0, 100, `${at}.quality`));
  });
  writer.u16(0);
}

/**
 * Reads a record. Extended data (ridge counts, cores, deltas, vendors' own) is passed over. A wrong length,
 * type, position or quality is `InputError` with the offset.
 */
export function readMinutiaeRecord(bytes: Uint8Array): MinutiaeRecord {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== MAGIC) throw new InputError('malformed', 'no finger minutiae record', { offset: 0 });
  if (reader.u32() !== VERSION) {
    throw new InputError('unsupported', 'only ISO/IEC 19794-2:2005 (version " 20") is read', { offset: 4 });
  }
  const length = reader.u32();
  if (length !== bytes.length) {
    throw new InputError(
      length > bytes.length ? 'truncated' : 'malformed',
      `the record says ${length} bytes, ${bytes.length} are there`,
      { offset: 8 },
    );
  }
  const deviceId = reader.u16() & 0xfff;
  const width = field(reader, 'u16', 1, 0x3fff, 'a width');
  const height = field(reader, 'u16', 1, 0x3fff, 'a height');
  const pixelsPerCm = field(reader, 'u16', 1, 0xffff, 'a resolution');
  if (reader.u16() !== pixelsPerCm) {
    throw new InputError('unsupported', 'only square pixels are read', { offset: reader.offset - 2 });
  }
  const count = reader.u8();
  reader.skip(1);
  const views = Array.from({ length: count }, () => readView(reader));
  reader.expectEnd();
  return { width, height, resolutionPpi: pixelsPerCm * CM_PER_INCH, deviceId, views };
}

function readView(reader: ByteReader): MinutiaeView {
  const position = field(reader, 'u8', 0, 10, 'a finger position');
  const packed = reader.u8();
  const quality = field(reader, 'u8', 0, 100, 'a quality');
  const count = reader.u8();
  const minutiae = Array.from({ length: count }, () => readMinutia(reader));
  reader.skip(reader.u16());
  return { position, viewNumber: packed >> 4, impression: packed & 15, quality, minutiae };
}

function readMinutia(reader: ByteReader): Minutia {
  const offset = reader.offset;
  const packed = reader.u16();
  const type = TYPES[packed >> 14];
  if (type === undefined) {
    throw new InputError('malformed', 'a minutia is 0 other, 1 ending or 2 bifurcation', { offset });
  }
  const y = reader.u16() & 0x3fff;
  const angle = (reader.u8() * 2 * Math.PI) / ANGLE_STEPS;
  return { x: packed & 0x3fff, y, angle, type, quality: field(reader, 'u8', 0, 100, 'a quality') };
}

function field(reader: ByteReader, size: 'u8' | 'u16', low: number, high: number, what: string): number {
  const offset = reader.offset;
  const value = reader[size]();
  if (value >= low && value <= high) return value;
  throw new InputError('malformed', `${what} is ${low} to ${high}`, { offset });
}

function within(value: number, low: number, high: number, path: string): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw outOfRange(path, `a whole number from ${low} to ${high}`);
}

function outOfRange(path: string, range: string): InputError {
  return new InputError('out-of-range', `${path} is not ${range}`, { path });
}
