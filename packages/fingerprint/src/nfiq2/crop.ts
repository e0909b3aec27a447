import { InputError, type GreyImage } from '@buergerkoffer/formats';

/** Where the print lies in the image that it was cut out of, in pixels. */
export interface PrintCrop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A print at 500 ppi without its near-white frame: 8-bit grey, row by row, and where it was cut out. */
export interface CroppedPrint {
  readonly crop: PrintCrop;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Rows and columns whose mean is above this grey are frame. */
const FRAME_GREY = 250;

/** Widest print that NFIQ 2 takes, in pixels. */
export const MAX_PRINT_WIDTH = 800;
/** Highest print that NFIQ 2 takes, in pixels. */
export const MAX_PRINT_HEIGHT = 1000;

/** NFIQ 2 is defined at this resolution; scanners keep it within 1 % (BSI TR-03121-3 Vol. 2, 5.1.5). */
export const PRINT_PPI = 500;
const PPI_TOLERANCE = 0.01;

/**
 * Cuts off the near-white frame, first rows, then columns over the full height, as NFIQ 2 begins.
 *
 * An image that says it is not 500 ppi (within 1 %) is `InputError('unsupported')`; one without any row or
 * column of mean 250 or darker is `missing`; one of a single row or column is `out-of-range`; what is left
 * wider than 800 or higher than 1000 pixels is `too-large`. `path` names what is wrong.
 */
export function cropPrint(image: GreyImage): CroppedPrint {
  checkResolution(image.resolutionPpi);
  const { width, height, data } = image;
  const rows = darkRange(rowSums(data, width, height), width);
  if (rows === undefined) throw blank('rows');
  const columns = darkRange(columnSums(data, width, height), height);
  if (columns === undefined) throw blank('columns');
  const crop = {
    left: columns.first,
    top: rows.first,
    width: columns.last - columns.first + 1,
    height: rows.last - rows.first + 1,
  };
  checkSize(crop);
  const cut = new Uint8Array(crop.width * crop.height);
  for (let row = 0; row < crop.height; row += 1) {
    const from = (crop.top + row) * width + crop.left;
    cut.set(data.subarray(from, from + crop.width), row * crop.width);
  }
  return { crop, width: crop.width, height: crop.height, data: cut };
}

function checkResolution(resolutionPpi: number | undefined): void {
  if (resolutionPpi === undefined) return;
  if (Math.abs(resolutionPpi - PRINT_PPI) <= PPI_TOLERANCE * PRINT_PPI) return;
  throw new InputError(
    'unsupported',
    `NFIQ 2 is defined for ${PRINT_PPI} ppi, the image says ${Math.round(resolutionPpi)}`,
    { path: 'resolutionPpi', remedy: `resample the image to ${PRINT_PPI} ppi first` },
  );
}

function checkSize({ width, height }: PrintCrop): void {
  const size = `${width} x ${height} pixels`;
  if (width < 2 || height < 2) {
    throw new InputError('out-of-range', `without its frame the print has ${size}: that is no print`, {
      path: width < 2 ? 'width' : 'height',
      remedy: 'capture the finger again',
    });
  }
  if (width > MAX_PRINT_WIDTH) throw tooLarge(`${size}, at most ${MAX_PRINT_WIDTH} wide`, 'width');
  if (height > MAX_PRINT_HEIGHT) throw tooLarge(`${size}, at most ${MAX_PRINT_HEIGHT} high`, 'height');
}

function tooLarge(what: string, path: string): InputError {
  return new InputError('too-large', `without its frame the print has ${what} is allowed`, {
    path,
    remedy: 'segment the image: one finger, one image',
  });
}

function blank(what: 'rows' | 'columns'): InputError {
  return new InputError('missing', `the image is blank: all its ${what} are brighter than ${FRAME_GREY}`, {
    path: what,
    remedy: 'capture the finger again',
  });
}

/** First and last line whose mean is not above the grey of the frame. */
function darkRange(
  sums: Uint32Array,
  pixelsPerLine: number,
): { readonly first: number; readonly last: number } | undefined {
  const isDark = (sum: number): boolean => sum / pixelsPerLine <= FRAME_GREY;
  const first = sums.findIndex(isDark);
  return first < 0 ? undefined : { first, last: sums.findLastIndex(isDark) };
}

function rowSums(data: Uint8Array, width: number, height: number): Uint32Array {
  const sums = new Uint32Array(height);
  for (let row = 0, at = 0; row < height; row += 1) {
    let sum = 0;
    for (const end = at + width; at < end; at += 1) sum += data[at] ?? 0;
    sums[row] = sum;
  }
  return sums;
}

function columnSums(data: Uint8Array, width: number, height: number): Uint32Array {
  const sums = new Uint32Array(width);
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += 1) {
      sums[column] = (sums[column] ?? 0) + (data[at] ?? 0);
    }
  }
  return sums;
}
