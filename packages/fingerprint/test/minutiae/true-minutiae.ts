import { SKIN_PITCH_MM, type FingerSkin } from '../../src/synthesis/finger-skin.js';
import type { SkinPoint } from '../../src/synthesis/ridge-flow.js';

/**
 * The minutiae of a synthetic finger as its skin has them, in millimetres from the middle: ends and forks of the thinned
 * ridges (Zhang and Suen 1984; crossing number of Rutovitz), a way to them that shares nothing with the extractor.
 * Twigs shorter than half a ridge period, which thinning leaves, do not count.
 */
export function trueMinutiae(skin: FingerSkin): readonly SkinPoint[] {
  const width = 2 * skin.width;
  const height = 2 * skin.height;
  const lines = thinned(enlarged(skin), width, height);
  const points: SkinPoint[] = [];
  const ring = ringOf(width);
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      const at = y * width + x;
      if (lines[at] !== 1 || isNearRim(skin, x >> 1, y >> 1)) continue;
      const crossings = ring.filter(
        (step, k) => lines[at + step] === 0 && lines[at + (ring[(k + 1) % 8] ?? 0)] === 1,
      ).length;
      if (crossings === 1 || crossings >= 3) points.push(onSkin(skin, x, y));
    }
  }
  return apart(points);
}

/** Forks and ends closer than half a ridge period (0.23 mm) are twigs and knots of the thinning. */
function apart(points: readonly SkinPoint[]): readonly SkinPoint[] {
  return points.filter((point) =>
    points.every((other) => other === point || Math.hypot(other.x - point.x, other.y - point.y) > 0.23),
  );
}

function onSkin(skin: FingerSkin, x: number, y: number): SkinPoint {
  return {
    x: (x / 2 - (skin.width - 1) / 2) * SKIN_PITCH_MM,
    y: (y / 2 - (skin.height - 1) / 2) * SKIN_PITCH_MM,
  };
}

function isNearRim(skin: FingerSkin, column: number, row: number): boolean {
  for (const [dx, dy] of [
    [-5, 0],
    [5, 0],
    [0, -5],
    [0, 5],
  ] as const) {
    if ((skin.ridges[(row + dy) * skin.width + column + dx] ?? 0) === 0) return true;
  }
  return false;
}

/** Ridges (1) and valleys (0) at twice the sampling of the skin. */
function enlarged(skin: FingerSkin): Uint8Array {
  const width = 2 * skin.width;
  const at = (column: number, row: number): number =>
    skin.ridges[Math.min(row, skin.height - 1) * skin.width + Math.min(column, skin.width - 1)] ?? 0;
  return Uint8Array.from({ length: width * 2 * skin.height }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const [column, row] = [x >> 1, y >> 1];
    const [right, down] = [column + (x & 1), row + (y & 1)];
    return at(column, row) + at(right, row) + at(column, down) + at(right, down) > 0 ? 1 : 0;
  });
}

/** The eight neighbours, from the north clockwise. */
function ringOf(width: number): readonly number[] {
  return [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1];
}

function thinned(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const ring = ringOf(width);
  for (let changed = true; changed;) {
    changed = false;
    for (const first of [true, false]) {
      const gone: number[] = [];
      for (let y = 1; y < height - 1; y += 1) {
        for (let x = 1; x < width - 1; x += 1) {
          const at = y * width + x;
          if (pixels[at] === 1 && isSpare(pixels, at, ring, first)) gone.push(at);
        }
      }
      for (const at of gone) pixels[at] = 0;
      changed ||= gone.length > 0;
    }
  }
  return pixels;
}

function isSpare(pixels: Uint8Array, at: number, ring: readonly number[], first: boolean): boolean {
  const values = ring.map((step) => pixels[at + step] ?? 0);
  const count = values.reduce((sum, value) => sum + value, 0);
  if (count < 2 || count > 6) return false;
  if (values.filter((value, k) => value === 0 && values[(k + 1) % 8] === 1).length !== 1) return false;
  const [north = 0, , east = 0, , south = 0, , west = 0] = values;
  return first
    ? north * east * south === 0 && east * south * west === 0
    : north * east * west === 0 && north * south * west === 0;
}
