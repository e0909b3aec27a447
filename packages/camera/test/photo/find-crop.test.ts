import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  cornersOf,
  correctCrop,
  cropToPhoto,
  describeRefusal,
  faceGeometry,
  findCrop,
  mapFacePoints,
  photoTemplate,
  refusalTextDe,
  THRESHOLDS,
  type CropFrame,
  type CropVerdict,
  type FacePoints,
  type PhotoSize,
} from '../../src/photo/index.js';
import { inverse } from '../../src/photo/affine.js';
import { hasSharedData, sharedPoints } from '../shared-data.js';
import { madePoints } from './made-face.js';

vi.setConfig({ testTimeout: 60_000 });

const PORTRAIT = { widthPx: 3000, heightPx: 4000 };

function frameOf(verdict: CropVerdict): CropFrame {
  if (verdict.type === 'refused') throw new Error(`refused: ${JSON.stringify(verdict.refusal)}`);
  return verdict.frame;
}

/** Criteria of geometry that the cut does not meet. */
function failed(frame: CropFrame, points: FacePoints): readonly string[] {
  const face = faceGeometry(mapFacePoints(points, inverse(cropToPhoto(frame))));
  const values = {
    '1.3': face.rollDeg,
    '5.3': (face.headWidthPx ?? Number.NaN) / 1244,
    '5.4': face.headHeightPx / 1600,
    '5.5': face.eyeMidpoint.y / 1600,
    '5.6': face.eyeMidpoint.x / 1244,
    '5.7': face.eyeDistancePx,
  } as const;
  return Object.entries(values)
    .filter(([id, value]) => {
      const { tmin, tmax } = THRESHOLDS.live.thresholds[id as keyof typeof values];
      return !(value >= tmin && value <= tmax);
    })
    .map(([id]) => id);
}

function isWithin(frame: CropFrame, { widthPx, heightPx }: PhotoSize): boolean {
  return cornersOf(frame).every(
    ({ x, y }) => x > -1e-6 && y > -1e-6 && x < widthPx + 1e-6 && y < heightPx + 1e-6,
  );
}

