import type { Path } from './path.js';

/** How much of each pixel of a rectangle is covered, 0 to 1. */
export interface Coverage {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** A picture's size in pixels, and how many pixels one drawing unit has. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/**
 * The exact covered area of each pixel under `path`, within `grid` and `margin` pixels around the path. Each edge
 * adds its signed area to the pixels it crosses; a running sum over the row fills the inside.
 */
export function coverage(path: Path, grid: Grid, margin = 0): Coverage {
  const points = path.map(([x, y]) => [x * grid.scale, y * grid.scale] as const);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - margin);
  const width = Math.max(0, Math.min(grid.width, Math.ceil(Math.max(...xs)) + margin) - left);
  const height = Math.max(0, Math.min(grid.height, Math.ceil(Math.max(...ys)) + margin) - top);
  const sums = new Float32Array(width * height + 2);
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y];
    addEdge(sums, width, height, x - left, y - top, nextX - left, nextY - top);
  });
  const values = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let at = row * width, end = at + width; at < end; at++) {
      sum += sums[at] ?? 0;
      values[at] = Math.min(1, Math.abs(sum));
    }
  }
  return { left, top, width, height, values };
}

function addEdge(
  sums: Float32Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  if (y0 === y1) return;
  const direction = y0 < y1 ? 1 : -1;
  const [topX, topY, bottomX, bottomY] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  const slope = (bottomX - topX) / (bottomY - topY);
  for (let row = Math.max(0, Math.floor(topY)); row < Math.min(height, Math.ceil(bottomY)); row++) {
    const from = Math.max(topY, row);
    const to = Math.min(bottomY, row + 1);
    const enter = clamp(topX + (from - topY) * slope, width);
    const leave = clamp(topX + (to - topY) * slope, width);
    addSpan(
      sums,
      row * width,
      width,
      Math.min(enter, leave),
      Math.max(enter, leave),
      direction * (to - from),
    );
  }
}

/** Spreads `area`, the signed height of an edge within one row, over the pixels between `low` and `high`. */
function addSpan(
  sums: Float32Array,
  start: number,
  width: number,
  low: number,
  high: number,
  area: number,
): void {
  const add = (column: number, share: number): void => {
    if (column < width) sums[start + column] = (sums[start + column] ?? 0) + share;
  };
  const first = Math.floor(low);
  if (high <= first + 1) {
    const right = (low + high) / 2 - first;
    add(first, area * (1 - right));
    add(first + 1, area * right);
    return;
  }
  const perPixel = area / (high - low);
  let before = 0;
  for (let column = first; column < high; column++) {
    const inside = Math.min(high, column + 1) - Math.max(low, column);
    const middle = (Math.min(high, column + 1) + Math.max(low, column)) / 2 - column;
    const here = inside * perPixel;
    add(column, before + here * (1 - middle));
    before = here * middle;
  }
  add(Math.ceil(high), before);
}

function clamp(x: number, width: number): number {
  return Math.min(Math.max(x, 0), width);
}

/** The coverage blurred as by a Gaussian of about `sigma` pixels (three box filters each way), in its own memory. */
export function blurred(source: Coverage, sigma: number): Coverage {
  const radius = Math.max(1, Math.round(sigma));
  const { width, height, values } = source;
  const rows = new Float32Array(values.length);
  for (let pass = 0; pass < 3; pass++) {
    boxFilter(values, rows, height, width, width, 1, radius);
    boxFilter(rows, values, width, height, 1, width, radius);
  }
  return source;
}

function boxFilter(
  from: Float32Array,
  to: Float32Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
  radius: number,
): void {
  const weight = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, length); i++) sum += from[start + i * step] ?? 0;
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += from[start + (i + radius) * step] ?? 0;
      if (i - radius - 1 >= 0) sum -= from[start + (i - radius - 1) * step] ?? 0;
      to[start + i * step] = sum * weight;
    }
  }
}
