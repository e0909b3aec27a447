import type { PenSample } from '../model/pen-sample.js';

/** A point of the line that the pen drew, in millimetres, with its pressure from 0 to 1. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** How many straight pieces stand for the curve between two samples. */
const PIECES = 4;

/** The smooth line through the samples of one stroke: Catmull-Rom, as the pen had no corners between them. */
export function smoothStroke(stroke: readonly PenSample[]): readonly StrokePoint[] {
  const points: StrokePoint[] = [];
  for (const [i, from] of stroke.entries()) {
    const to = stroke[i + 1];
    points.push({ x: from.x, y: from.y, pressure: from.pressure });
    if (to === undefined) break;
    const before = stroke[i - 1] ?? from;
    const after = stroke[i + 2] ?? to;
    for (let piece = 1; piece < PIECES; piece += 1) {
      const t = piece / PIECES;
      points.push({
        x: along(before.x, from.x, to.x, after.x, t),
        y: along(before.y, from.y, to.y, after.y, t),
        pressure: from.pressure + t * (to.pressure - from.pressure),
      });
    }
  }
  return points;
}

/** Through `b` at `t` 0 and `c` at 1. */
function along(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
