import type { PixelArea } from '../pixel-source.js';

/** Samples of one component of a rectangle of a picture. */
export interface Plane {
  /** Column and row of its first sample among all of the component. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
  /** How many pixels of the picture a sample covers. */
  readonly across: number;
  readonly down: number;
  /** Last column and row of the component, where the picture ends. */
  readonly lastColumn: number;
  readonly lastRow: number;
}

/** The grey pixels of `area`. */
export function greyOfPlane(plane: Plane, { left, top, width, height }: PixelArea): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (top + row - plane.top) * plane.width + left - plane.left;
    grey.set(plane.data.subarray(from, from + width), row * width);
  }
  return grey;
}

/**
 * The colours of `area` (JFIF 1.02), colour samples that cover two pixels mixed 3 : 1 with their neighbours, in whole numbers as
 * the widespread decoders have it.
 */
export function rgbOfPlanes(planes: readonly [Plane, Plane, Plane], area: PixelArea): Uint8Array {
  const { left, top, width, height } = area;
  const [luma, blue, red] = planes;
  // Rows of colour begin at an even column.
  const before = left & 1;
  const [blues, reds] = [new Int32Array(width + 2), new Int32Array(width + 2)];
  const sums = new Int32Array(blue.width);
  const data = new Uint8ClampedArray(width * height * 3);
  for (let row = 0, to = 0; row < height; row += 1) {
    chromaRow(blue, top + row, left - before, blues, sums);
    chromaRow(red, top + row, left - before, reds, sums);
    const from = (top + row - luma.top) * luma.width + left - luma.left;
    for (let column = 0; column < width; column += 1, to += 3) {
      const y = luma.data[from + column] ?? 0;
      const cb = blues[column + before] ?? 0;
      const cr = reds[column + before] ?? 0;
      data[to] = y + ((Math.imul(91_881, cr) + 32_768) >> 16);
      data[to + 1] = y + ((Math.imul(-22_554, cb) + Math.imul(-46_802, cr) + 32_768) >> 16);
      data[to + 2] = y + ((Math.imul(116_130, cb) + 32_768) >> 16);
    }
  }
  return new Uint8Array(data.buffer);
}

/** One row of a colour component at full size, less 128, from the even column `left` of the picture on. */
function chromaRow(plane: Plane, row: number, left: number, to: Int32Array, sums: Int32Array): void {
  const isMixed = plane.down === 2;
  if (isMixed) mixRows(plane, row, sums);
  else sums.set(plane.data.subarray((row - plane.top) * plane.width, (row - plane.top + 1) * plane.width));
  if (plane.across === 2) {
    const shift = isMixed ? 4 : 2;
    widen(plane, left / 2, to, sums, shift);
    return;
  }
  const [bias, shift] = isMixed ? [1 + (row & 1), 2] : [0, 0];
  const from = left - plane.left;
  const count = Math.min(to.length, sums.length - from);
  for (let column = 0; column < count; column += 1)
    to[column] = (((sums[from + column] ?? 0) + bias) >> shift) - 128;
}

/** Two pixels of every sample from `first` on, each mixed with the sample at its other side. */
function widen(plane: Plane, first: number, to: Int32Array, sums: Int32Array, shift: number): void {
  const [biasLeft, biasRight] = shift === 4 ? [8, 7] : [1, 2];
  const last = plane.lastColumn - plane.left;
  let at = first - plane.left;
  let before = sums[Math.max(0, at - 1)] ?? 0;
  let here = sums[at] ?? 0;
  const end = Math.min(to.length - 1, 2 * (last - at + 1));
  for (let column = 0; column < end; column += 2, at += 1) {
    const after = at < last ? (sums[at + 1] ?? 0) : here;
    const most = Math.imul(3, here);
    to[column] = ((most + before + biasLeft) >> shift) - 128;
    to[column + 1] = ((most + after + biasRight) >> shift) - 128;
    before = here;
    here = after;
  }
}

/** The row of samples that a row of pixels lies in, mixed with the one that is nearest on the other side. */
function mixRows({ data, width, top, lastRow }: Plane, row: number, sums: Int32Array): void {
  const near = row >> 1;
  const far = (row & 1) === 0 ? Math.max(0, near - 1) : Math.min(lastRow, near + 1);
  const [here, there] = [(near - top) * width, (far - top) * width];
  for (let column = 0; column < width; column += 1)
    sums[column] = Math.imul(3, data[here + column] ?? 0) + (data[there + column] ?? 0);
}