describe('the cut', () => {
  it('puts a face in the middle of a large photo where the template wants it', () => {
    const points = madePoints({ eyes: { x: 1500, y: 1600 }, eyeDistancePx: 400, rollDeg: 5 });
    const frame = frameOf(findCrop(PORTRAIT, points));
    const onCrop = mapFacePoints(points, inverse(cropToPhoto(frame)));
    expect(frame.turnedDeg).toBeCloseTo(5, 6);
    expect((onCrop.rightEyeInner.x + onCrop.leftEyeInner.x) / 2).toBeCloseTo(622, 3);
    expect(onCrop.rightEyeInner.y).toBeCloseTo(0.42 * 1600, 3);
    expect(onCrop.chin.y - (onCrop.crown?.y ?? 0)).toBeCloseTo(0.74 * 1600, 3);
  });

  it('meets every criterion of geometry and stays on the photo, or is refused, whatever the face', () => {
    const face = fc.record({
      x: fc.double({ min: 500, max: 3000, noNaN: true }),
      y: fc.double({ min: 500, max: 3000, noNaN: true }),
      eyeDistancePx: fc.double({ min: 250, max: 700, noNaN: true }),
      rollDeg: fc.double({ min: -20, max: 20, noNaN: true }),
      isLandscape: fc.boolean(),
    });
    let fits = 0;
    fc.assert(
      fc.property(face, ({ x, y, eyeDistancePx, rollDeg, isLandscape }) => {
        const photo = isLandscape ? { widthPx: 4000, heightPx: 3000 } : PORTRAIT;
        const points = madePoints({ eyes: { x, y }, eyeDistancePx, rollDeg });
        const verdict = findCrop(photo, points);
        if (verdict.type === 'refused') {
          expect(describeRefusal(verdict.refusal).remedy.length).toBeGreaterThan(10);
          expect(refusalTextDe(verdict.refusal).message).toMatch(/\.$/);
          return;
        }
        fits += 1;
        expect(verdict.frame.heightPx).toBeGreaterThanOrEqual(1600);
        expect(isWithin(verdict.frame, photo)).toBe(true);
        expect(failed(verdict.frame, points)).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(fits).toBeGreaterThan(40);
  });

  it('moves and shrinks before a photo is refused', () => {
    // The place that the template wants would begin above the photo.
    const high = madePoints({ eyes: { x: 1500, y: 770 }, eyeDistancePx: 400 });
    const frame = frameOf(findCrop(PORTRAIT, high));
    expect(isWithin(frame, PORTRAIT)).toBe(true);
    expect(failed(frame, high)).toEqual([]);
    // As far to the side as 5.6 allows.
    const aside = madePoints({ eyes: { x: 640, y: 2000 }, eyeDistancePx: 380 });
    const moved = frameOf(findCrop(PORTRAIT, aside));
    expect(moved.centre.x).toBeGreaterThan(640);
    expect(failed(moved, aside)).toEqual([]);
  });

  it('finds the one size that a tight photo leaves', () => {
    // 1290 x 1660 pixels around a face: the wanted cut of 1700 rows does not fit, one of 1600 does.
    const points = madePoints({ eyes: { x: 645, y: 700 }, eyeDistancePx: 370 });
    const frame = frameOf(findCrop({ widthPx: 1290, heightPx: 1660 }, points));
    expect(frame.heightPx).toBeGreaterThanOrEqual(1600);
    expect(frame.heightPx).toBeLessThanOrEqual(1660);
    expect(failed(frame, points)).toEqual([]);
  });

  it('is the whole photo where that is the only one', () => {
    const points = madePoints({ eyes: { x: 622, y: 735 }, eyeDistancePx: 340 });
    const frame = frameOf(findCrop({ widthPx: 1244, heightPx: 1600 }, points));
    expect(frame.heightPx).toBeCloseTo(1600, 6);
    expect(frame.centre.x).toBeCloseTo(622, 6);
    expect(frame.centre.y).toBeCloseTo(800, 6);
  });

  it('is the whole of a finished photo, which is not turned again', () => {
    const points = madePoints({ eyes: { x: 640, y: 700 }, eyeDistancePx: 340, rollDeg: 2 });
    const whole = { centre: { x: 622, y: 800 }, heightPx: 1600, turnedDeg: 0 };
    expect(frameOf(findCrop({ widthPx: 1244, heightPx: 1600 }, points))).toEqual(whole);
    const crooked = madePoints({ eyes: { x: 640, y: 700 }, eyeDistancePx: 340, rollDeg: 9 });
    expect(findCrop({ widthPx: 1244, heightPx: 1600 }, crooked)).toMatchObject({
      refusal: { reason: 'upscaling', advice: ['better-camera'] },
    });
  });

  it('takes its size from eyes and chin where nobody placed the crown', () => {
    const { crown, ...others } = madePoints({ eyes: { x: 1500, y: 1600 }, eyeDistancePx: 400 });
    expect(crown).toBeDefined();
    expect(frameOf(findCrop(PORTRAIT, others))).toEqual(
      frameOf(findCrop(PORTRAIT, madePoints({ eyes: { x: 1500, y: 1600 }, eyeDistancePx: 400 }))),
    );
  });

  it('has room for a child in the eyes of its template', () => {
    const points = madePoints({ eyes: { x: 1500, y: 1600 }, eyeDistancePx: 420 });
    for (const name of ['adult', 'child', 'infant'] as const) {
      const { target } = photoTemplate(name);
      const onCrop = mapFacePoints(
        points,
        inverse(cropToPhoto(frameOf(findCrop(PORTRAIT, points, photoTemplate(name))))),
      );
      expect(onCrop.rightEyeInner.y / 1600).toBeCloseTo(target.eyes, 3);
    }
  });

  it.skipIf(!hasSharedData)('of the photos of the data levels the eyes (needs ../shared)', () => {
    for (const [photo, size] of [
      ['sim-12mp-orientation6.jpg', PORTRAIT],
      ['sim-12mp-roll8.jpg', { widthPx: 4000, heightPx: 3000 }],
    ] as const) {
      const points = sharedPoints(photo);
      expect(failed(frameOf(findCrop(size, points)), points)).toEqual([]);
    }
  });
});

describe('a cut is refused', () => {
  const refusal = (photo: PhotoSize, points: FacePoints): unknown => {
    const verdict = findCrop(photo, points);
    return verdict.type === 'refused' ? verdict.refusal : verdict;
  };

  it('when the face is too small on a large photo: go nearer', () => {
    const points = madePoints({ eyes: { x: 1500, y: 1600 }, eyeDistancePx: 200 });
    // A head 400 pixels wide is half of 800, and 800 columns go with 1028 rows; the eyes alone would allow 1066.
    expect(refusal(PORTRAIT, points)).toMatchObject({
      reason: 'upscaling',
      missingEyeDistancePx: 100,
      availableHeightPx: 1028,
      missingHeightPx: 572,
      advice: ['nearer'],
    });
  });

  it('when a landscape photo is too low: turn the camera', () => {
    const points = madePoints({ eyes: { x: 1000, y: 500 }, eyeDistancePx: 250 });
    expect(refusal({ widthPx: 2000, heightPx: 1250 }, points)).toMatchObject({
      reason: 'upscaling',
      advice: ['portrait-orientation'],
    });
  });

  it('when the camera has too few pixels: another camera', () => {
    const points = madePoints({ eyes: { x: 960, y: 460 }, eyeDistancePx: 202, rollDeg: 3 });
    expect(refusal({ widthPx: 1920, heightPx: 1080 }, points)).toMatchObject({
      reason: 'upscaling',
      missingEyeDistancePx: 98,
      advice: ['better-camera'],
    });
  });

  it.each([90, -90, 180, 60])('when the person lies on the photo, %d degrees', (rollDeg) => {
    const points = madePoints({ eyes: { x: 1500, y: 2000 }, eyeDistancePx: 400, rollDeg });
    const turns = { 90: 3, '-90': 1, 180: 2, 60: 3 }[rollDeg];
    expect(refusal(PORTRAIT, points)).toEqual({ reason: 'turned', quarterTurns: turns });
  });

  it('when a point of the face lies outside the photo, with its name', () => {
    const points = madePoints({ eyes: { x: 1500, y: 600 }, eyeDistancePx: 400 });
    expect(refusal(PORTRAIT, points)).toEqual({ reason: 'face-cut-off', points: ['crown'] });
  });

  it('when there is too little photo beside the head, with the pixels that are missing', () => {
    const points = madePoints({ eyes: { x: 450, y: 1600 }, eyeDistancePx: 400 });
    // The head of 1360 pixels is at most 0.9 of 1512 rows, so 1600 are cut; the eyes lie at 0.45 of their 1244 columns or further.
    expect(refusal(PORTRAIT, points)).toEqual({ reason: 'outside-photo', missingPx: { left: 110 } });
  });

  it('when a photo is too narrow around the head: with the pixels that are missing, those enough and one less not', () => {
    const faces = fc.record({
      eyes: fc.record({
        x: fc.double({ min: 420, max: 2580, noNaN: true }),
        y: fc.double({ min: 700, max: 3290, noNaN: true }),
      }),
      eyeDistancePx: fc.double({ min: 330, max: 410, noNaN: true }),
      rollDeg: fc.double({ min: -20, max: 20, noNaN: true }),
    });
    let seen = 0;
    fc.assert(
      fc.property(faces, (face) => {
        const points = madePoints(face);
        const verdict = findCrop(PORTRAIT, points);
        if (verdict.type !== 'refused' || verdict.refusal.reason !== 'outside-photo') return;
        seen += 1;
        const { left = 0, top = 0, right = 0, bottom = 0 } = verdict.refusal.missingPx;
        const around = (less: number): CropVerdict =>
          findCrop(
            { widthPx: 3000 + left + right - (left > right ? 0 : less), heightPx: 4000 + top + bottom },
            mapFacePoints(points, { a: 1, b: 0, c: left - (left > right ? less : 0), d: 0, e: 1, f: top }),
          );
        expect(around(0).type).toBe('fits');
        const sides = [left, top, right, bottom].filter((px) => px > 0).length;
        if (Math.max(left, right) >= sides) expect(around(sides).type).toBe('refused');
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('when the points cannot be those of a head', () => {
    const points = {
      ...madePoints({ eyes: { x: 1500, y: 2000 }, eyeDistancePx: 400 }),
      headLeft: { x: 1600, y: 2100 },
      headRight: { x: 1400, y: 2100 },
    };
    expect(refusal(PORTRAIT, points)).toEqual({ reason: 'proportions' });
  });

  it('with an error when the points are no numbers or in one place', () => {
    const points = madePoints({ eyes: { x: 1500, y: 2000 }, eyeDistancePx: 400 });
    expect(() => findCrop(PORTRAIT, { ...points, chin: { x: Number.NaN, y: 2 } })).toThrow('two numbers');
    expect(() => findCrop(PORTRAIT, madePoints({ eyes: { x: 9, y: 9 }, eyeDistancePx: 0 }))).toThrow(
      'lie apart',
    );
  });
});

describe('a manual correction', () => {
  const frame = { centre: { x: 1000, y: 1200 }, heightPx: 1800, turnedDeg: 3 };

  it('turns the picture clockwise from the unrotated photo, about the middle of the cut', () => {
    expect(correctCrop(frame, { angleDeg: 350 })).toEqual({ ...frame, turnedDeg: 10 });
    expect(correctCrop(frame, { angleDeg: 0 }).turnedDeg).toBeCloseTo(0);
  });

  it('takes a region of the entire photo and keeps the turn', () => {
    expect(correctCrop(frame, { region: { x1: 100, y1: 200, x2: 1344, y2: 1800 } })).toEqual({
      centre: { x: 722, y: 1000 },
      heightPx: 1600,
      turnedDeg: 3,
    });
  });

  it('takes a region of another shape whole', () => {
    const { heightPx } = correctCrop(frame, { region: { x1: 0, y1: 0, x2: 2488, y2: 100 } });
    expect(heightPx).toBeCloseTo(3200);
  });

  it('refuses what is no region and no angle', () => {
    expect(() => correctCrop(frame, { angleDeg: 360 })).toThrow('below 360');
    expect(() => correctCrop(frame, { region: { x1: 5, y1: 5, x2: 5, y2: 9 } })).toThrow('lower right');
    expect(() => correctCrop(frame, { region: { x1: 5, y1: 5, x2: Infinity, y2: 9 } })).toThrow(
      'lower right',
    );
  });
});
