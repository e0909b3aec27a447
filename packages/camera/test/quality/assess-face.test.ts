import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import type { FacePoints } from '../../src/photo/face-points.js';
import {
  assessFace,
  FACE_MEASURES,
  type FaceMeasurement,
  type FaceMeasure,
} from '../../src/quality/index.js';

const WIDTH = 620;
const HEIGHT = 800;

/** A face of which every number is easy: eyes 160 apart, chin 240 below them. */
const POINTS: FacePoints = {
  rightEyeOuter: { x: 205, y: 320 },
  rightEyeInner: { x: 255, y: 320 },
  leftEyeInner: { x: 365, y: 320 },
  leftEyeOuter: { x: 415, y: 320 },
  chin: { x: 310, y: 560 },
  mouthRight: { x: 245, y: 480 },
  mouthLeft: { x: 375, y: 480 },
  upperLip: { x: 310, y: 480 },
  lowerLip: { x: 310, y: 492 },
  noseTip: { x: 310, y: 400 },
  rightUpperLid: { x: 230, y: 314 },
  rightLowerLid: { x: 230, y: 326 },
  leftUpperLid: { x: 390, y: 312 },
  leftLowerLid: { x: 390, y: 328 },
};

type Colour = readonly [number, number, number];

function painted(colour: (x: number, y: number) => Colour): RgbImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++)
    data.set(colour(pixel % WIDTH, Math.floor(pixel / WIDTH)), pixel * 3);
  return rgbImage({ width: WIDTH, height: HEIGHT, data });
}

const plain = (colour: Colour): RgbImage => painted(() => colour);

function measured(image: RgbImage, measure: FaceMeasure, points: FacePoints = POINTS): FaceMeasurement {
  const found = assessFace(image, { points }).measures.find((entry) => entry.measure === measure);
  if (found === undefined) throw new Error(`no ${measure}`);
  return found;
}

function native(image: RgbImage, measure: FaceMeasure, points?: FacePoints): number {
  const found = measured(image, measure, points);
  return found.status === 'assessed' ? found.native : Number.NaN;
}

const SKIN: Colour = [200, 150, 130];

