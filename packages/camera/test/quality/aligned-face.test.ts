import { describe, expect, it } from 'vitest';
import type { FacePoints, Point } from '../../src/photo/face-points.js';
import { alignmentOf, moved } from '../../src/quality/aligned-face.js';

/** OFIQ's places: eyes, tip of the nose, corners of the mouth. */
const EYES = [
  { x: 251, y: 272 },
  { x: 364, y: 272 },
] as const;

/** A face of which the five points come to lie exactly on OFIQ's places after a turn, a scale and a shift. */
function face(place: (point: Point) => Point, nose: Point = { x: 308, y: 336 }): FacePoints {
  const corner = ({ x, y }: Point, dx: number): Point => place({ x: x + dx, y });
  return {
    rightEyeOuter: corner(EYES[0], -20),
    rightEyeInner: corner(EYES[0], 20),
    leftEyeInner: corner(EYES[1], -20),
    leftEyeOuter: corner(EYES[1], 20),
    chin: place({ x: 308, y: 470 }),
    noseTip: place(nose),
    mouthRight: place({ x: 262, y: 402 }),
    mouthLeft: place({ x: 355, y: 402 }),
  };
}

const turned = ({ x, y }: Point): Point => ({ x: 1.8 * x - 0.7 * y + 400, y: 0.7 * x + 1.8 * y - 30 });

describe('the alignment of a face', () => {
  it('brings its five points to the places of OFIQ', () => {
    const points = face(turned);
    const by = alignmentOf(points);
    if (by === undefined || points.noseTip === undefined) throw new Error('not aligned');
    expect(moved(by, points.noseTip).x).toBeCloseTo(308, 6);
    expect(moved(by, points.noseTip).y).toBeCloseTo(336, 6);
    expect(Math.hypot(by.a, by.b)).toBeCloseTo(1 / Math.hypot(1.8, 0.7), 9);
  });

  it('does not follow one point that lies far off', () => {
    const points = face(turned, { x: 408, y: 236 });
    const by = alignmentOf(points);
    if (by === undefined) throw new Error('not aligned');
    expect(moved(by, turned({ x: 262, y: 402 })).x).toBeCloseTo(262, 3);
  });

  it('is not to be had without nose or mouth, or of points that coincide', () => {
    const { noseTip: _noseTip, ...rest } = face(turned);
    expect(alignmentOf(rest)).toBeUndefined();
    expect(alignmentOf(face(() => ({ x: 1, y: 1 })))).toBeUndefined();
  });
});
