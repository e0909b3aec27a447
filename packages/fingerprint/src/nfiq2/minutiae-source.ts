import { InputError, type GreyImage } from '@buergerkoffer/formats';
import type { Minutia, MinutiaType } from '../minutiae/minutia.js';
import type { PrintCrop } from './crop.js';

/** The extractor that NFIQ 2 v2.3 is defined with; only its minutiae make a conformant score. */
export const REFERENCE_EXTRACTOR = 'FingerJetFX OSE';

/**
 * Where the minutiae of a print come from: an extractor that is plugged in, or a list that was made before.
 */
export interface MinutiaeSource {
  /** Named in every result, e.g. {@link REFERENCE_EXTRACTOR}; that name belongs to that extractor alone. */
  readonly name: string;
  /**
   * The minutiae of `print` (8-bit grey, 500 ppi, without its near-white frame) in whole pixels from its top
   * left corner. `crop` is where it lay in the image that was assessed.
   */
  minutiaeOf(print: GreyImage, crop: PrintCrop): readonly Minutia[];
}

/** Minutiae of one print as a file lists them. */
export interface MinutiaeList {
  readonly source: string;
  readonly crop: PrintCrop;
  readonly minutiae: readonly Minutia[];
}

/** Most minutiae of one print that are read. */
const MAX_MINUTIAE = 4096;
const COLUMNS = ['x', 'y', 'angle256', 'quality', 'type'];
const TYPES: readonly MinutiaType[] = ['other', 'ending', 'bifurcation'];

/**
 * Reads a list of minutiae from JSON: `crop` (left, top, width, height), `columns` (x, y, angle256, quality,
 * type) and `minutiae`, one array of five numbers each: pixels relative to the crop, angle in 256 steps per
 * turn counter-clockwise from the x axis, quality 0 to 100, type 0 other, 1 ending, 2 bifurcation. `source`
 * names the extractor, by default {@link REFERENCE_EXTRACTOR}. Anything else is `InputError` with the path of
 * the fault.
 */
export function readMinutiaeList(text: string): MinutiaeList {
  const list = fieldsOf(parsed(text), '');
  const cropFields = fieldsOf(list['crop'], 'crop');
  const side = (name: string): number => wholeNumber(cropFields[name], 0, 65_535, `crop.${name}`);
  const crop = { left: side('left'), top: side('top'), width: side('width'), height: side('height') };
  const columns = arrayOf(list['columns'], 'columns');
  if (columns.length !== COLUMNS.length || !COLUMNS.every((name, i) => name === columns[i])) {
    throw malformed(`the columns are ${COLUMNS.join(', ')}`, 'columns');
  }
  const rows = arrayOf(list['minutiae'], 'minutiae');
  if (rows.length > MAX_MINUTIAE) {
    throw new InputError('too-large', `more than ${MAX_MINUTIAE} minutiae`, { path: 'minutiae' });
  }
  const source = list['source'] ?? REFERENCE_EXTRACTOR;
  if (typeof source !== 'string' || source.length > 100) throw malformed('source is a short name', 'source');
  return { source, crop, minutiae: rows.map((row, i) => minutiaOf(row, crop, `minutiae.${i}`)) };
}

/** The minutiae of `list` for the print that they belong to; another print is `InputError('not-allowed')`. */
export function listedMinutiae(list: MinutiaeList): MinutiaeSource {
  return {
    name: list.source,
    minutiaeOf(_, crop): readonly Minutia[] {
      const { left, top, width, height } = list.crop;
      const isSame = left === crop.left && top === crop.top && width === crop.width && height === crop.height;
      if (isSame) return list.minutiae;
      throw new InputError('not-allowed', 'the minutiae belong to another image: the print lies elsewhere', {
        path: 'crop',
        remedy: 'give the minutiae of this image',
      });
    },
  };
}

function minutiaOf(row: unknown, { width, height }: PrintCrop, path: string): Minutia {
  const [x, y, angle, quality, type, ...more] = arrayOf(row, path);
  if (more.length > 0) throw malformed(`a minutia has ${COLUMNS.length} numbers`, path);
  return {
    x: wholeNumber(x, 0, width - 1, `${path}.0`),
    y: wholeNumber(y, 0, height - 1, `${path}.1`),
    angle: (wholeNumber(angle, 0, 255, `${path}.2`) * 2 * Math.PI) / 256,
    quality: wholeNumber(quality, 0, 100, `${path}.3`),
    type: TYPES[wholeNumber(type, 0, 2, `${path}.4`)] ?? 'other',
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw malformed('this is no JSON', '');
  }
}

function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value));
  }
  throw malformed('an object is expected', path);
}

function arrayOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed('an array is expected', path);
}

function wholeNumber(value: unknown, least: number, most: number, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InputError('out-of-range', `a whole number from ${least} to ${most} is expected`, { path });
}

function malformed(message: string, path: string): InputError {
  return new InputError('malformed', message, {
    ...(path === '' ? {} : { path }),
    remedy: 'give a list of minutiae as JSON, see the README of @buergerkoffer/fingerprint',
  });
}
