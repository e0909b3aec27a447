import { InputError, readTiffDirectory, type ByteReader } from '@buergerkoffer/formats';
import { isNamed, jpegSegments } from '../jpeg/segments.js';
import { ADOBE_RGB } from './rgb-space.js';
import type { StatedColours } from './stated-colours.js';

const APP1 = 0xe1;
const APP2 = 0xe2;
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
const EXIF_DIRECTORY_TAG = 0x8769;
const INTEROPERABILITY_TAG = 0xa005;
const INTEROPERABILITY_INDEX_TAG = 0x0001;
const COLOUR_SPACE_TAG = 0xa001;
/** Not in the standard, but written by some. */
const COLOUR_SPACE_ADOBE_RGB = 2;
const UNCALIBRATED = 0xffff;
/** DCF 2.0, 3.1: a file in the optional colour space, which is Adobe RGB. */
const DCF_OPTIONAL = 'R03';

/**
 * The colours of a JPEG that `readJpegInfo` has walked through: those of its ICC profile (ICC.1:2022, annex B.4), else of its
 * Exif.
 */
export function jpegColours(bytes: Uint8Array): StatedColours {
  const pieces = new Map<number, Uint8Array>();
  let count = 0;
  let exif: Uint8Array | undefined;
  for (const { marker, content } of jpegSegments(bytes)) {
    if (marker === APP1 && exif === undefined && isNamed(content, EXIF)) exif = rest(content);
    if (marker !== APP2 || !isNamed(content, ICC) || content.remaining < 2) continue;
    const number = content.u8();
    count = Math.max(count, content.u8());
    pieces.set(number, rest(content));
  }
  if (pieces.size === 0) return exif === undefined ? { type: 'srgb' } : exifColours(exif);
  const inOrder = Array.from({ length: count }, (_, index) => pieces.get(index + 1));
  const all = inOrder.filter((piece) => piece !== undefined);
  if (all.length < count || count === 0) return { type: 'damaged-profile' };
  return { type: 'profile', bytes: joined(all) };
}

/** Damaged Exif says nothing: a picture is not refused for it. */
function exifColours(tiff: Uint8Array): StatedColours {
  try {
    const fields = directoryAt(tiff, readTiffDirectory(tiff).get(EXIF_DIRECTORY_TAG));
    const space = fields?.get(COLOUR_SPACE_TAG);
    const isUncalibrated = space === UNCALIBRATED;
    const interoperability = directoryAt(tiff, fields?.get(INTEROPERABILITY_TAG));
    const isOptional = interoperability?.get(INTEROPERABILITY_INDEX_TAG) === DCF_OPTIONAL;
    if (space === COLOUR_SPACE_ADOBE_RGB || (isUncalibrated && isOptional))
      return { type: 'space', name: 'Adobe RGB (1998)', space: ADOBE_RGB };
    return isUncalibrated ? { type: 'uncalibrated', name: 'Exif uncalibrated' } : { type: 'srgb' };
  } catch (error) {
    if (error instanceof InputError) return { type: 'srgb' };
    throw error;
  }
}

function directoryAt(
  tiff: Uint8Array,
  offset: number | string | undefined,
): ReturnType<typeof readTiffDirectory> | undefined {
  return typeof offset === 'number' ? readTiffDirectory(tiff, offset) : undefined;
}

function rest(content: ByteReader): Uint8Array {
  return content.bytes(content.remaining);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
