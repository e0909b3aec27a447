import { InputError, type GreyImage } from '@buergerkoffer/formats';

/**
 * Resolution at which minutiae are looked for: a ridge every six pixels, and less than half of the pixels.
 */
export const WORKING_PPI = 1000 / 3;

/** Sides of the part that is looked at, in working pixels: 19.5 x 30.5 mm about the middle, one fingertip. */
const WINDOW_WIDTH = 256;
const WINDOW_HEIGHT = 400;

/** The middle of a finger image at {@link WORKING_PPI}, and how to get back. */
export interface WorkingImage {
  readonly width: number;
  readonly height: number;
  /** Grey, 0 to 255, row by row. */
  readonly grey: Float32Array;
  /** Pixels of the source per working pixel. */
  readonly scale: number;
  /** Where the working image begins in the source, in its pixels. */
  readonly left: number;
  readonly top: number;
}

/**
 * Averages the middle of `image` down to {@link WORKING_PPI}: each working pixel is the mean of the source's
 * area below it. Without a resolution the image counts as 500 ppi; outside 450 to 1,100 ppi it is
 * `InputError('unsupported')`.
 */
export function workingImage(image: GreyImage): WorkingImage {
  const resolutionPpi = image.resolutionPpi ?? 500;
  if (!(resolutionPpi >= 450 && resolutionPpi <= 1100)) {
    throw new InputError('unsupported', 'minutiae are found at 450 to 1,100 pixels per inch', {
      path: 'resolutionPpi',
      remedy: 'scan with 500 or 1000 ppi, or give the resolution that the image really has',
    });
  }
  if (image.data.length !== image.width * image.height) {
    throw new InputError('out-of-range', 'the pixels do not fit width and height', { path: 'data' });
  }
  const scale = resolutionPpi / WORKING_PPI;
  const width = Math.min(Math.floor(image.width / scale), WINDOW_WIDTH);
  const height = Math.min(Math.floor(image.height / scale), WINDOW_HEIGHT);
  const left = Math.floor((image.width - width * scale) / 2);
  const top = Math.floor((image.height - height * scale) / 2);
  const rows = overlaps(top, height, scale, image.height);
  const columns = overlaps(left, width, scale, image.width);
  return { width, height, grey: averaged(image, columns, rows), scale, left, top };
}

/** The mean of the pixels below each target pixel: rows first, as they come. */
function averaged({ width, data }: GreyImage, columns: Overlaps, rows: Overlaps): Float32Array {
  const targetWidth = columns.first.length;
  const grey = new Float32Array(targetWidth * rows.first.length);
  const line = new Float32Array(targetWidth);
  let averagedRow = -1;
  for (let y = 0; y < rows.first.length; y += 1) {
    for (let tap = 0; tap < rows.taps; tap += 1) {
      const weight = rows.weights[y * rows.taps + tap] ?? 0;
      if (weight === 0) continue;
      const row = (rows.first[y] ?? 0) + tap;
      if (row !== averagedRow) averageRow(data.subarray(row * width, (row + 1) * width), columns, line);
      averagedRow = row;
      for (let x = 0, at = y * targetWidth; x < targetWidth; x += 1, at += 1) {
        grey[at] = (grey[at] ?? 0) + weight * (line[x] ?? 0);
      }
    }
  }
  return grey;
}

function averageRow(row: Uint8Array, { first, taps, weights }: Overlaps, line: Float32Array): void {
  for (let x = 0; x < line.length; x += 1) {
    const from = first[x] ?? 0;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      sum += (weights[x * taps + tap] ?? 0) * (row[from + tap] ?? 0);
    }
    line[x] = sum;
  }
}

interface Overlaps {
  /** First source sample of each target sample. */
  readonly first: Int32Array;
  /** How many source samples each one looks at. */
  readonly taps: number;
  /** Their weights: the share of the target that each source sample covers. */
  readonly weights: Float32Array;
}

function overlaps(start: number, count: number, scale: number, available: number): Overlaps {
  const taps = Math.ceil(scale) + 1;
  const first = new Int32Array(count);
  const weights = new Float32Array(count * taps);
  for (let index = 0; index < count; index += 1) {
    const from = start + index * scale;
    const to = from + scale;
    first[index] = Math.floor(from);
    for (let tap = 0; tap < taps; tap += 1) {
      const sample = Math.floor(from) + tap;
      const covered = Math.min(to, sample + 1) - Math.max(from, sample);
      if (covered > 1e-9 && sample < available) weights[index * taps + tap] = covered / scale;
    }
  }
  return { first, taps, weights };
}
