import fc from 'fast-check';
import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Minutia } from '../../src/minutiae/minutia.js';
import {
  assessPrint,
  feedbackFaults,
  listedMinutiae,
  MEASURE_NAMES,
  MINUTIAE_MEASURE_NAMES,
  readForestYaml,
  readMinutiaeList,
  REFERENCE_EXTRACTOR,
  type Forest,
  type MinutiaeSource,
} from '../../src/nfiq2/index.js';
import { syntheticPrint } from './support/prints.js';
import { forestYaml } from './support/small-forest.js';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let print: GreyImage;
let forest: Forest;

beforeAll(async () => {
  print = syntheticPrint();
  // One tree of four asks for more than 20 minutiae, one votes always.
  const asks = { variable: 13, threshold: 20, left: 0, right: 1 } as const;
  forest = await readForestYaml(new TextEncoder().encode(forestYaml([asks, 1, 0, 0])));
});

function source(minutiae: readonly Minutia[], name = 'test'): MinutiaeSource {
  return { name, minutiaeOf: () => minutiae };
}

function minutia(x: number, y: number): Minutia {
  return { x, y, angle: 0, quality: 50, type: 'ending' };
}

/** A rectangle of `image`. */
function cut(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const data = Uint8Array.from(
    { length: width * height },
    (_, i) => image.data[(top + Math.floor(i / width)) * image.width + left + (i % width)] ?? 0,
  );
  return greyImage({ width, height, data });
}

/** `image` with a white frame around it. */
function framed(image: GreyImage, left: number, top: number): GreyImage {
  const [width, height] = [image.width + left + 5, image.height + top + 3];
  const data = new Uint8Array(width * height).fill(255);
  for (let row = 0; row < image.height; row += 1) {
    const from = row * image.width;
    data.set(image.data.subarray(from, from + image.width), (row + top) * width + left);
  }
  return greyImage({ width, height, data });
}

function flat(width: number, height: number, grey: number): GreyImage {
  return greyImage({ width, height, data: new Uint8Array(width * height).fill(grey) });
}

function faultOf(image: GreyImage): InputError {
  try {
    assessPrint(image);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the quality of a print', () => {
  it('is not assessed without minutiae, and 65 measures are there all the same', () => {
    const quality = assessPrint(print, { forest });
    expect(quality).toMatchObject({ score: 'not-assessed', minutiaeSource: 'none', conformant: false });
    expect(Object.keys(quality.measures)).toHaveLength(65);
    for (const name of MINUTIAE_MEASURE_NAMES) expect(quality.measures).not.toHaveProperty(name);
    expect(Object.values(quality.measures).every(Number.isFinite)).toBe(true);
  });

  it('is the share of trees that vote for it', () => {
    const few = [minutia(100, 100), minutia(150, 200)];
    const many = Array.from({ length: 21 }, (_, i) => minutia(100 + i, 200));
    expect(assessPrint(print, { forest, minutiae: source(few) }).score).toBe(25);
    expect(assessPrint(print, { forest, minutiae: source(many) }).score).toBe(50);
  });

  it('is never said to be that of NFIQ 2 with another forest or other minutiae', () => {
    const quality = assessPrint(print, { forest, minutiae: source([minutia(1, 1)], REFERENCE_EXTRACTOR) });
    expect(quality).toMatchObject({
      algorithm: 'NFIQ2-estimate',
      version: '2.3',
      modelHash: forest.modelHash,
      minutiaeSource: REFERENCE_EXTRACTOR,
      conformant: false,
    });
  });

  it('does not depend on the white around a dark print', () => {
    const middle = cut(print, 60, 80, 280, 400);
    const { crop, measures } = assessPrint(middle);
    const { crop: moved, measures: same } = assessPrint(framed(middle, 40, 25));
    expect(crop).toEqual({ left: 0, top: 0, width: 280, height: 400 });
    expect(moved).toEqual({ left: 40, top: 25, width: 280, height: 400 });
    expect(same).toEqual(measures);
  });

  it('counts every block of the print once', () => {
    const { measures, crop } = assessPrint(print);
    const count = (prefix: string): number =>
      MEASURE_NAMES.filter((name) => name.startsWith(`${prefix}_Bin10_`) && /\d$/.test(name)).reduce(
        (sum, name) => sum + (measures[name] ?? 0),
        0,
      );
    expect(count('FDA')).toBe(count('LCS'));
    expect(count('FDA')).toBeGreaterThan(50);
    expect(count('OCL')).toBeLessThanOrEqual(Math.floor(crop.width / 32) * Math.floor(crop.height / 32));
  });

  it('falls with dryness, in local clarity and in the uniformity of ridges', () => {
    const dry = assessPrint(syntheticPrint({ moisture: 0, pressure: 0.3 })).measures;
    const { measures } = assessPrint(print);
    expect(dry.LCS_Bin10_Mean).toBeLessThan(measures.LCS_Bin10_Mean ?? 0);
    expect(dry.OCL_Bin10_Mean).toBeLessThan(measures.OCL_Bin10_Mean ?? 0);
  });

  it('tells what a person can do', () => {
    const { feedback } = assessPrint(print, { minutiae: source([minutia(5, 5)]) });
    expect(feedbackFaults(feedback)).toEqual(['FingerprintImageWithMinutiae']);
    const small = { ...feedback, FingerprintImageWithMinutiae: 20, SufficientFingerprintForeground: 49_999 };
    expect(feedbackFaults(small)).toEqual(['SufficientFingerprintForeground']);
    expect(feedbackFaults({ ...small, UniformImage: 0.5, EmptyImageOrContrastTooLow: 251 })).toHaveLength(3);
  });
});

