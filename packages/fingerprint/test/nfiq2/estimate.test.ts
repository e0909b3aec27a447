import { beforeAll, describe, expect, it, vi } from 'vitest';
import { estimatedScore } from '../../src/nfiq2/estimate/estimate.js';
import { analysePrint, estimateOf, MEASURE_NAMES, type PrintAnalysis } from '../../src/nfiq2/index.js';
import { syntheticPrint } from './support/prints.js';
import {
  conformanceRows,
  imageOf,
  referenceMinutiae,
  scored,
  withoutReference,
} from './support/reference.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let clear: PrintAnalysis;

beforeAll(() => {
  clear = analysePrint(syntheticPrint());
});

describe('the embedded estimate', () => {
  it('says what it is', () => {
    const quality = estimateOf(clear);
    expect(quality).toMatchObject({
      algorithm: 'embedded-estimate',
      version: '1',
      modelHash: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      minutiaeSource: 'buergerkoffer',
      conformant: false,
    });
    expect(estimateOf(clear)).toEqual(quality);
  });

  it('falls when the finger is dry and worn', () => {
    const poor = analysePrint(syntheticPrint({ moisture: 0, pressure: 0.3, wear: 0.9 }));
    expect(Number(estimateOf(poor).score)).toBeLessThan(Number(estimateOf(clear).score));
  });

  it('is a whole number from 0 to 100 for any measures', () => {
    for (const value of [0, -1e9, 1e9, Number.NaN, undefined]) {
      const score = estimatedScore(
        value === undefined ? {} : Object.fromEntries(MEASURE_NAMES.map((name) => [name, value])),
      );
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
    }
  });
});

/** Mean of the absolute differences. */
function meanError(pairs: readonly (readonly [own: number, expected: number])[]): number {
  return pairs.reduce((sum, [own, expected]) => sum + Math.abs(own - expected), 0) / pairs.length;
}

describe.skipIf(withoutReference)('the embedded estimate against NFIQ 2', () => {
  it('is never conformant, not even with the minutiae of the reference', () => {
    const [name = '', expected] = scored[0] ?? [];
    if (expected === undefined) throw new Error('no image');
    const quality = estimateOf(analysePrint(imageOf(expected)), referenceMinutiae(name));
    expect(quality).toMatchObject({ minutiaeSource: 'FingerJetFX OSE', conformant: false });
  });

  it('is as far off as the README says', () => {
    const table = conformanceRows('conformance_expected_output-v2.3.0.csv').map((row) => {
      const measures = Object.fromEntries(MEASURE_NAMES.map((name) => [name, row.get(name) ?? Number.NaN]));
      return [estimatedScore(measures), row.get('QualityScore') ?? Number.NaN] as const;
    });
    const images = scored.map(([, expected]) => {
      const { score } = estimateOf(analysePrint(imageOf(expected)));
      return [Number(score), expected.score ?? Number.NaN] as const;
    });
    console.info(
      `estimate: mean error ${meanError(table).toFixed(1)} (table), ${meanError(images).toFixed(1)} (images)`,
    );
    expect(meanError(table)).toBeCloseTo(9.5, 0);
    expect(meanError(images)).toBeLessThan(10);
  });
});
