import { describe, expect, it, vi } from 'vitest';
import { decodePng } from '@buergerkoffer/formats';
import { decodeWsq, encodeWsq, readWsqInfo } from '../../src/wsq/index.js';
import { quantisedOf } from './support/quantised.js';
import {
  compare,
  hasReferenceData,
  nonStandard,
  original,
  reconstruction,
  referenceFile,
  referenceNames,
  specialDatabase14,
} from './support/reference-data.js';

// Images of 1.5 Mpx on a loaded machine take their time.
vi.setConfig({ testTimeout: 60_000 });

const hasData = hasReferenceData();

/** The limits within which the FBI accepts an implementation (IAFIS-IC-0110 V3, annex AA). */
describe.skipIf(!hasData)('WSQ beside the reference of NIST', () => {
  it.each(referenceNames())('decodes the file of %s bit per pixel of %s to the same pixels', (rate, name) => {
    const image = decodeWsq(referenceFile(rate, name));
    const { equal, farthest } = compare(image.data, reconstruction(rate, name));
    expect(equal).toBeGreaterThanOrEqual(0.999);
    expect(farthest).toBeLessThanOrEqual(1);
  });

  it.each(referenceNames())('encodes to %s bit per pixel what the reference has of %s', (rate, name) => {
    const reference = referenceFile(rate, name);
    const { bytes } = encodeWsq(original(name), { bitRate: Number(rate) });
    const { equal, farthest } = compare(quantisedOf(bytes), quantisedOf(reference));
    expect(equal).toBeGreaterThanOrEqual(0.9999);
    expect(farthest).toBeLessThanOrEqual(1);
    expect(Math.abs(bytes.length / reference.length - 1)).toBeLessThanOrEqual(0.004);
    const [own, theirs] = [readWsqInfo(bytes), readWsqInfo(reference)];
    expect(farthestShare(own.quantisation.binWidths, theirs.quantisation.binWidths)).toBeLessThanOrEqual(
      0.00051,
    );
    expect(
      farthestShare(own.quantisation.zeroBinWidths, theirs.quantisation.zeroBinWidths),
    ).toBeLessThanOrEqual(0.00051);
    const { width, height, black, white, shift, scale, encoder, software } = theirs;
    expect(own).toMatchObject({ width, height, black, white, shift, scale, encoder });
    expect([own.software, software]).toEqual([0, 38_100]);
    expect([own.comments, own.quantisation.binCentre]).toEqual([[], theirs.quantisation.binCentre]);
  });

  it.each(['cmp00009', 'cmp00013', 'cmp00015'])('decodes %s, whose filters have other lengths', (name) => {
    const { file, pixels } = nonStandard(name);
    const { equal, farthest } = compare(decodeWsq(file).data, pixels);
    expect(equal).toBeGreaterThanOrEqual(0.999);
    expect(farthest).toBeLessThanOrEqual(1);
  });

  it('decodes a file of NIST Special Database 14 to the pixels that another decoder gave', async () => {
    const { file, picture } = specialDatabase14();
    const expected = await decodePng(picture);
    const image = decodeWsq(file);
    expect(image).toMatchObject({ width: 832, height: 768, resolutionPpi: 500 });
    const { equal, farthest } = compare(
      image.data,
      expected.data.filter((_, at) => at % expected.channels === 0),
    );
    expect(equal).toBeGreaterThanOrEqual(0.999);
    expect(farthest).toBeLessThanOrEqual(1);
  });
});

/** The largest difference of two lists, as a share of the second; Infinity where only one of two values is 0. */
function farthestShare(values: readonly number[], references: readonly number[]): number {
  return Math.max(
    ...values.map((value, index) => {
      const reference = references[index] ?? 0;
      return value === reference ? 0 : Math.abs(value - reference) / reference;
    }),
  );
}
