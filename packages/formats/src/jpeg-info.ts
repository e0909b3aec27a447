import { ByteReader } from './byte-reader.js';
import { InputError } from './error.js';
import { exifOrientation, type ExifOrientation } from './exif-orientation.js';

/** What a JPEG says about itself without decoding a pixel (ITU-T T.81, Annex B). */
export interface JpegInfo {
  /** Pixels per row as stored, before the orientation is applied. */
  readonly width: number;
  /** Rows as stored, before the orientation is applied. */
  readonly height: number;
  /** 1 grey, 3 colour (YCbCr or RGB), 4 CMYK. */
  readonly components: number;
  /** Bits per sample, 8 or 12. */
  readonly precision: number;
  readonly progressive: boolean;
  /** How the picture has to be turned (Exif tag 0112); absent where it does not say or its Exif is damaged. */
  readonly orientation?: ExifOrientation;
  /** Pixels per inch of the JFIF header where both directions agree. */
  readonly resolutionPpi?: number;
  /** Length of the image from SOI to EOI; cameras append further images behind it. */
  readonly byteLength: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const EXIF = [0x45, 0x78, 0x69, 0x66, 0x00, 0x00];
const JFIF = [0x4a, 0x46, 0x49, 0x46, 0x00];

type Frame = Pick<JpegInfo, 'width' | 'height' | 'components' | 'precision' | 'progressive'>;

/**
 * Walks all markers of a JPEG from SOI to EOI, through every scan.
 *
 * A file that ends before its EOI is `InputError('truncated')`; lossless, hierarchical and arithmetic coding and a height
 * that is only given behind the scan are `unsupported`. Time is linear in the length of the file.
 */
export function readJpegInfo(bytes: Uint8Array): JpegInfo {
  const reader = new ByteReader(bytes);
  if (reader.u16() !== 0xff00 + SOI) {
    throw new InputError('malformed', 'a JPEG begins with FF D8', { offset: 0 });
  }
  let frame: Frame | undefined;
  let orientation: ExifOrientation | undefined;
  let resolutionPpi: number | undefined;
  let hasScan = false;
  for (;;) {
    const { marker, offset } = nextMarker(reader);
    if (marker === EOI) {
      if (frame === undefined || !hasScan) {
        throw new InputError('malformed', 'the JPEG holds no image', { offset });
      }
      return {
        ...frame,
        ...(orientation === undefined ? {} : { orientation }),
        ...(resolutionPpi === undefined ? {} : { resolutionPpi }),
        byteLength: reader.offset,
      };
    }
    const segment = readSegment(reader, marker, offset);
    if (isFrameHeader(marker)) {
      if (frame !== undefined) throw new InputError('malformed', 'a second frame header', { offset });
      frame = readFrame(segment, marker, offset);
    } else if (marker === APP0) {
      resolutionPpi ??= jfifResolution(segment);
    } else if (marker === APP1 && startsWith(segment, EXIF)) {
      orientation ??= exifOrientation(segment.bytes(segment.remaining));
    } else if (marker === SOS) {
      if (frame === undefined) throw new InputError('malformed', 'a scan before its frame', { offset });
      hasScan = true;
      skipEntropyCodedData(bytes, reader);
    }
  }
}

/** The next marker; any number of fill bytes FF may precede it (T.81, B.1.1.2). */
function nextMarker(reader: ByteReader): { readonly marker: number; readonly offset: number } {
  const offset = reader.offset;
  if (reader.u8() !== 0xff) throw new InputError('malformed', 'a marker was expected', { offset });
  let marker = reader.u8();
  while (marker === 0xff) marker = reader.u8();
  const standsAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= SOI);
  if (standsAlone) throw new InputError('malformed', 'a marker stands where none may', { offset });
  return { marker, offset };
}

function readSegment(reader: ByteReader, marker: number, offset: number): ByteReader {
  const length = reader.u16();
  if (length < 2) {
    throw new InputError('malformed', `segment ${marker.toString(16)} is shorter than its length field`, {
      offset,
    });
  }
  return reader.sub(length - 2);
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(segment: ByteReader, marker: number, offset: number): Frame {
  if (marker > 0xc2) {
    throw new InputError('unsupported', 'baseline, extended and progressive Huffman JPEG are read', {
      offset,
    });
  }
  const precision = segment.u8();
  const height = segment.u16();
  const width = segment.u16();
  const components = segment.u8();
  if (height === 0) {
    throw new InputError('unsupported', 'the height is only given behind the scan (DNL)', { offset });
  }
  if (width === 0 || (precision !== 8 && precision !== 12) || components < 1 || components > 4) {
    throw new InputError('out-of-range', 'width, precision or number of components is impossible', {
      offset,
    });
  }
  segment.skip(3 * components);
  segment.expectEnd();
  return { width, height, components, precision, progressive: marker === 0xc2 };
}

/** Moves to the next marker that ends a scan: neither a stuffed FF 00 nor a restart FF D0 to FF D7. */
function skipEntropyCodedData(bytes: Uint8Array, reader: ByteReader): void {
  let at = reader.offset;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    const next = at < 0 ? undefined : bytes[at + 1];
    if (next === undefined) {
      throw new InputError('truncated', 'the JPEG ends within its picture', { offset: bytes.length });
    }
    const belongsToScan = next === 0x00 || (next >= 0xd0 && next <= 0xd7);
    if (!belongsToScan) break;
    at += 2;
  }
  reader.skip(at - reader.offset);
}

/** Density in dots per inch or per cm (JFIF 1.02); 0 units are an aspect ratio only. */
function jfifResolution(segment: ByteReader): number | undefined {
  if (!startsWith(segment, JFIF) || segment.remaining < 7) return undefined;
  segment.skip(2);
  const units = segment.u8();
  const x = segment.u16();
  const y = segment.u16();
  if (x !== y || x === 0 || units < 1 || units > 2) return undefined;
  return units === 1 ? x : Math.round(x * 254) / 100;
}

/** Consumes the identifier when the segment begins with it. */
function startsWith(segment: ByteReader, identifier: readonly number[]): boolean {
  if (segment.remaining < identifier.length) return false;
  const found = segment.bytes(identifier.length);
  return identifier.every((byte, index) => found[index] === byte);
}
