import { InputError } from '@buergerkoffer/formats';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  analysePrint,
  assessPrint,
  MEASURE_NAMES,
  MINUTIAE_MEASURE_NAMES,
  NIST_MODEL_HASH,
  OWN_MINUTIAE,
  qualityComponents,
  readNistForest,
  scoreOf,
  type Forest,
  type Measures,
} from '../../src/nfiq2/index.js';
import {
  bytesOf,
  conformanceRows,
  imageOf,
  oracle,
  referenceMinutiae,
  refused,
  scored,
  withoutReference,
} from './support/reference.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Equal to the ten significant digits that were printed. */
function isEqual(own: number | undefined, expected: number): boolean {
  return own !== undefined && Math.abs(own - expected) <= 1e-9 * Math.abs(expected);
}

/** The measures of a row of the conformance table; to those that are not whole `given` is added. */
function measuresOf(row: ReadonlyMap<string, number>, given: number): Measures {
  return Object.fromEntries(
    MEASURE_NAMES.map((name) => {
      const value = row.get(name) ?? Number.NaN;
      return [name, Number.isInteger(value) ? value : value + given];
    }),
  );
}

describe.skipIf(withoutReference)('NFIQ 2 v2.3 against the reference (TC-QA-FP-APP-003)', () => {
  let forest: Forest;

  beforeAll(async () => {
    forest = await readNistForest(bytesOf('nfiq2/nist_plain_tir-ink.yaml.gz'));
  });

  it('knows the measures in the order of the forest', () => {
    expect(MEASURE_NAMES).toEqual(oracle.featureOrder);
    expect(NIST_MODEL_HASH).toBe(oracle.modelMd5);
    expect([scored.length, refused.length]).toEqual([20, 10]);
  });

  it.each(scored)('measures %s as the reference does, without minutiae', (_, expected) => {
    const { measures, print, region, statistics } = analysePrint(imageOf(expected));
    expect(print.crop).toEqual(expected.crop);
    const names = MEASURE_NAMES.filter((name) => !MINUTIAE_MEASURE_NAMES.some((other) => other === name));
    expect(names).toHaveLength(65);
    const different = names.filter((name) => {
      const [own, other] = [measures[name], expected.measures[name]];
      return /_\d$/.test(name) ? own !== other : !isEqual(own, other);
    });
    expect(different).toEqual([]);
    expect(region.pixels).toBe(expected.feedback['SufficientFingerprintForeground']);
    expect(statistics.deviation).toBeCloseTo(expected.feedback['UniformImage'] ?? Number.NaN, 4);
  });

  it.each(scored)('scores %s as the reference does, with its minutiae', (name, expected) => {
    const quality = assessPrint(imageOf(expected), { forest, minutiae: referenceMinutiae(name) });
    expect(
      MEASURE_NAMES.filter((measure) => !isEqual(quality.measures[measure], expected.measures[measure])),
    ).toEqual([]);
    expect(quality).toMatchObject({
      score: expected.score,
      algorithm: 'NFIQ2',
      version: '2.3',
      modelHash: NIST_MODEL_HASH,
      minutiaeSource: 'FingerJetFX OSE',
      conformant: true,
      components: expected.qualityBlock,
    });
    expect(Object.keys(quality.components).sort()).toEqual(Object.keys(expected.qualityBlock).sort());
    const { FingerprintImageWithMinutiae, SufficientFingerprintForeground } = quality.feedback;
    expect(FingerprintImageWithMinutiae).toBe(expected.feedback['FingerprintImageWithMinutiae']);
    expect(SufficientFingerprintForeground).toBe(expected.feedback['SufficientFingerprintForeground']);
  });

  it('scores all images nearly as the reference does, with the minutiae of our own extractor', () => {
    const errors = scored.map(([, expected]) => {
      const quality = assessPrint(imageOf(expected), { forest, minutiae: OWN_MINUTIAE });
      expect(quality).toMatchObject({ algorithm: 'NFIQ2-estimate', conformant: false });
      return Math.abs(Number(quality.score) - (expected.score ?? Number.NaN));
    });
    const mean = errors.reduce((sum, error) => sum + error) / errors.length;
    console.info(`own minutiae: mean error ${mean.toFixed(2)}, largest ${Math.max(...errors)}`);
    expect(mean).toBeLessThanOrEqual(1.5);
    expect(errors.filter((error) => error <= 4).length).toBeGreaterThanOrEqual(0.95 * errors.length);
  });

  it.each(refused)('refuses %s as the reference does, for the same size', (_, expected) => {
    const [, side = '', width = '', height = ''] =
      /^(Width|Height) is too large.* (\d+)x(\d+)/.exec(expected.error ?? '') ?? [];
    let thrown: unknown;
    try {
      assessPrint(imageOf(expected), { forest });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ code: 'too-large', path: side.toLowerCase() });
    expect(String(thrown)).toContain(`${width} x ${height} pixels`);
  });

  it('scores all 199 rows of the conformance table, when the digits that it cuts off are given back', () => {
    const rows = conformanceRows('conformance_expected_output-v2.3.0.csv');
    expect(rows).toHaveLength(199);
    // The table cuts numbers off behind the fifth decimal: 19 of 44 minutiae are 0.43181 there, not 0.43182.
    const differences = (given: number): readonly number[] =>
      rows
        .map((row) => scoreOf(forest, measuresOf(row, given)) - (row.get('QualityScore') ?? Number.NaN))
        .filter((difference) => difference !== 0);
    expect(differences(0).map(Math.abs)).toEqual([1, 1]);
    for (const given of [1e-6, 5e-6, 9e-6]) expect(differences(given)).toEqual([]);
  });

  it('maps the measures of the conformance table to quality components as the reference does', () => {
    const mapped = conformanceRows('conformance_expected_output-v2.3.0-mapped.csv');
    for (const [i, row] of conformanceRows('conformance_expected_output-v2.3.0.csv').entries()) {
      const measures = Object.fromEntries(MEASURE_NAMES.map((name) => [name, row.get(name) ?? Number.NaN]));
      const components = qualityComponents(measures);
      for (const [name, value] of Object.entries(components)) {
        expect([i, name, value]).toEqual([i, name, mapped[i]?.get(`QB_${name}`)]);
      }
      expect(Object.keys(components)).toHaveLength(19);
    }
  });
});
