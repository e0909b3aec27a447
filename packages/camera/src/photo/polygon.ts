import type { Point } from './face-points.js';

/** The points where a x + b y <= c. */
export interface HalfPlane {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Twice the area below which a polygon counts as a line. */
const FLAT = 1e-12;

/** What a place that lies on a line may be beyond it, for rounding. */
const ON_THE_LINE = 1e-9;

/**
 * What of a convex polygon lies in all half planes (I. E. Sutherland, G. W. Hodgman, 1974); no points when nothing
 * does.
 */
export function clipped(polygon: readonly Point[], planes: readonly HalfPlane[]): readonly Point[] {
  return planes.reduce(clippedOnce, polygon);
}

function clippedOnce(polygon: readonly Point[], plane: HalfPlane): readonly Point[] {
  return polygon.flatMap((point, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    const [here, there] = [excess(plane, point), excess(plane, next)];
    const kept = here <= 0 ? [point] : [];
    if (here <= 0 === there <= 0) return kept;
    const share = here / (here - there);
    return [...kept, { x: point.x + share * (next.x - point.x), y: point.y + share * (next.y - point.y) }];
  });
}

/** The place of a convex polygon that is nearest to `point`; `undefined` when the polygon has no points. */
export function nearestIn(polygon: readonly Point[], point: Point): Point | undefined {
  if (polygon.length === 0) return undefined;
  const edges = polygon.map((from, index) => ({ from, to: polygon[(index + 1) % polygon.length] ?? from }));
  const sides = edges.map(
    ({ from, to }) => (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x),
  );
  // A polygon that shrank to a line or a point has no inside.
  const hasInside = Math.abs(twiceTheArea(polygon)) > FLAT;
  if (hasInside && (sides.every((side) => side >= 0) || sides.every((side) => side <= 0))) return point;
  const candidates = edges.map(({ from, to }) => nearestOnEdge(from, to, point));
  return candidates.reduce((best, next) => (distance(next, point) < distance(best, point) ? next : best));
}

/**
 * The place in the room that all of `room` bound where what it lies beyond `planes`, all added up, is least; `undefined` where there
 * is no room. Exact: it is a place where two of the lines cross.
 */
export function leastBeyond(room: readonly HalfPlane[], planes: readonly HalfPlane[]): Point | undefined {
  const lines = [...room, ...planes];
  const beyond = (place: Point): number =>
    planes.reduce((sum, plane) => sum + Math.max(0, excess(plane, place)), 0);
  return lines
    .flatMap((line, index) => lines.slice(index + 1).flatMap((other) => crossing(line, other)))
    .filter((place) => room.every((plane) => excess(plane, place) <= ON_THE_LINE))
    .map((place) => ({ place, beyond: beyond(place) }))
    .sort((a, b) => a.beyond - b.beyond)[0]?.place;
}

function crossing(one: HalfPlane, other: HalfPlane): readonly Point[] {
  const area = one.a * other.b - one.b * other.a;
  if (area === 0) return [];
  return [{ x: (one.c * other.b - one.b * other.c) / area, y: (one.a * other.c - one.c * other.a) / area }];
}

function excess({ a, b, c }: HalfPlane, { x, y }: Point): number {
  return a * x + b * y - c;
}

function twiceTheArea(polygon: readonly Point[]): number {
  return polygon.reduce((sum, { x, y }, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0);
}

function nearestOnEdge(from: Point, to: Point, point: Point): Point {
  const length = distance(from, to) ** 2;
  if (length === 0) return from;
  const along = ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / length;
  const share = Math.min(1, Math.max(0, along));
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
