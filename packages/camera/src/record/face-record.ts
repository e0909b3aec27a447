import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';

/** How the head lies on the image: any, frontal with its surroundings, or normalised frontal. */
export type FaceImageType = 'basic' | 'full-frontal' | 'token-frontal';

/** Coding of the image data. */
export type FaceImageFormat = 'jpeg' | 'jpeg2000';

/** Colour space of the image. */
export type FaceColourSpace = 'unspecified' | 'rgb24' | 'yuv422' | 'grey8' | 'other';

/**
 * Where the image came from; the guideline takes `unknown-camera` for a cloud, `digital-camera` for a live photo,
 * `scanner` for paper.
 */
export type FaceSource =
  | 'unspecified'
  | 'unknown-camera'
  | 'digital-camera'
  | 'scanner'
  | 'unknown-video'
  | 'analogue-video'
  | 'digital-video'
  | 'unknown';

/** A feature point by its number in ISO/IEC 14496-2 (major.minor), in pixels of the image. */
export interface FeaturePoint {
  readonly major: number;
  readonly minor: number;
  readonly x: number;
  readonly y: number;
}

/** One face image with what its record says about it. Codes are those of ISO/IEC 19794-5:2005; 0 is unspecified. */
export interface FaceImage {
  readonly type: FaceImageType;
  readonly format: FaceImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colourSpace: FaceColourSpace;
  readonly source: FaceSource;
  /** The JPEG or JP2 file, at least one byte. */
  readonly data: Uint8Array;
  readonly gender?: number;
  readonly eyeColour?: number;
  readonly hairColour?: number;
  /** 24 bits. */
  readonly properties?: number;
  readonly expression?: number;
  /** Yaw, pitch and roll as coded, and their uncertainties. */
  readonly pose?: readonly [number, number, number];
  readonly poseUncertainty?: readonly [number, number, number];
  readonly featurePoints?: readonly FeaturePoint[];
  readonly deviceType?: number;
  readonly quality?: number;
}

const FORMAT_ID = 0x46414300;
const VERSION_ID = 0x30313000;
const RECORD_HEADER = 14;
const FACE_HEADER = 20;
const FEATURE_POINT = 8;
const IMAGE_HEADER = 12;

const TYPES: readonly FaceImageType[] = ['basic', 'full-frontal', 'token-frontal'];
const FORMATS: readonly FaceImageFormat[] = ['jpeg', 'jpeg2000'];
const COLOURS: readonly FaceColourSpace[] = ['unspecified', 'rgb24', 'yuv422', 'grey8', 'other'];
const SOURCES: readonly FaceSource[] = [
  ...(['unspecified', 'unknown-camera', 'digital-camera', 'scanner'] as const),
  ...(['unknown-video', 'analogue-video', 'digital-video', 'unknown'] as const),
];

/** Bytes of a record with one image before its data, without feature points. */
export const FACE_RECORD_OVERHEAD = RECORD_HEADER + FACE_HEADER + IMAGE_HEADER;

/**
 * A face image record (ISO/IEC 19794-5:2005, version "010", big endian) with these images, at least one. The record
 * length counts the whole record. A number that its field does not hold is `InputError('out-of-range')`.
 */
export function writeFaceRecord(images: readonly FaceImage[]): Uint8Array<ArrayBuffer> {
  if (images.length === 0)
    throw new InputError('missing', 'a record has at least one image', { path: 'images' });
  const blocks = images.map(writeBlock);
  const length = blocks.reduce((sum, block) => sum + block.length, RECORD_HEADER);
  const writer = new ByteWriter().u32(FORMAT_ID).u32(VERSION_ID).u32(length).u16(images.length);
  for (const block of blocks) writer.bytes(block);
  return writer.toBytes();
}

