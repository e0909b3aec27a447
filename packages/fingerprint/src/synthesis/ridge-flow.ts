import { between, type RandomSource } from './random-source.js';
import { step } from './smooth-noise.js';

/**
 * The five classes of ridge flow (Henry). `left-loop` opens to the left of the print, `right-loop` to the right;
 * most loops open towards the little finger.
 */
export type PatternClass = 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl';

/** A point of the fingertip in millimetres: x to the right of the print, y towards the palm, (0, 0) its middle. */
export interface SkinPoint {
  readonly x: number;
  readonly y: number;
}

/** A point where ridges turn back; `axis` is the direction, in radians, in which the bend bulges. */
export interface Core extends SkinPoint {
  readonly axis: number;
}

/** The course of the ridges of one fingertip. */
export interface RidgeFlow {
  readonly pattern: PatternClass;
  readonly cores: readonly Core[];
  /** Where three flows meet; as many as cores, so that the flow far away is level. */
  readonly deltas: readonly SkinPoint[];
  /** Slope of the ridges at both sides of the tip, in radians, 0.3 to 0.9. */
  readonly tipSlope: number;
  /** Height of an arch, in millimetres; 0 for the other classes. */
  readonly archHeight: number;
}

/** How far bends are rounded, 0 (as sharp as the bare zero-pole model) to 1 (half a circle). */
const ROUNDNESS = 0.72;

/** A flow of class `pattern`, its singular points placed as they lie in people's fingers, scattered by `random`. */
export function ridgeFlow(pattern: PatternClass, random: RandomSource): RidgeFlow {
  const tipSlope = between(random, 0.5, 0.75);
  const core = { x: between(random, -0.8, 0.8), y: between(random, -3, -1.2) };
  switch (pattern) {
    case 'arch':
      return { pattern, cores: [], deltas: [], tipSlope, archHeight: between(random, 2.4, 4) };
    case 'tented-arch': {
      const delta = { x: core.x + between(random, -0.3, 0.3), y: core.y + between(random, 4.2, 5.6) };
      return turningAt(pattern, tipSlope, [core], [delta]);
    }
    case 'left-loop':
    case 'right-loop': {
      const side = pattern === 'left-loop' ? 1 : -1;
      const delta = { x: core.x + side * between(random, 4.6, 6.4), y: core.y + between(random, 6.4, 8.8) };
      return turningAt(pattern, tipSlope, [core], [delta]);
    }
    case 'whorl': {
      const second = { x: core.x + between(random, -0.9, 0.9), y: core.y + between(random, 1.6, 3.8) };
      const left = { x: core.x - between(random, 5, 6.6), y: core.y + between(random, 6.4, 8.6) };
      const right = { x: core.x + between(random, 5, 6.6), y: core.y + between(random, 6.4, 8.6) };
      return turningAt(pattern, tipSlope, [core, second], [left, right]);
    }
    default:
      return pattern satisfies never;
  }
}

/** The flow of a middle phalanx: across the finger, a little askew. */
export function levelFlow(random: RandomSource): RidgeFlow {
  const archHeight = between(random, 0, 0.8);
  return { pattern: 'arch', cores: [], deltas: [], tipSlope: between(random, -0.15, 0.15), archHeight };
}

/**
 * Direction of the ridges at (x, y), in radians modulo pi, measured from the x axis towards the palm:
 * half the sum of the angles to the cores less those to the deltas (the zero-pole model of Sherlock and Monro,
 * 1993, with bends rounded in the manner of Vizcaya and Gerhardt, 1996), over the arched flow that fingertips
 * have without any of them.
 */
export function ridgeDirection(flow: RidgeFlow, x: number, y: number): number {
  let direction = arched(flow, x, y);
  for (const core of flow.cores) {
    const angle = Math.atan2(y - core.y, x - core.x);
    direction += angle / 2 + ROUNDNESS * (Math.PI / 4) * Math.sin(angle - core.axis);
  }
  for (const delta of flow.deltas) direction -= Math.atan2(y - delta.y, x - delta.x) / 2;
  return direction;
}

/** The flow with its bends laid along what the rest of the flow does at each core. */
function turningAt(
  pattern: PatternClass,
  tipSlope: number,
  cores: readonly SkinPoint[],
  deltas: readonly SkinPoint[],
): RidgeFlow {
  const bare = { pattern, tipSlope, archHeight: 0, cores: [], deltas };
  const directed = cores.map((core) => {
    let rest = ridgeDirection(bare, core.x, core.y);
    for (const other of cores) {
      if (other !== core) rest += Math.atan2(core.y - other.y, core.x - other.x) / 2;
    }
    // On the crest of the bend the ridge runs square to the axis: axis / 2 + rest = axis + pi / 2.
    return { ...core, axis: 2 * rest - Math.PI };
  });
  return { ...bare, cores: directed };
}

function arched(flow: RidgeFlow, x: number, y: number): number {
  const tip = flow.tipSlope * Math.tanh(x / 6) * (1 - step(-13, 5, y));
  if (flow.archHeight === 0) return tip;
  const spread = 3.2;
  const height = flow.archHeight * Math.exp(-(((y - 2) / 6.5) ** 2));
  return tip + Math.atan(((height * x) / spread ** 2) * Math.exp(-((x / spread) ** 2) / 2));
}
