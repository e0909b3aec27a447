import { greyImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { extractMinutiae } from '../../src/minutiae/index.js';
import { cropPrint, OWN_MINUTIAE, REPORT_EVIDENCE, reportCandidates } from '../../src/nfiq2/index.js';
import { chancesOf } from '../../src/nfiq2/reported/reporting-chance.js';
import { REPORTING_MODEL } from '../../src/nfiq2/reported/reporting-model.js';
import { syntheticPrint } from './support/prints.js';

vi.setConfig({ testTimeout: 30_000 });

const print = cropPrint(syntheticPrint());
const image = greyImage({ width: print.width, height: print.height, data: print.data, resolutionPpi: 500 });

const sumOf = (chances: Float64Array): number => chances.reduce((sum, chance) => sum + chance, 0);

describe('the minutiae that the reference is expected to report', () => {
  it('are as many as the chances of all candidates add up to, the likeliest first', () => {
    const { evidence, minutiae } = reportCandidates(image);
    const chances = chancesOf(evidence, REPORTING_MODEL);
    const found = OWN_MINUTIAE.minutiaeOf(image, print.crop);
    expect(Math.abs(found.length - sumOf(chances))).toBeLessThan(1);
    const best = [...chances.keys()].sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
    expect(minutiae[best[0] ?? -1]).toMatchObject({ x: found[0]?.x, y: found[0]?.y });
    expect(found.map(({ quality }) => quality)).toEqual(
      found.map(({ quality }) => quality).toSorted((a, b) => b - a),
    );
  });

  it('are in each half of the print about as many as the chances there add up to', () => {
    const { evidence, minutiae } = reportCandidates(image);
    const chances = chancesOf(evidence, REPORTING_MODEL);
    const isUpper = ({ y }: { readonly y: number }): boolean => y < image.height / 2;
    const expected = sumOf(chances.filter((_, index) => isUpper(minutiae[index] ?? { y: 0 })));
    const found = OWN_MINUTIAE.minutiaeOf(image, print.crop).filter(isUpper);
    // A square may lie in both halves, and owe one or lend one.
    expect(Math.abs(found.length - expected)).toBeLessThan(4);
  });

  it('lie mostly where the minutiae of the print are', () => {
    const found = OWN_MINUTIAE.minutiaeOf(image, print.crop);
    const near = extractMinutiae(image).filter((a) =>
      found.some((b) => Math.hypot(a.x - b.x, a.y - b.y) < 6),
    );
    expect(near.length).toBeGreaterThan(0.7 * extractMinutiae(image).length);
  });

  it('have a finite piece of evidence of every kind', () => {
    const { evidence, minutiae } = reportCandidates(image);
    expect(evidence).toHaveLength(minutiae.length * REPORT_EVIDENCE.length);
    expect(evidence.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['a tiny image', 20, 20, 128],
    ['a black one', 300, 300, 0],
    ['a strip', 400, 12, 200],
  ])('are none or few in %s, whatever it holds', (_, width, height, grey) => {
    const flat = greyImage({ width, height, data: new Uint8Array(width * height).fill(grey) });
    expect(reportCandidates(flat).minutiae).toEqual([]);
    expect(OWN_MINUTIAE.minutiaeOf(flat, { left: 0, top: 0, width, height })).toEqual([]);
  });
});