describe('an image that is no print', () => {
  it.each([
    ['blank', flat(500, 500, 255), 'missing', 'rows'],
    ['of the grey above that of the frame', flat(500, 500, 251), 'missing', 'rows'],
    ['of one grey', flat(500, 500, 250), 'missing', 'FDA'],
    ['black', flat(800, 1000, 0), 'missing', 'FDA'],
    ['too wide', flat(801, 1000, 0), 'too-large', 'width'],
    ['too high', flat(800, 1001, 0), 'too-large', 'height'],
    ['a single row', flat(300, 1, 0), 'out-of-range', 'height'],
    ['a single column', flat(1, 300, 0), 'out-of-range', 'width'],
    ['a pixel', flat(1, 1, 0), 'out-of-range', 'width'],
    ['tiny', flat(35, 35, 10), 'missing', 'FDA'],
    ['of 1000 ppi', { ...flat(400, 400, 0), resolutionPpi: 1000 }, 'unsupported', 'resolutionPpi'],
  ] as const)('%s, is a typed error', (_, image, code, path) => {
    expect(faultOf(image)).toMatchObject({ code, path });
  });

  it('is a typed error or measured, whatever it shows', () => {
    const sides = fc.tuple(fc.integer({ min: 1, max: 130 }), fc.integer({ min: 1, max: 130 }));
    fc.assert(
      fc.property(sides, fc.integer(), fc.nat({ max: 255 }), ([width, height], seed, most) => {
        const data = Uint8Array.from({ length: width * height }, (__, i) =>
          Math.round(Math.abs(Math.sin(seed + i * i)) * most),
        );
        try {
          const { measures } = assessPrint(greyImage({ width, height, data }));
          expect(Object.values(measures).every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a list of minutiae', () => {
  const list = {
    image: 'any',
    crop: { left: 2, top: 3, width: 40, height: 50 },
    columns: ['x', 'y', 'angle256', 'quality', 'type'],
    minutiae: [
      [0, 0, 64, 100, 1],
      [39, 49, 255, 0, 2],
    ],
  };

  it('is read with angles in radians and the types of ISO/IEC 19794-2', () => {
    const { minutiae, source: from } = readMinutiaeList(JSON.stringify(list));
    expect(from).toBe(REFERENCE_EXTRACTOR);
    expect(minutiae).toEqual([
      { x: 0, y: 0, angle: Math.PI / 2, quality: 100, type: 'ending' },
      { x: 39, y: 49, angle: (255 / 128) * Math.PI, quality: 0, type: 'bifurcation' },
    ]);
    expect(readMinutiaeList(JSON.stringify({ ...list, source: 'other' })).source).toBe('other');
  });

  it.each([
    ['no JSON', 'no', undefined],
    ['an array', '[]', undefined],
    ['no crop', JSON.stringify({ ...list, crop: undefined }), 'crop'],
    [
      'other columns',
      JSON.stringify({ ...list, columns: ['y', 'x', 'angle256', 'quality', 'type'] }),
      'columns',
    ],
    ['a minutia outside', JSON.stringify({ ...list, minutiae: [[40, 0, 0, 0, 0]] }), 'minutiae.0.0'],
    ['half a pixel', JSON.stringify({ ...list, minutiae: [[0.5, 0, 0, 0, 0]] }), 'minutiae.0.0'],
    ['a sixth number', JSON.stringify({ ...list, minutiae: [[0, 0, 0, 0, 0, 0]] }), 'minutiae.0'],
    ['a type of its own', JSON.stringify({ ...list, minutiae: [[0, 0, 0, 0, 3]] }), 'minutiae.0.4'],
    [
      'no end',
      JSON.stringify({ ...list, minutiae: Array.from({ length: 5000 }, () => [0, 0, 0, 0, 0]) }),
      'minutiae',
    ],
  ])('with %s is a typed error with its path', (_, text, path) => {
    let thrown: unknown;
    try {
      readMinutiaeList(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect((thrown as InputError).path).toBe(path);
  });

  it('is a typed error or a list for any JSON', () => {
    const anything = fc.record(
      { crop: fc.anything(), columns: fc.anything(), minutiae: fc.anything(), source: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          anything.map((value) => JSON.stringify({ ...list, ...value })),
        ),
        (text) => {
          try {
            readMinutiaeList(text);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });

  it('is refused for another image', () => {
    const minutiae = listedMinutiae(readMinutiaeList(JSON.stringify(list)));
    expect(() => assessPrint(print, { minutiae })).toThrow(
      expect.objectContaining({ code: 'not-allowed' }) as Error,
    );
  });

  it('is refused where a plugged-in extractor sees minutiae outside of the print', () => {
    expect(() => assessPrint(print, { minutiae: source([minutia(5000, 1)]) })).toThrow(
      expect.objectContaining({ code: 'out-of-range', path: 'minutiae.0' }) as Error,
    );
  });
});
