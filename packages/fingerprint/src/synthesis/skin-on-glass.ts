import { SKIN_PITCH_MM, type FingerSkin } from './finger-skin.js';
import type { Placement } from './glass.js';
import type { SkinPoint } from './ridge-flow.js';
import type { Crease } from './skin-marks.js';

/** Height of the skin over each pixel of the glass, row by row: below -1 in creases and pores to 1 on a ridge. */
export function skinOnGlass(skin: FingerSkin, placement: Placement): Float32Array {
  const { widthPx, heightPx } = placement.glass;
  const height = new Float32Array(widthPx * heightPx);
  for (let row = 0, at = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1, at += 1) {
      const u = placement.skinX(column, row) / SKIN_PITCH_MM + (skin.width - 1) / 2;
      const v = placement.skinY(column, row) / SKIN_PITCH_MM + (skin.height - 1) / 2;
      height[at] = sample(skin, u, v);
    }
  }
  for (const pore of skin.pores) dent(height, placement, pore, pore.radiusMm, 1.5);
  for (const crease of skin.creases) fold(height, placement, crease);
  return height;
}

/** Lowers the skin along `crease`, which is widest in its middle and runs out at its ends. */
function fold(height: Float32Array, placement: Placement, { points, widthMm }: Crease): void {
  for (const [i, point] of points.entries()) {
    const next = points[i + 1] ?? point;
    for (const part of [0, 0.25, 0.5, 0.75]) {
      const along = (i + part) / points.length;
      const between = { x: point.x + part * (next.x - point.x), y: point.y + part * (next.y - point.y) };
      dent(height, placement, between, widthMm * (0.5 + 2 * along * (1 - along)), 0.8);
    }
  }
}

/** The ridges at column `u`, row `v` of the skin, by cubic convolution (Keys, a = -1/2); 0 outside. */
function sample(skin: FingerSkin, u: number, v: number): number {
  const column = Math.floor(u);
  const row = Math.floor(v);
  if (column < 1 || row < 1 || column > skin.width - 3 || row > skin.height - 3) return 0;
  const x = u - column;
  const y = v - row;
  const { ridges, width } = skin;
  const i = (row - 1) * width + column - 1;
  const first = along(ridges, i, x);
  const second = along(ridges, i + width, x);
  const third = along(ridges, i + 2 * width, x);
  return cubic(first, second, third, along(ridges, i + 3 * width, x), y);
}

function along(values: Float32Array, i: number, t: number): number {
  return cubic(values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0, values[i + 3] ?? 0, t);
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Lowers the skin by a Gaussian of radius `radiusMm` and depth `depth` around `point`. */
function dent(
  height: Float32Array,
  placement: Placement,
  point: SkinPoint,
  radiusMm: number,
  depth: number,
): void {
  const { widthPx, heightPx } = placement.glass;
  const column = placement.column(point.x, point.y);
  const row = placement.row(point.x, point.y);
  const radius = radiusMm / placement.mmPerPx;
  const reach = 2 * radius;
  for (let r = Math.max(Math.ceil(row - reach), 0); r <= Math.min(row + reach, heightPx - 1); r += 1) {
    for (let c = Math.max(Math.ceil(column - reach), 0); c <= Math.min(column + reach, widthPx - 1); c += 1) {
      const distance = ((r - row) ** 2 + (c - column) ** 2) / (radius * radius);
      const at = r * widthPx + c;
      height[at] = (height[at] ?? 0) - depth * Math.exp(-distance);
    }
  }
}
