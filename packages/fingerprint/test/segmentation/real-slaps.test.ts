import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { greyOf, readPnm } from '@buergerkoffer/formats';
import { findFingertips, segmentSlap } from '@buergerkoffer/fingerprint/segmentation';

const DATA = new URL('../../../../../shared/data/fingerprint/images/', import.meta.url);
const without = !existsSync(DATA);
if (without) console.warn('skipped: ../shared/data/fingerprint is not there');

vi.setConfig({ testTimeout: 60_000 });

function imageOf(name: string) {
  const bytes = readFileSync(new URL(name, DATA));
  const image = greyOf(readPnm(name.endsWith('.gz') ? gunzipSync(bytes) : bytes));
  return { ...image, resolutionPpi: 500 };
}

it.skipIf(without).each(['sample_01', 'sample_03', 'sample_04', 'sample_10'])(
  'both fingers of the live slap %s are found: the left one upright, the right one turned by 10 degrees',
  (name) => {
    const segmentation = segmentSlap(imageOf(`nist-wsq/${name}.pgm.gz`), 'both-index');
    if (segmentation.outcome !== 'segmented') throw new Error(segmentation.outcome);
    const [left, right] = segmentation.segments;
    expect(Math.abs(left?.box.rotationDeg ?? 90)).toBeLessThan(6);
    expect(Math.abs((right?.box.rotationDeg ?? 90) + 10)).toBeLessThan(6);
    // In the picture the fingers begin near row 1080 and lie about columns 640 and 960.
    expect(Math.abs((left?.box.centreX ?? 0) - 640)).toBeLessThan(30);
    expect(Math.abs((right?.box.centreX ?? 0) - 960)).toBeLessThan(40);
  },
);

it.skipIf(without).each([1, 2, 3, 4, 5])('one upright finger is found in SFinGe_Test0%i', (number) => {
  const found = findFingertips(imageOf(`sfinge/SFinGe_Test0${number}.pgm`));
  expect(found).toHaveLength(1);
  expect(Math.abs(found[0]?.box.rotationDeg ?? 90)).toBeLessThan(5);
});

it.skipIf(without).each([3, 4, 5, 6, 7])('one finger is found in a001_0%ip', (number) => {
  expect(findFingertips(imageOf(`fingerjetfx/a001_0${number}p.pgm`))).toHaveLength(1);
});
