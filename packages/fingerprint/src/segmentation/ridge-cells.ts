import { checkImageSize, InputError, type GreyImage } from '@buergerkoffer/formats';

/** An image of the glass as squares of about 0.4 mm, and what each of them says about ridges. */
export interface RidgeCells {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell, in pixels of the image and in millimetres. */
  readonly cellPx: number;
  readonly cellMm: number;
  /** Mean grey of each cell, row by row, 0 to 255. */
  readonly mean: Float32Array;
  /** Means of the products of the gradient's two parts, at 250 ppi: grey levels squared. */
  readonly gxx: Float32Array;
  readonly gyy: Float32Array;
  readonly gxy: Float32Array;
}

/** Lowest and highest resolution that is looked at; between them ridges are two pixels and more apart. */
const MIN_PPI = 200;
const MAX_PPI = 1300;
/** What an image is taken for that does not say its resolution. */
export const DEFAULT_PPI = 500;
/** Resolution at which ridges are looked at, about four pixels from one to the next. */
const WORKING_PPI = 250;
/** Pixels of the working image along the side of a cell. */
const CELL = 4;

/**
 * Looks at `image` in cells; those cut by the right and lower edge are left out, so a very small image has none.
 * A resolution outside 200 to 1,300 ppi is `InputError('unsupported')`, sizes as `checkImageSize` has it.
 */
export function ridgeCells(image: GreyImage): RidgeCells {
  const ppi = image.resolutionPpi ?? DEFAULT_PPI;
  if (!(ppi >= MIN_PPI && ppi <= MAX_PPI)) {
    throw new InputError('unsupported', `prints of ${MIN_PPI} to ${MAX_PPI} ppi are looked at, not ${ppi}`, {
      path: 'resolutionPpi',
    });
  }
  checkImageSize(image.width, image.height);
  const factor = Math.max(Math.round(ppi / WORKING_PPI), 1);
  const small = reduced(image, factor);
  const columns = Math.floor(small.width / CELL);
  const rows = Math.floor(small.height / CELL);
  const cells: RidgeCells = {
    columns,
    rows,
    cellPx: factor * CELL,
    cellMm: (25.4 * factor * CELL) / ppi,
    mean: new Float32Array(columns * rows),
    gxx: new Float32Array(columns * rows),
    gyy: new Float32Array(columns * rows),
    gxy: new Float32Array(columns * rows),
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      fill(cells, row * columns + column, small, row, column);
  }
  return cells;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The image with `factor` times `factor` pixels averaged to one. */
function reduced(image: GreyImage, factor: number): Plane {
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const data = new Float32Array(width * height);
  const scale = 1 / (factor * factor);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let y = 0; y < factor; y += 1) {
        const from = (row * factor + y) * image.width + column * factor;
        for (let at = from; at < from + factor; at += 1) sum += image.data[at] ?? 0;
      }
      data[row * width + column] = sum * scale;
    }
  }
  return { width, height, data };
}

function fill(
  cells: RidgeCells,
  cell: number,
  { width, height, data }: Plane,
  row: number,
  column: number,
): void {
  let [mean, gxx, gyy, gxy] = [0, 0, 0, 0];
  for (let y = row * CELL; y < (row + 1) * CELL; y += 1) {
    const above = y === 0 ? 0 : -width;
    const below = y === height - 1 ? 0 : width;
    for (let x = column * CELL; x < (column + 1) * CELL; x += 1) {
      const at = y * width + x;
      const left = x === 0 ? at : at - 1;
      const right = x === width - 1 ? at : at + 1;
      const gx = ((data[right] ?? 0) - (data[left] ?? 0)) / 2;
      const gy = ((data[at + below] ?? 0) - (data[at + above] ?? 0)) / 2;
      mean += data[at] ?? 0;
      gxx += gx * gx;
      gyy += gy * gy;
      gxy += gx * gy;
    }
  }
  const scale = 1 / (CELL * CELL);
  cells.mean[cell] = mean * scale;
  cells.gxx[cell] = gxx * scale;
  cells.gyy[cell] = gyy * scale;
  cells.gxy[cell] = gxy * scale;
}

/** Means over the square of `2 * radius + 1` cells around each cell, as much of it as there is. */
export function boxMean(values: Float32Array, columns: number, rows: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) slide(values, across, row * columns, 1, columns, radius);
  const result = new Float32Array(values.length);
  for (let column = 0; column < columns; column += 1) slide(across, result, column, columns, rows, radius);
  return result;
}

function slide(
  from: Float32Array,
  to: Float32Array,
  first: number,
  stride: number,
  count: number,
  radius: number,
): void {
  let [sum, members] = [0, 0];
  for (let i = -radius; i < count; i += 1) {
    if (i + radius < count) {
      sum += from[first + (i + radius) * stride] ?? 0;
      members += 1;
    }
    if (i > radius) {
      sum -= from[first + (i - radius - 1) * stride] ?? 0;
      members -= 1;
    }
    if (i >= 0) to[first + i * stride] = sum / members;
  }
}
