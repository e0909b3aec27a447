import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMinutiaeRecord, type Minutia } from '@buergerkoffer/fingerprint/minutiae';
import { encodePng, greyImage, writePgm, type GreyImage } from '@buergerkoffer/formats';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const DATA = new URL('../../../../../shared/data/fingerprint/iso19794/sourceafis/', import.meta.url);
const withoutData = !existsSync(DATA);
if (withoutData) console.warn('skipped: ../shared/data/fingerprint is not there');

vi.setConfig({ testTimeout: 30_000 });

/** Ridges nine pixels apart with `places` where one ridge more begins on the right. */
function ridges(places: readonly (readonly [number, number])[]): GreyImage {
  const [width, height] = [320, 400];
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const turns = places.reduce((sum, [u, v]) => sum + Math.atan2(y - v, x - u), 0);
    return Math.round(128 - 100 * Math.cos((2 * Math.PI * y) / 9 + turns));
  });
  return greyImage({ width, height, data });
}

const PLACES = [
  [60, 60],
  [150, 80],
  [240, 70],
  [90, 150],
  [200, 160],
  [70, 230],
  [160, 240],
  [250, 250],
  [100, 320],
  [210, 330],
] as const;
const MOVED = PLACES.map(([x, y]) => [x + 12, y - 9] as const);
const OTHER = PLACES.map(([x, y], i) => [x + ((i * 37) % 41) - 20, y + ((i * 53) % 43) - 20] as const);

describe('koffer finger minutiae', () => {
  it('answers one object per file, and writes a record that says the same', async () => {
    const image = tempFile('a.pgm', writePgm(ridges(PLACES)));
    const record = join(tempFolder(), 'a.fmr');
    const { code, json, err } = await koffer(['finger', 'minutiae', image, '-o', record, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toMatchObject([
      { type: 'minutiae', file: image, width: 320, height: 400, resolutionPpi: 500 },
    ]);
    const minutiae = json[0]?.['minutiae'] as readonly Minutia[];
    expect(minutiae).toHaveLength(PLACES.length);
    const read = readMinutiaeRecord(readFileSync(record));
    expect(read.views[0]?.minutiae.map(({ x, y, type }) => ({ x, y, type }))).toEqual(
      minutiae.map(({ x, y, type }) => ({ x, y, type })),
    );
    const shown = await koffer(['finger', 'minutiae', record]);
    expect(shown.out.split('\n')[0]).toBe(`${record}: ${PLACES.length} minutiae`);
  });

  it('judges each file by itself', async () => {
    const image = tempFile('a.png', await encodePng(ridges(PLACES)));
    const broken = tempFile('b.fmr', Buffer.from('FMR\0 20\0\0\0\0\xff', 'latin1'));
    const { code, json } = await koffer(['finger', 'minutiae', image, broken, '/nowhere.pgm', '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([
      { type: 'minutiae' },
      { type: 'error', file: broken, error: { code: 'truncated', offset: 8 } },
      { type: 'error', file: '/nowhere.pgm', error: { code: 'missing' } },
    ]);
  });

  it('refuses a resolution it was not made for, and to write several prints into one record', async () => {
    const image = tempFile('a.pgm', writePgm(ridges(PLACES)));
    const coarse = await koffer(['finger', 'minutiae', image, '--ppi', '96', '--json']);
    expect(coarse).toMatchObject({ code: 1, json: [{ error: { code: 'unsupported' } }] });
    expect((await koffer(['finger', 'minutiae', image, '--ppi', 'many'])).code).toBe(2);
    expect((await koffer(['finger', 'minutiae', image, image, '-o', 'x.fmr'])).code).toBe(2);
  });
});

describe('koffer finger match', () => {
  let print: string;
  let again: string;
  let other: string;

  beforeEach(() => {
    print = tempFile('a.pgm', writePgm(ridges(PLACES)));
    again = tempFile('b.pgm', writePgm(ridges(MOVED)));
    other = tempFile('c.pgm', writePgm(ridges(OTHER)));
  });

  it('answers whether two prints are of one finger, and what decided', async () => {
    const same = await koffer(['finger', 'match', print, again, '--threshold', '8', '--json']);
    expect(same.code).toBe(0);
    expect(same.json).toMatchObject([
      {
        type: 'match',
        match: true,
        threshold: 8,
        algorithm: 'buergerkoffer-minutiae',
        version: '1',
        pairs: PLACES.length,
      },
    ]);
    const different = await koffer(['finger', 'match', print, other, '--threshold', '8']);
    expect(different.code).toBe(1);
    expect(different.out).toMatch(/^no match: score \d+\.\d, threshold 8/);
  });

  it('reads records as well as images, and standard input', async () => {
    const record = join(tempFolder(), 'a.fmr');
    await koffer(['finger', 'minutiae', print, '-o', record]);
    const { code, json } = await koffer(
      ['finger', 'match', '-', print, '--threshold', '8', '--json'],
      readFileSync(record),
    );
    expect(code).toBe(0);
    expect(json).toMatchObject([{ match: true }]);
  });

  it('tells what is wrong with a file or the threshold', async () => {
    const bad = await koffer(['finger', 'match', tempFile('x.pgm', 'nonsense'), print, '--json']);
    expect(bad).toMatchObject({ code: 1, json: [{ type: 'error' }] });
    expect((await koffer(['finger', 'match', print, again, '--threshold', '-1'])).code).toBe(2);
  });

  it.skipIf(withoutData)('knows a finger of the published prints again', async () => {
    const path = (name: string): string => new URL(name, DATA).pathname;
    const same = await koffer(['finger', 'match', path('probe.png'), path('matching.png'), '--json']);
    expect(same).toMatchObject({ code: 0, json: [{ match: true }] });
    const different = await koffer(['finger', 'match', path('probe.png'), path('nonmatching.png'), '--json']);
    expect(different).toMatchObject({ code: 1, json: [{ match: false }] });
  });
});
