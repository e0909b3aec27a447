import type { PathPoint } from './pen-path.js';

/** The pen at one moment of a stroke. */
export interface PenMoment extends PathPoint {
  readonly tMs: number;
  /** 0 to 1. */
  readonly pressure: number;
}

/** Step along the curve, in millimetres. */
const STEP_MM = 0.04;

/**
 * The pen on its way through `points` (millimetres), a moment every `intervalMs`, from time 0. It slows down in
 * bends by the two-thirds power law of handwriting (Lacquaniti, Terzuolo, Viviani, 1983: speed goes with the cube
 * root of the radius of the bend), starts and ends slowly, and presses less where it is fast.
 */
export function penMotion(points: readonly PathPoint[], intervalMs: number): readonly PenMoment[] {
  const curve = smoothed(denseCurve(points));
  const speeds = curve.map((_, i) => speedAt(curve, i));
  const moments: PenMoment[] = [];
  let tMs = 0;
  for (const [i, point] of curve.entries()) {
    const speed = speeds[i] ?? SLOWEST;
    while (moments.length * intervalMs <= tMs) {
      moments.push({
        ...point,
        tMs: moments.length * intervalMs,
        pressure: pressureAt(speed, i, curve.length),
      });
    }
    const next = curve[i + 1];
    if (next !== undefined) tMs += (1_000 * Math.hypot(next.x - point.x, next.y - point.y)) / speed;
  }
  return moments;
}

/** Speeds in millimetres per second. */
const SLOWEST = 14;
const FASTEST = 150;
/** Speed in a bend of 1 mm radius. */
const BEND_SPEED = 52;

function speedAt(curve: readonly PathPoint[], i: number): number {
  const span = 4;
  const [a, b, c] = [curve[i - span], curve[i], curve[i + span]];
  const ends = Math.min(1, 0.25 + (STEP_MM * Math.min(i, curve.length - 1 - i)) / 1.6);
  if (a === undefined || b === undefined || c === undefined) return SLOWEST;
  const turn = Math.abs((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x));
  const sides =
    Math.hypot(b.x - a.x, b.y - a.y) * Math.hypot(c.x - b.x, c.y - b.y) * Math.hypot(c.x - a.x, c.y - a.y);
  const radius = turn < 1e-9 ? Infinity : sides / (2 * turn);
  return Math.max(SLOWEST, Math.min(FASTEST, BEND_SPEED * Math.cbrt(radius)) * ends);
}

function pressureAt(speed: number, i: number, count: number): number {
  const begin = Math.min(1, 0.35 + (STEP_MM * i) / 0.9);
  const end = Math.min(1, 0.2 + (STEP_MM * (count - 1 - i)) / 1.4);
  return (0.78 - (0.36 * speed) / FASTEST) * begin * end;
}

/** The Catmull-Rom curve through `points`, in steps of about {@link STEP_MM}. */
function denseCurve(points: readonly PathPoint[]): readonly PathPoint[] {
  const dense: PathPoint[] = [];
  for (const [i, b] of points.entries()) {
    const c = points[i + 1];
    if (c === undefined) {
      dense.push(b);
      break;
    }
    const a = points[i - 1] ?? b;
    const d = points[i + 2] ?? c;
    const steps = Math.max(2, Math.ceil(Math.hypot(c.x - b.x, c.y - b.y) / STEP_MM));
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      dense.push({ x: along(a.x, b.x, c.x, d.x, t), y: along(a.y, b.y, c.y, d.y, t) });
    }
  }
  return dense;
}

function along(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** The curve with its corners rounded as a hand rounds them: means over about half a millimetre, twice. */
function smoothed(curve: readonly PathPoint[]): readonly PathPoint[] {
  const reach = 6;
  const once = (from: readonly PathPoint[]): readonly PathPoint[] =>
    from.map((_, i) => {
      const span = Math.min(reach, i, from.length - 1 - i);
      let [x, y] = [0, 0];
      for (const point of from.slice(i - span, i + span + 1)) {
        x += point.x;
        y += point.y;
      }
      return { x: x / (2 * span + 1), y: y / (2 * span + 1) };
    });
  return once(once(curve));
}
