import { InputError } from '@buergerkoffer/formats';
import type { FacePoints, Point } from './face-points.js';

const REQUIRED = ['rightEyeOuter', 'rightEyeInner', 'leftEyeInner', 'leftEyeOuter', 'chin'] as const;

const OPTIONAL = [
  ...(['crown', 'headRight', 'headLeft', 'mouthRight', 'mouthLeft', 'upperLip', 'lowerLip'] as const),
  ...(['rightUpperLid', 'rightLowerLid', 'leftUpperLid', 'leftLowerLid'] as const),
  ...(['rightPupil', 'leftPupil', 'noseTip'] as const),
] as const;

/** Further names under which a point is accepted. */
const ALIASES: Readonly<Record<string, (typeof OPTIONAL)[number]>> = { crownEstimate: 'crown' };

/** Largest coordinate that is read, in pixels: a point may lie outside a photo, but not anywhere. */
const MAX_PX = 1_000_000;

/**
 * Reads the points of a face from parsed JSON: an object of names of {@link FacePoints} with `[x, y]` or an object
 * of `x` and `y` in pixels of the upright photo, alone or under `points`. `crownEstimate` counts as `crown`; other names
 * are left out. A point that is missing or no pair of numbers is an `InputError` with its name as path.
 */
export function readFacePoints(json: unknown): FacePoints {
  const whole = objectOf(json, 'points');
  const source = 'points' in whole ? objectOf(whole['points'], 'points') : whole;
  const named = new Map<string, unknown>(
    Object.entries(source).map(([name, value]) => [ALIASES[name] ?? name, value]),
  );
  const required = (name: (typeof REQUIRED)[number]): Point => {
    if (!named.has(name))
      throw new InputError('missing', `the point ${name} is missing`, {
        path: name,
        remedy: `give ${REQUIRED.join(', ')} at least`,
      });
    return readPoint(named.get(name), name);
  };
  return {
    rightEyeOuter: required('rightEyeOuter'),
    rightEyeInner: required('rightEyeInner'),
    leftEyeInner: required('leftEyeInner'),
    leftEyeOuter: required('leftEyeOuter'),
    chin: required('chin'),
    ...Object.fromEntries(
      OPTIONAL.filter((name) => named.has(name)).map((name) => [name, readPoint(named.get(name), name)]),
    ),
  };
}

function readPoint(value: unknown, path: string): Point {
  const pair: readonly unknown[] = Array.isArray(value) ? value : pairOf(value, path);
  const [x, y] = pair;
  if (pair.length !== 2 || typeof x !== 'number' || typeof y !== 'number')
    throw new InputError('malformed', 'a point is [x, y] or { "x": …, "y": … }', { path });
  if (!(Math.abs(x) <= MAX_PX && Math.abs(y) <= MAX_PX))
    throw new InputError('out-of-range', `a coordinate is at most ${MAX_PX} pixels`, { path });
  return { x, y };
}

function pairOf(value: unknown, path: string): readonly unknown[] {
  const object = objectOf(value, path);
  return [object['x'], object['y']];
}

function objectOf(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError('malformed', 'an object is expected', { path });
  return { ...value };
}
