import { greyImage, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';
import {
  assessPhoto,
  CRITERIA,
  CRITERION_IDS,
  criterionTextDe,
  photoPixels,
  THRESHOLDS,
  type AssessmentInput,
  type CriterionId,
  type CriterionResult,
  type FacePoints,
} from '../../src/photo/index.js';

const PORTRAIT = drawPortrait(drawnPerson(1));

/** The points of a drawn portrait, from its face map. */
const POINTS: FacePoints = {
  rightEyeOuter: { x: 394, y: 735 },
  rightEyeInner: { x: 514, y: 735 },
  leftEyeInner: { x: 730, y: 735 },
  leftEyeOuter: { x: 850, y: 735 },
  chin: { x: 622, y: 1310 },
  crown: { x: 622, y: 150 },
  headRight: { x: 242, y: 760 },
  headLeft: { x: 1002, y: 760 },
  mouthRight: { x: 500, y: 1108 },
  mouthLeft: { x: 744, y: 1108 },
  upperLip: { x: 622, y: 1108 },
  lowerLip: { x: 622, y: 1109 },
  rightUpperLid: { x: 454, y: 715 },
  rightLowerLid: { x: 454, y: 750 },
  leftUpperLid: { x: 790, y: 715 },
  leftLowerLid: { x: 790, y: 750 },
};

function result(
  id: CriterionId,
  image: RgbImage | ReturnType<typeof greyImage> = PORTRAIT,
  input: AssessmentInput = { points: POINTS },
): CriterionResult {
  const found = assessPhoto(image, input).criteria.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function changed(change: (value: number) => number): RgbImage {
  return rgbImage({ width: 1244, height: 1600, data: PORTRAIT.data.map((value) => change(value)) });
}

vi.setConfig({ testTimeout: 60_000 });

describe('the criteria of a photo', () => {
  it('are all there, in the order of the tables, each within its bounds', () => {
    const { criteria, total } = assessPhoto(PORTRAIT, { points: POINTS });
    expect(criteria.map(({ id }) => id)).toEqual(CRITERION_IDS);
    expect(CRITERIA.map(({ id }) => id)).toEqual(CRITERION_IDS);
    for (const one of criteria) {
      if (one.verdict === 'not-assessed') {
        expect(one.needs.length).toBeGreaterThan(0);
        continue;
      }
      const { min, tmin, tmax, max } = one.threshold;
      expect(min <= tmin && tmin <= tmax && tmax <= max && min <= one.value && one.value <= max).toBe(true);
    }
    expect(total).toBe('ok');
  });

  it('that are mandatory and can be measured are measured', () => {
    const { criteria } = assessPhoto(PORTRAIT, { points: POINTS });
    const missing = criteria.filter(({ isMandatory, verdict }) => isMandatory && verdict === 'not-assessed');
    expect(missing).toEqual([]);
  });

  it('of geometry are the ratios of the points', () => {
    expect(result('5.3')).toMatchObject({ verdict: 'ok', value: 760 / 1244 });
    expect(result('5.4')).toMatchObject({ verdict: 'ok', value: 1160 / 1600 });
    expect(result('5.5')).toMatchObject({ verdict: 'ok', value: 735 / 1600 });
    expect(result('5.6')).toMatchObject({ verdict: 'ok', value: 0.5 });
    expect(result('5.7')).toMatchObject({ verdict: 'ok', value: 336 });
    expect(result('1.3')).toMatchObject({ verdict: 'ok', value: 0 });
  });

  it('refuse a head that is turned beyond doubt, and leave one open that an estimate cannot tell from a straight one', () => {
    expect(result('1.1', PORTRAIT, { points: POINTS, pose: { yawDeg: -16 } })).toMatchObject({
      ...{ verdict: 'nok', value: -16 },
      threshold: { tmin: -5, tmax: 5 },
    });
    expect(result('1.1', PORTRAIT, { points: POINTS, pose: { yawDeg: 14 } }).verdict).toBe('not-assessed');
  });

  it('fail where they should', () => {
    const move = (dx: number, dy: number): FacePoints =>
      Object.fromEntries(
        Object.entries(POINTS).map(([name, { x, y }]) => [name, { x: x + dx, y: y + dy }]),
      ) as unknown as FacePoints;
    expect(result('5.6', PORTRAIT, { points: move(80, 0) }).verdict).toBe('nok');
    expect(result('5.5', PORTRAIT, { points: move(0, 90) }).verdict).toBe('nok');
    expect(
      result('1.3', PORTRAIT, {
        points: { ...POINTS, leftEyeInner: { x: 730, y: 800 }, leftEyeOuter: { x: 850, y: 820 } },
      }).verdict,
    ).toBe('nok');
    expect(result('2.2', PORTRAIT, { points: { ...POINTS, lowerLip: { x: 622, y: 1200 } } }).verdict).toBe(
      'nok',
    );
    const closed = { rightUpperLid: { x: 454, y: 747 }, leftUpperLid: { x: 790, y: 747 } };
    expect(result('3.1', PORTRAIT, { points: { ...POINTS, ...closed } }).verdict).toBe('nok');
    expect(
      result(
        '7.1',
        changed((value) => Math.min(255, value * 4)),
      ).verdict,
    ).toBe('nok');
    expect(
      result(
        '7.1',
        changed((value) => value >> 3),
      ).verdict,
    ).toBe('nok');
    expect(
      result(
        '7.6',
        changed((value) => value & 0xe0),
      ).verdict,
    ).toBe('nok');
    const two = {
      points: POINTS,
      facesFound: [
        { width: 100, height: 100 },
        { width: 70, height: 70 },
      ],
    };
    expect(result('4.3', PORTRAIT, two)).toMatchObject({ verdict: 'nok', value: 51 });
    expect(assessPhoto(PORTRAIT, two).total).toBe('nok');
  });

  it('of size and colour hold for the origin', () => {
    const grey = greyImage({ width: 622, height: 800 });
    expect(result('7.5', grey)).toMatchObject({ verdict: 'nok', value: 3 });
    expect(result('7.5', grey, { origin: 'scan' })).toMatchObject({ verdict: 'ok', value: 3 });
    expect(result('5.1', grey, { origin: 'scan' }).verdict).toBe('ok');
    expect(result('5.1', grey).verdict).toBe('nok');
    expect(result('5.7', grey, { points: POINTS, origin: 'scan' })).toMatchObject({
      threshold: { tmin: 120 },
    });
  });

  it('without points leave the total open, and say what is missing', () => {
    const { total, criteria } = assessPhoto(PORTRAIT);
    expect(total).toBe('not-assessed');
    expect(criteria.find(({ id }) => id === '5.7')).toMatchObject({ needs: ['the points of the face'] });
    const { lowerLip, headLeft, ...fewer } = POINTS;
    expect([lowerLip, headLeft]).toBeDefined();
    expect(result('2.2', PORTRAIT, { points: fewer })).toMatchObject({
      verdict: 'not-assessed',
      needs: ['lowerLip'],
    });
    expect(result('5.3', PORTRAIT, { points: fewer }).verdict).toBe('not-assessed');
  });

  it('can be measured elsewhere', () => {
    expect(result('1.1', PORTRAIT, { measured: { '1.1': { value: 7 } } })).toMatchObject({
      verdict: 'nok',
      value: 7,
    });
    // Nobody declared a scale for it.
    expect(result('6.2', PORTRAIT, { measured: { '6.2': { value: 7 } } }).verdict).toBe('not-assessed');
  });

  it('have German texts and dated thresholds', () => {
    for (const id of CRITERION_IDS) expect(criterionTextDe(id).remedy).toMatch(/^Bitte .*\.$/);
    expect(Object.keys(THRESHOLDS)).toEqual(['live', 'cloud', 'scan']);
    expect(assessPhoto(PORTRAIT).thresholds.issued).toBe('2023');
    expect(photoPixels(PORTRAIT).widthPx).toBe(1244);
  });
});
