import type { DecodedImage } from '@buergerkoffer/formats';
import { greyImage, rgbImage } from '@buergerkoffer/formats';
import type { Affine } from './affine.js';
import { filterBank, PHASES, type FilterBank } from './lanczos.js';

/**
 * The image seen through `map`, which takes each place of the new picture of `width` x `height` pixels to its place
 * in `source`, both in continuous pixels from the outer corner of the top left one.
 *
 * One resampling in two one-dimensional passes (E. Catmull, A. R. Smith, "3-D transformations of images in scanline
 * order", SIGGRAPH 1980), each with a Lanczos-3 kernel that is widened where the picture becomes smaller, so that
 * nothing folds. Exact for turns by quarter turns and mirrors; for other turns made for a few degrees, usable up to
 * 45. Places outside the source take its edge; callers keep the map inside.
 */
export function resample(source: DecodedImage, map: Affine, width: number, height: number): DecodedImage {
  // The rows of the source run along the columns of the picture, or along its rows where the photo lies on its side.
  const isUpright = Math.abs(map.a * map.e) >= Math.abs(map.b * map.d);
  const along = isUpright ? map : { ...map, a: map.b, b: map.a, d: map.e, e: map.d };
  const [columns, rows] = isUpright ? [width, height] : [height, width];
  const strip = alongRows(source, along, columns, rows);
  const data = new Uint8Array(width * height * source.channels);
  const step = isUpright ? { column: 1, row: width } : { column: width, row: 1 };
  alongColumns(strip, along, { columns, rows, channels: source.channels, step, data });
  const fields = { width, height, data };
  return source.channels === 3 ? rgbImage(fields) : greyImage(fields);
}

/** Rows of the source from `first` on, resampled to the columns of the picture. */
interface Strip {
  readonly first: number;
  readonly count: number;
  readonly data: Float32Array;
}

/** First pass: place (p, y) of the strip is where column p of the picture crosses row y of the source. */
function alongRows(source: DecodedImage, map: Affine, columns: number, rows: number): Strip {
  const { width, height, channels, data } = source;
  const stepX = map.a - (map.b * map.d) / map.e;
  const driftX = map.b / map.e;
  const bank = filterBank(Math.abs(stepX));
  const reach = filterBank(Math.abs(map.e)).taps + 1;
  const edges = [
    map.f,
    map.f + map.d * columns,
    map.f + map.e * rows,
    map.f + map.d * columns + map.e * rows,
  ];
  const first = Math.max(0, Math.floor(Math.min(...edges)) - reach);
  const count = Math.max(1, Math.min(height, Math.ceil(Math.max(...edges)) + reach) - first);
  const strip = new Float32Array(count * columns * channels);
  for (let row = 0; row < count; row += 1) {
    const y = Math.min(height - 1, first + row);
    const startX = map.c + stepX / 2 + driftX * (y + 0.5 - map.f);
    const line = data.subarray(y * width * channels, (y + 1) * width * channels);
    const to = strip.subarray(row * columns * channels, (row + 1) * columns * channels);
    if (channels === 3) filterRgbRow(line, to, startX, stepX, bank);
    else filterGreyRow(line, to, startX, stepX, bank);
  }
  return { first, count, data: strip };
}

function filterRgbRow(
  line: Uint8Array,
  to: Float32Array,
  startX: number,
  stepX: number,
  { taps, weights, before }: FilterBank,
): void {
  const last = line.length / 3 - 1;
  for (let at = 0, x = startX; at < to.length; at += 3, x += stepX) {
    const place = Math.floor((x - 0.5) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let red = 0;
    let green = 0;
    let blue = 0;
    if (tap0 >= 0 && tap0 + taps - 1 <= last) {
      for (let tap = 0, from = 3 * tap0; tap < taps; tap += 1, from += 3) {
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (line[from] ?? 0);
        green += weight * (line[from + 1] ?? 0);
        blue += weight * (line[from + 2] ?? 0);
      }
    } else {
      for (let tap = 0; tap < taps; tap += 1) {
        const from = 3 * within(tap0 + tap, last);
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (line[from] ?? 0);
        green += weight * (line[from + 1] ?? 0);
        blue += weight * (line[from + 2] ?? 0);
      }
    }
    to[at] = red;
    to[at + 1] = green;
    to[at + 2] = blue;
  }
}

function filterGreyRow(
  line: Uint8Array,
  to: Float32Array,
  startX: number,
  stepX: number,
  { taps, weights, before }: FilterBank,
): void {
  const last = line.length - 1;
  for (let at = 0, x = startX; at < to.length; at += 1, x += stepX) {
    const place = Math.floor((x - 0.5) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      sum += (weights[weight0 + tap] ?? 0) * (line[within(tap0 + tap, last)] ?? 0);
    }
    to[at] = sum;
  }
}

/** The picture that the second pass fills: its size, and how far apart columns and rows lie, in pixels. */
interface Target {
  readonly columns: number;
  readonly rows: number;
  readonly channels: 1 | 3;
  readonly step: { readonly column: number; readonly row: number };
  readonly data: Uint8Array;
}

/** Second pass: down the columns of the strip. */
function alongColumns(strip: Strip, map: Affine, target: Target): void {
  const bank = filterBank(Math.abs(map.e));
  for (let row = 0; row < target.rows; row += 1) {
    const startY = map.e * (row + 0.5) + map.d / 2 + map.f - strip.first - 0.5;
    if (target.channels === 3) filterRgbColumns(strip, bank, target, row, startY, map.d);
    else filterGreyColumns(strip, bank, target, row, startY, map.d);
  }
}

/** One row of the picture: each of its columns lies `slant` rows further down the strip than the one before. */
function filterRgbColumns(
  strip: Strip,
  { taps, weights, before }: FilterBank,
  { columns, step, data }: Target,
  row: number,
  startY: number,
  slant: number,
): void {
  const pixels = strip.data;
  const stride = 3 * columns;
  const lastRow = strip.count - 1;
  for (let column = 0; column < columns; column += 1) {
    const place = Math.floor((startY + slant * column) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let red = 0;
    let green = 0;
    let blue = 0;
    if (tap0 >= 0 && tap0 + taps - 1 <= lastRow) {
      for (let tap = 0, from = tap0 * stride + 3 * column; tap < taps; tap += 1, from += stride) {
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (pixels[from] ?? 0);
        green += weight * (pixels[from + 1] ?? 0);
        blue += weight * (pixels[from + 2] ?? 0);
      }
    } else {
      for (let tap = 0; tap < taps; tap += 1) {
        const from = within(tap0 + tap, lastRow) * stride + 3 * column;
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (pixels[from] ?? 0);
        green += weight * (pixels[from + 1] ?? 0);
        blue += weight * (pixels[from + 2] ?? 0);
      }
    }
    const to = 3 * (column * step.column + row * step.row);
    data[to] = sampleOf(red);
    data[to + 1] = sampleOf(green);
    data[to + 2] = sampleOf(blue);
  }
}

function filterGreyColumns(
  strip: Strip,
  { taps, weights, before }: FilterBank,
  { columns, step, data }: Target,
  row: number,
  startY: number,
  slant: number,
): void {
  for (let column = 0; column < columns; column += 1) {
    const place = Math.floor((startY + slant * column) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const from = within(tap0 + tap, strip.count - 1) * columns + column;
      sum += (weights[weight0 + tap] ?? 0) * (strip.data[from] ?? 0);
    }
    data[column * step.column + row * step.row] = sampleOf(sum);
  }
}

function within(index: number, last: number): number {
  return index < 0 ? 0 : index > last ? last : index;
}

function sampleOf(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}
