import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FACE_MEASURES, FAILURE_TO_ASSESS, scalarOf, type FaceMeasure } from '../../src/quality/index.js';

const TABLE = new URL('../../../../../shared/data/camera/ofiq/expected_results.csv', import.meta.url);

/** Values worked out by hand from the formulas of OFIQ 1.0.3, ends and middles of the scales. */
const WORKED: readonly (readonly [FaceMeasure, number, number])[] = [
  ['UnifiedQualityScore', 23, 50],
  ['UnifiedQualityScore', -1000, 0],
  ['BackgroundUniformity', 0, 100],
  ['BackgroundUniformity', 10, 95],
  ['BackgroundUniformity', 1e9, 0],
  ['IlluminationUniformity', 0, 0],
  ['IlluminationUniformity', 1, 100],
  ['LuminanceMean', 0.5, 100],
  ['LuminanceMean', 0.2, 50],
  ['LuminanceMean', 0.8, 50],
  ['LuminanceMean', 0, 2],
  ['LuminanceVariance', 0, 0],
  ['LuminanceVariance', 1 / 60, 100],
  ['UnderExposurePrevention', 0, 100],
  ['UnderExposurePrevention', 0.92, 40],
  ['UnderExposurePrevention', 1, 0],
  ['OverExposurePrevention', 0, 100],
  ['OverExposurePrevention', 0.01, 50],
  ['OverExposurePrevention', 1, 1],
  ['DynamicRange', 0, 0],
  ['DynamicRange', 8, 100],
  ['Sharpness', 0, 77],
  ['Sharpness', 50, 100],
  ['Sharpness', -200, 0],
  ['CompressionArtifacts', 0.3308, 51],
  ['CompressionArtifacts', 1, 100],
  ['CompressionArtifacts', -1, 0],
  ['NaturalColour', 0, 100],
  ['NaturalColour', 100, 0],
  ['SingleFacePresent', 0, 100],
  ['SingleFacePresent', 0.49, 51],
  ['SingleFacePresent', 1, 0],
  ['EyesOpen', 0.02, 50],
  ['EyesOpen', 0, 12],
  ['MouthClosed', 0.2, 50],
  ['MouthClosed', 0, 97],
  ['EyesVisible', 0.125, 88],
  ['MouthOcclusionPrevention', 1, 0],
  ['FaceOcclusionPrevention', 0, 100],
  ['InterEyeDistance', 70, 50],
  ['InterEyeDistance', 1000, 100],
  ['HeadSize', 0.45, 100],
  ['HeadSize', 0.36, 28],
  ['HeadSize', 0.54, 28],
  ['LeftwardCropOfTheFaceImage', 0.9, 50],
  ['RightwardCropOfTheFaceImage', 2, 100],
  ['MarginAboveOfTheFaceImage', 1.4, 50],
  ['MarginBelowOfTheFaceImage', 1.8, 50],
  ['HeadPoseYaw', 0, 100],
  ['HeadPoseYaw', 45, 50],
  ['HeadPosePitch', -60, 25],
  ['HeadPoseRoll', 180, 0],
  ['ExpressionNeutrality', -5000, 50],
  ['ExpressionNeutrality', 1e6, 100],
  ['NoHeadCoverings', 0, 100],
  ['NoHeadCoverings', -1, 100],
  ['NoHeadCoverings', 0.95, 0],
  ['NoHeadCoverings', 0.02, 91],
];

describe('the component of a native value', () => {
  it.each(WORKED)('%s of %d is %d', (measure, native, scalar) => {
    expect(scalarOf(measure, native)).toBe(scalar);
  });

  it('is the failure to assess where the native value is no number', () => {
    for (const measure of FACE_MEASURES) expect(scalarOf(measure, Number.NaN)).toBe(FAILURE_TO_ASSESS);
    expect(scalarOf('IlluminationUniformity', -1)).toBe(FAILURE_TO_ASSESS);
  });

  it('is a whole number from 0 to 100, or that failure, for every number there is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FACE_MEASURES), fc.double(), (measure, native) => {
        const scalar = scalarOf(measure, native);
        expect(Number.isInteger(scalar) && !Object.is(scalar, -0)).toBe(true);
        expect(scalar === FAILURE_TO_ASSESS || (scalar >= 0 && scalar <= 100)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not fall where more is better, and does not rise where less is', () => {
    const rising = [
      'UnifiedQualityScore',
      'Sharpness',
      'EyesOpen',
      'InterEyeDistance',
      'DynamicRange',
    ] as const;
    const falling = ['BackgroundUniformity', 'MouthClosed', 'NaturalColour', 'NoHeadCoverings'] as const;
    const pair = fc.tuple(fc.double({ min: 0, max: 200 }), fc.double({ min: 0, max: 200 }));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        for (const measure of rising)
          expect(scalarOf(measure, less)).toBeLessThanOrEqual(scalarOf(measure, more));
        for (const measure of falling)
          expect(scalarOf(measure, less)).toBeGreaterThanOrEqual(scalarOf(measure, more));
      }),
    );
  });

  it.skipIf(!existsSync(TABLE))('equals every value of the published table (needs ../shared)', () => {
    const [header = '', ...rows] = readFileSync(TABLE, 'utf8').trim().split(/\r?\n/);
    const columns = header.split(';');
    expect(rows.length).toBeGreaterThanOrEqual(14);
    for (const row of rows) {
      const cells = row.split(';');
      for (const measure of FACE_MEASURES) {
        const native = Number(cells[columns.indexOf(measure)]);
        const scalar = Number(cells[columns.indexOf(`${measure}.scalar`)]);
        expect(scalarOf(measure, native), `${cells[0]} ${measure} ${native}`).toBe(scalar);
      }
    }
  });
});
