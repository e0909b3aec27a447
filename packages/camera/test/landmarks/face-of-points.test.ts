import { expect, it } from 'vitest';
import { faceOfPoints } from '../../src/landmarks/index.js';

it('a face that a person placed has the box of its points and the roll of its eyes', () => {
  const points = {
    rightEyeOuter: { x: 100, y: 100 },
    rightEyeInner: { x: 120, y: 110 },
    leftEyeInner: { x: 160, y: 130 },
    leftEyeOuter: { x: 180, y: 140 },
    chin: { x: 110, y: 220 },
  };
  const face = faceOfPoints(points);
  expect(face.box).toEqual({ x: 100, y: 100, width: 80, height: 120 });
  expect(face.pose.rollDeg).toBeCloseTo((Math.atan2(30, 60) * 180) / Math.PI, 9);
  expect(face.points).toBe(points);
});
