import type { WorkingImage } from './working-image.js';

/** Side of a cell of the direction field, in working pixels. */
export const CELL = 4;

/** How the ridges run, cell by cell. */
export interface RidgeDirections {
  readonly columns: number;
  readonly rows: number;
  /** Cosine and sine of twice the angle of the ridge (image axes, y down), scaled by {@link coherence}. */
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
  /** How much the gradients of the neighbourhood agree, 0 to 1. */
  readonly coherence: Float32Array;
}

/**
 * The direction field by averaged squared gradients (Kass and Witkin 1987; Bazen and Gerez 2002), smoothed
 * over about three ridges to each side.
 */
export function ridgeDirections(image: WorkingImage): RidgeDirections {
  const columns = Math.ceil(image.width / CELL);
  const rows = Math.ceil(image.height / CELL);
  const cos2 = new Float32Array(columns * rows);
  const sin2 = new Float32Array(columns * rows);
  const energy = new Float32Array(columns * rows);
  sumGradients(image, columns, cos2, sin2, energy);
  for (const field of [cos2, sin2, energy]) {
    for (let round = 0; round < 6; round += 1) smooth(field, columns, rows);
  }
  const coherence = new Float32Array(columns * rows);
  for (let cell = 0; cell < coherence.length; cell += 1) {
    const sum = energy[cell] ?? 0;
    if (sum <= 0) continue;
    // Ridges run across the gradient: the doubled angle is turned by 180 degrees.
    cos2[cell] = -(cos2[cell] ?? 0) / sum;
    sin2[cell] = -(sin2[cell] ?? 0) / sum;
    coherence[cell] = Math.hypot(cos2[cell] ?? 0, sin2[cell] ?? 0);
  }
  return { columns, rows, cos2, sin2, coherence };
}

/** Adds gx^2-gy^2, 2 gx gy and gx^2+gy^2 of each pixel to its cell; the outermost pixels have no gradient. */
function sumGradients(
  { width, height, grey }: WorkingImage,
  columns: number,
  cos2: Float32Array,
  sin2: Float32Array,
  energy: Float32Array,
): void {
  for (let y = 1; y < height - 1; y += 1) {
    const line = Math.floor(y / CELL) * columns;
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const northWest = grey[at - width - 1] ?? 0;
      const northEast = grey[at - width + 1] ?? 0;
      const southWest = grey[at + width - 1] ?? 0;
      const southEast = grey[at + width + 1] ?? 0;
      const down = southWest + southEast - northWest - northEast;
      const right = northEast + southEast - northWest - southWest;
      const gx = (3 * right + 10 * ((grey[at + 1] ?? 0) - (grey[at - 1] ?? 0))) / 32;
      const gy = (3 * down + 10 * ((grey[at + width] ?? 0) - (grey[at - width] ?? 0))) / 32;
      const cell = line + Math.floor(x / CELL);
      cos2[cell] = (cos2[cell] ?? 0) + gx * gx - gy * gy;
      sin2[cell] = (sin2[cell] ?? 0) + 2 * gx * gy;
      energy[cell] = (energy[cell] ?? 0) + gx * gx + gy * gy;
    }
  }
}

/** Smooths a field by the binomial 1 4 6 4 1 both ways; edges are repeated. */
function smooth(field: Float32Array, columns: number, rows: number): void {
  const line = new Float32Array(Math.max(columns, rows) + 4);
  for (let row = 0; row < rows; row += 1) smoothLine(field, row * columns, columns, 1, line);
  for (let column = 0; column < columns; column += 1) smoothLine(field, column, rows, columns, line);
}

/** Smooths `count` values, `stride` apart; `line` has room for them and two more at each end. */
function smoothLine(
  field: Float32Array,
  start: number,
  count: number,
  stride: number,
  line: Float32Array,
): void {
  for (let index = 0, at = start; index < count; index += 1, at += stride) line[index + 2] = field[at] ?? 0;
  line[0] = line[1] = field[start] ?? 0;
  line[count + 2] = line[count + 3] = field[start + (count - 1) * stride] ?? 0;
  for (let index = 0, at = start; index < count; index += 1, at += stride) {
    const outer = (line[index] ?? 0) + (line[index + 4] ?? 0);
    const inner = (line[index + 1] ?? 0) + (line[index + 3] ?? 0);
    field[at] = (outer + 4 * inner + 6 * (line[index + 2] ?? 0)) / 16;
  }
}

/** The value of `cells`, one per cell of `field`, at a working pixel: mixed from the four cells around it. */
export function cellMix(field: RidgeDirections, cells: Float32Array, x: number, y: number): number {
  const { columns, rows } = field;
  const u = Math.min(Math.max((x + 0.5) / CELL - 0.5, 0), columns - 1);
  const v = Math.min(Math.max((y + 0.5) / CELL - 0.5, 0), rows - 1);
  const column = Math.min(Math.floor(u), Math.max(columns - 2, 0));
  const row = Math.min(Math.floor(v), Math.max(rows - 2, 0));
  const right = column + 1 < columns ? 1 : 0;
  const down = row + 1 < rows ? columns : 0;
  const cell = row * columns + column;
  const a = u - column;
  const b = v - row;
  return (
    (1 - b) * ((1 - a) * (cells[cell] ?? 0) + a * (cells[cell + right] ?? 0)) +
    b * ((1 - a) * (cells[cell + down] ?? 0) + a * (cells[cell + down + right] ?? 0))
  );
}

/** The angle of the ridge at a working pixel, radians from 0 to below pi in image axes (y down). */
export function directionAt(field: RidgeDirections, x: number, y: number): number {
  const angle = Math.atan2(cellMix(field, field.sin2, x, y), cellMix(field, field.cos2, x, y)) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}