describe('the quality of a face image', () => {
  it('has all 28 components in the order of OFIQ, and no score over all', () => {
    const quality = assessFace(plain(SKIN), { points: POINTS });
    expect(quality.measures.map(({ measure }) => measure)).toEqual(FACE_MEASURES);
    expect(quality.measures[0]).toEqual({
      measure: 'UnifiedQualityScore',
      status: 'not-assessed',
      needs: ['a face recognition network (MagFace)'],
    });
  });

  it('measures places in units of the face', () => {
    const image = plain(SKIN);
    expect(native(image, 'HeadSize')).toBeCloseTo(240 / HEIGHT, 10);
    expect(native(image, 'MarginAboveOfTheFaceImage')).toBeCloseTo(320 / 240, 10);
    expect(native(image, 'MarginBelowOfTheFaceImage')).toBeCloseTo(480 / 240, 10);
    expect(native(image, 'EyesOpen')).toBeCloseTo(12 / 240, 10);
    expect(native(image, 'MouthClosed')).toBeCloseTo(12 / 240, 10);
  });

  it('measures the left side up to the eye on the right of the picture, as OFIQ does', () => {
    expect(native(plain(SKIN), 'LeftwardCropOfTheFaceImage')).toBeCloseTo(390 / 160, 10);
    expect(native(plain(SKIN), 'RightwardCropOfTheFaceImage')).toBeCloseTo((WIDTH - 230) / 160, 10);
  });

  it('sees an evenly lit face: one luminance, no variance, cheeks alike', () => {
    const image = plain([188, 188, 188]);
    // 188 is a luminance of 0.5029 in linear light: 128 of 255.
    expect(native(image, 'LuminanceMean')).toBeCloseTo(128 / 255, 10);
    expect(native(image, 'LuminanceVariance')).toBeCloseTo(0, 10);
    expect(native(image, 'DynamicRange')).toBeCloseTo(0, 10);
    expect(native(image, 'IlluminationUniformity')).toBeCloseTo(1, 10);
    expect(native(image, 'UnderExposurePrevention')).toBe(0);
    expect(native(image, 'OverExposurePrevention')).toBe(0);
  });

  it('sees a face lit from one side', () => {
    const image = painted((x) => (x < 310 ? [230, 200, 190] : [90, 60, 50]));
    expect(native(image, 'IlluminationUniformity')).toBe(0);
    expect(native(image, 'DynamicRange')).toBeGreaterThan(0.9);
  });

  it('sees the share of the face that is too dark or too bright', () => {
    expect(native(plain([0, 0, 0]), 'UnderExposurePrevention')).toBeCloseTo(1, 10);
    expect(native(plain([255, 255, 255]), 'OverExposurePrevention')).toBeCloseTo(1, 10);
    const half = native(
      painted((x) => (x < 310 ? [0, 0, 0] : [150, 150, 150])),
      'UnderExposurePrevention',
    );
    expect(half).toBeGreaterThan(0.45);
    expect(half).toBeLessThan(0.55);
  });

  it('looks inside the outline only', () => {
    const inside = painted((x, y) => (Math.hypot(x - 310, y - 400) < 400 ? [188, 188, 188] : [0, 0, 0]));
    expect(native(inside, 'UnderExposurePrevention')).toBe(0);
  });

  it('knows the colours of skin, and takes a grey picture for natural', () => {
    expect(native(plain(SKIN), 'NaturalColour')).toBe(0);
    expect(native(plain([60, 90, 200]), 'NaturalColour')).toBe(100);
    expect(native(plain([255, 90, 40]), 'NaturalColour')).toBeGreaterThan(20);
    expect(native(plain([120, 120, 120]), 'NaturalColour')).toBe(0);
  });

  it('says which values depend on the colour of the skin, and that hair counts as face', () => {
    expect(measured(plain(SKIN), 'OverExposurePrevention')).toMatchObject({
      notes: ['no-occlusion-model', 'skin-tone', 'estimated-outline'],
    });
    expect(measured(plain(SKIN), 'EyesOpen')).toMatchObject({ notes: [] });
  });

  it('estimates the outline where a person placed the points and outlined nothing', () => {
    const image = painted((x, y) => [x % 200, y % 200, 90]);
    const [estimated, empty] = [{ points: POINTS }, { points: POINTS, outline: [] }].map((face) =>
      assessFace(image, face),
    );
    expect(empty).toEqual(estimated);
  });

  it('names the points that are missing', () => {
    const { noseTip: _noseTip, upperLip: _upperLip, rightUpperLid: _lid, ...rest } = POINTS;
    const needs = (measure: FaceMeasure): unknown => measured(plain(SKIN), measure, rest);
    expect(needs('LuminanceMean')).toMatchObject({ status: 'not-assessed', needs: ['noseTip'] });
    expect(needs('MouthClosed')).toMatchObject({ needs: ['upperLip'] });
    expect(needs('EyesOpen')).toMatchObject({ needs: ['rightUpperLid'] });
    expect(needs('InterEyeDistance')).toMatchObject({ needs: ['pose'] });
    expect(needs('SingleFacePresent')).toMatchObject({ needs: ['facesFound'] });
  });

  it('corrects the distance of the eyes for a turned head, and fails on a profile', () => {
    const withPose = (yawDeg: number): FaceMeasurement | undefined =>
      assessFace(plain(SKIN), { points: POINTS, pose: { yawDeg, pitchDeg: 0, rollDeg: 0 } }).measures.find(
        ({ measure }) => measure === 'InterEyeDistance',
      );
    expect(withPose(60)).toMatchObject({ status: 'assessed', scalar: 100 });
    expect(withPose(60)).toHaveProperty('native', expect.closeTo(320, 6));
    expect(withPose(90)).toMatchObject({ status: 'failure-to-assess' });
  });

  it('weighs a second face by its size', () => {
    const facesFound = [
      { width: 100, height: 120 },
      { width: 200, height: 240 },
    ];
    const single = assessFace(plain(SKIN), { points: POINTS, facesFound }).measures.find(
      ({ measure }) => measure === 'SingleFacePresent',
    );
    expect(single).toMatchObject({ native: 0.25, scalar: 75 });
  });

  it('fails, and says why, when the points are all the same', () => {
    const points = Object.fromEntries(
      Object.keys(POINTS).map((name) => [name, { x: 10, y: 10 }]),
    ) as unknown as FacePoints;
    for (const measure of ['HeadSize', 'LuminanceMean', 'MouthClosed'] as const) {
      const reason = 'the points of the face coincide';
      expect(measured(plain(SKIN), measure, points)).toMatchObject({ status: 'failure-to-assess', reason });
    }
  });

  it('does not change with the size and turn of the photo', () => {
    const scene = (x: number, y: number): Colour => {
      const value = 128 + 60 * Math.sin(x / 23) + 50 * Math.cos(y / 31);
      return [value, value * 0.8, value * 0.7];
    };
    const turned = (x: number, y: number): { x: number; y: number } => ({
      x: 0.8 * x + 0.6 * y - 186,
      y: 0.8 * y - 0.6 * x + 320,
    });
    const back = (x: number, y: number): { x: number; y: number } => {
      const [u, v] = [x + 186, y - 320];
      return { x: 0.8 * u - 0.6 * v, y: 0.6 * u + 0.8 * v };
    };
    const upright = painted(scene);
    const other = painted((x, y) => {
      const from = back(x + 0.5, y + 0.5);
      return scene(from.x - 0.5, from.y - 0.5);
    });
    const points = Object.fromEntries(
      Object.entries(POINTS).map(([name, { x, y }]) => [name, turned(x, y)]),
    ) as unknown as FacePoints;
    for (const measure of ['LuminanceMean', 'DynamicRange', 'IlluminationUniformity'] as const)
      expect(native(other, measure, points), measure).toBeCloseTo(native(upright, measure), 1);
  });
});