function writeBlock(image: FaceImage): Uint8Array {
  const points = image.featurePoints ?? [];
  const [yaw, pitch, roll] = image.pose ?? [0, 0, 0];
  const [yawRange, pitchRange, rollRange] = image.poseUncertainty ?? [0, 0, 0];
  if (image.data.length === 0) throw new InputError('missing', 'an image has data', { path: 'data' });
  const writer = new ByteWriter()
    .u32(FACE_HEADER + FEATURE_POINT * points.length + IMAGE_HEADER + image.data.length)
    .u16(points.length)
    .u8(image.gender ?? 0)
    .u8(image.eyeColour ?? 0)
    .u8(image.hairColour ?? 0)
    .u24(image.properties ?? 0)
    .u16(image.expression ?? 0)
    .u8(yaw)
    .u8(pitch)
    .u8(roll)
    .u8(yawRange)
    .u8(pitchRange)
    .u8(rollRange);
  for (const { major, minor, x, y } of points) {
    if (!(major >= 0 && major < 16 && minor >= 0 && minor < 16))
      throw new InputError('out-of-range', 'a feature point has numbers of 4 bits', {
        path: 'featurePoints',
      });
    writer
      .u8(1)
      .u8(major * 16 + minor)
      .u16(x)
      .u16(y)
      .u16(0);
  }
  return writer
    .u8(TYPES.indexOf(image.type))
    .u8(FORMATS.indexOf(image.format))
    .u16(image.widthPx)
    .u16(image.heightPx)
    .u8(COLOURS.indexOf(image.colourSpace))
    .u8(SOURCES.indexOf(image.source))
    .u16(image.deviceType ?? 0)
    .u16(image.quality ?? 0)
    .bytes(image.data)
    .toBytes();
}

/**
 * Reads a face image record of 2005; image data are views of the bytes, never decoded here. Lengths that do not add
 * up are `InputError` `truncated` or `malformed`, codes that the standard does not have `out-of-range`, another
 * version `unsupported`, all with offset.
 */
export function readFaceRecord(bytes: Uint8Array): readonly [FaceImage, ...FaceImage[]] {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== FORMAT_ID)
    throw new InputError('malformed', 'a face image record begins with FAC', { offset: 0 });
  if (reader.u32() !== VERSION_ID)
    throw new InputError('unsupported', 'only records of version 010 are read', { offset: 4 });
  const lengthAt = reader.offset;
  const length = reader.u32();
  const count = reader.u16();
  if (length > bytes.length)
    throw new InputError('truncated', `the record has ${bytes.length} of ${length} bytes`, {
      offset: bytes.length,
    });
  if (length < bytes.length)
    throw new InputError('malformed', 'the record length is not that of the data', { offset: lengthAt });
  if (count === 0) throw new InputError('missing', 'the record has no image', { offset: lengthAt + 4 });
  const first = readBlock(reader);
  const others = Array.from({ length: count - 1 }, () => readBlock(reader));
  reader.expectEnd();
  return [first, ...others];
}

function readBlock(record: ByteReader): FaceImage {
  const blockAt = record.offset;
  const length = record.u32();
  if (length < FACE_HEADER + IMAGE_HEADER)
    throw new InputError('malformed', 'a facial information block is too short', { offset: blockAt });
  const reader = record.sub(length - 4);
  const points = reader.u16();
  const face = {
    gender: reader.u8(),
    eyeColour: reader.u8(),
    hairColour: reader.u8(),
    properties: reader.u24(),
    expression: reader.u16(),
    pose: [reader.u8(), reader.u8(), reader.u8()],
    poseUncertainty: [reader.u8(), reader.u8(), reader.u8()],
  } as const;
  // Checked before memory is taken for them.
  const list = reader.sub(FEATURE_POINT * points);
  const featurePoints = Array.from({ length: points }, () => readPoint(list));
  const type = coded(reader, TYPES, 'image type');
  const format = coded(reader, FORMATS, 'image data type');
  const [widthPx, heightPx] = [reader.u16(), reader.u16()];
  const colourSpace = coded(reader, COLOURS, 'colour space');
  const source = coded(reader, SOURCES, 'source type');
  const [deviceType, quality] = [reader.u16(), reader.u16()];
  if (reader.remaining === 0)
    throw new InputError('missing', 'the block holds no image', { offset: reader.offset });
  const data = reader.bytes(reader.remaining);
  return {
    ...face,
    featurePoints,
    type,
    format,
    widthPx,
    heightPx,
    colourSpace,
    source,
    deviceType,
    quality,
    data,
  };
}

function readPoint(reader: ByteReader): FeaturePoint {
  reader.skip(1);
  const code = reader.u8();
  const [x, y] = [reader.u16(), reader.u16()];
  reader.skip(2);
  return { major: code >> 4, minor: code & 0xf, x, y };
}

function coded<T>(reader: ByteReader, values: readonly T[], what: string): T {
  const offset = reader.offset;
  const value = values[reader.u8()];
  if (value === undefined) throw new InputError('out-of-range', `this ${what} does not exist`, { offset });
  return value;
}
