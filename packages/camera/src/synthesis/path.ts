/** A point in drawing units: a portrait is 1244 wide and 1600 high, y grows downwards. */
export type Point = readonly [x: number, y: number];

/** A closed outline as straight edges; the last point joins the first one. */
export type Path = readonly Point[];

/** Edges between two given points of a curve: short enough that no corner shows at 1600 rows. */
const STEPS = 14;

/** The closed smooth curve through `points` (Catmull-Rom). */
export function closedCurve(points: readonly Point[]): Path {
  const count = points.length;
  return points.flatMap((_, i) =>
    segment(at(points, i - 1 + count), at(points, i), at(points, i + 1), at(points, i + 2)),
  );
}

/** The smooth curve through `points`, from the first to the last. */
export function openCurve(points: readonly Point[]): Path {
  const clamped = (i: number): Point => at(points, Math.min(Math.max(i, 0), points.length - 1));
  const path = points
    .slice(0, -1)
    .flatMap((_, i) => segment(clamped(i - 1), clamped(i), clamped(i + 1), clamped(i + 2)));
  return [...path, clamped(points.length - 1)];
}

/** The outline of an ellipse. */
export function ellipse([cx, cy]: Point, rx: number, ry: number): Path {
  return Array.from({ length: 72 }, (_, i): Point => {
    const angle = (i * Math.PI) / 36;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** The outline of a brush stroke along the smooth curve through `points`; `taper` 1 ends in points, 0 is even. */
export function brush(points: readonly Point[], width: number, taper = 1): Path {
  const spine = openCurve(points);
  const last = spine.length - 1;
  const sides = spine.map(([x, y], i) => {
    const [ax, ay] = at(spine, Math.max(i - 1, 0));
    const [bx, by] = at(spine, Math.min(i + 1, last));
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const half = (width / 2) * (1 - taper + taper * Math.sin((Math.PI * i) / last));
    const [nx, ny] = [(-(by - ay) / length) * half, ((bx - ax) / length) * half];
    return { left: [x + nx, y + ny] as const, right: [x - nx, y - ny] as const };
  });
  return [...sides.map(({ left }) => left), ...sides.map(({ right }) => right).reverse()];
}

/** `points` seen in a mirror that stands on the line x = `axis`. */
export function mirrored(points: readonly Point[], axis: number): readonly Point[] {
  return points.map(([x, y]): Point => [2 * axis - x, y]);
}

/** The outline whose right half is given from top to bottom, the first and the last point on the axis. */
export function symmetric(right: readonly Point[], axis: number): readonly Point[] {
  return [...right, ...mirrored(right.slice(1, -1), axis).toReversed()];
}

function segment(p0: Point, p1: Point, p2: Point, p3: Point): Point[] {
  return Array.from({ length: STEPS }, (_, i): Point => {
    const t = i / STEPS;
    return [spline(t, p0[0], p1[0], p2[0], p3[0]), spline(t, p0[1], p1[1], p2[1], p3[1])];
  });
}

function spline(t: number, a: number, b: number, c: number, d: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

function at(points: readonly Point[], index: number): Point {
  return points[index % points.length] ?? [0, 0];
}
