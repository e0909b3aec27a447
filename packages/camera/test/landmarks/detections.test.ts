import { describe, expect, it } from 'vitest';
import { detectionsIn } from '../../src/landmarks/detections.js';
import type { DetectorOutput } from '../../src/landmarks/face-networks.js';

/** An output in which some anchors see a box 60 x 70 around a place, all others nothing. */
function output(seen: readonly { anchor: number; logit: number; dx?: number }[]): DetectorOutput {
  const logits = new Float32Array(896).fill(-20);
  const boxes = new Float32Array(896 * 16);
  for (const { anchor, logit, dx = 0 } of seen) {
    logits[anchor] = logit;
    boxes.set([dx, 0, 60, 70, dx - 12, -10, dx + 12, -10], anchor * 16);
  }
  return { logits, boxes };
}

describe('the detections of BlazeFace', () => {
  it('stand where the anchors stand: two in each cell of 16 pixels, six in each cell of 32', () => {
    const [first] = detectionsIn(output([{ anchor: 2 * (16 + 1), logit: 5 }]), 0.5);
    expect(first?.centre.x).toBeCloseTo(24, 9);
    expect(first?.centre.y).toBeCloseTo(24, 9);
    expect(first?.height).toBeCloseTo(70, 9);
    expect(first?.rightEye.x).toBeCloseTo(12, 9);
    expect(first?.leftEye.x).toBeCloseTo(36, 9);
    const [second] = detectionsIn(output([{ anchor: 512 + 6 * 8, logit: 5 }]), 0.5);
    expect(second?.centre.x).toBeCloseTo(16, 9);
    expect(second?.centre.y).toBeCloseTo(48, 9);
  });

  it('become one where they show the same face, the surer ones weighing more', () => {
    const faces = detectionsIn(
      output([
        { anchor: 0, logit: 4 },
        { anchor: 1, logit: 0, dx: 10 },
        { anchor: 2 * 16 * 15, logit: 2 },
      ]),
      0.3,
    );
    expect(faces).toHaveLength(2);
    expect(faces[0]?.centre.x).toBeGreaterThan(8);
    expect(faces[0]?.centre.x).toBeLessThan(13);
    expect(faces[0]?.score).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
  });

  it('are left out below the score that is asked for', () => {
    expect(detectionsIn(output([{ anchor: 3, logit: -0.1 }]), 0.5)).toEqual([]);
    expect(
      detectionsIn({ logits: new Float32Array(896).fill(Number.NaN), boxes: new Float32Array(0) }, 0.5),
    ).toEqual([]);
  });
});
