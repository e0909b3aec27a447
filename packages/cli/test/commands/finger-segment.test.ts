import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePng, encodePng, greyImage, writePgm, type GreyImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

vi.setConfig({ testTimeout: 30_000 });

/** Ellipses of arched ridges on white glass, 16 x 23 mm, at 500 ppi, turned as told. */
function glass(fingers: readonly { readonly x: number; readonly deg: number }[]): GreyImage {
  const [width, height] = [800, 640];
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    for (const { x, deg } of fingers) {
      const angle = (deg * Math.PI) / 180;
      const across = Math.cos(angle) * (column - x) + Math.sin(angle) * (row - 320);
      const along = Math.cos(angle) * (row - 320) - Math.sin(angle) * (column - x);
      if ((across / 160) ** 2 + (along / 226) ** 2 > 1) continue;
      return Math.round(140 - 100 * Math.cos((2 * Math.PI * (along + (across / 20) ** 2)) / 9));
    }
    return 250;
  });
  return greyImage({ width, height, data, resolutionPpi: 500 });
}

const two = glass([
  { x: 215, deg: 14 },
  { x: 585, deg: -21 },
]);

describe('koffer finger segment', () => {
  it('writes each finger of a slap upright under its name, and draws the boxes', async () => {
    const file = tempFile('slap.png', await encodePng(two));
    const folder = join(tempFolder(), 'prints');
    const overlay = join(tempFolder(), 'boxes.png');
    const args = ['-o', folder, '--slap', 'both-index', '--overlay', overlay, '--json'];
    const { code, json, err } = await koffer(['finger', 'segment', file, ...args]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const fingertips = json[0]?.['fingertips'] as readonly {
      readonly file: string;
      readonly box: { readonly rotationDeg: number };
    }[];
    expect(json[0]).toMatchObject({ type: 'segmentation', outcome: 'segmented' });
    expect(fingertips.map((tip) => tip.file)).toEqual([
      join(folder, 'slap-left-index.png'),
      join(folder, 'slap-right-index.png'),
    ]);
    expect(Math.abs((fingertips[0]?.box.rotationDeg ?? 0) - 14)).toBeLessThan(3);
    expect(Math.abs((fingertips[1]?.box.rotationDeg ?? 0) + 21)).toBeLessThan(3);
    const left = await decodePng(readFileSync(join(folder, 'slap-left-index.png')));
    expect(left.resolutionPpi).toBeCloseTo(500, 0);
    // 320 x 452 pixels of skin and a margin.
    expect(left.width).toBeGreaterThan(320);
    expect(left.width).toBeLessThan(400);
    expect(left.height).toBeGreaterThan(440);
    expect(left.height).toBeLessThan(500);
    expect(await decodePng(readFileSync(overlay))).toMatchObject({ channels: 3, width: 800, height: 640 });
  });

  it('judges another number of fingers than the slap has, and shows what it found', async () => {
    const file = tempFile('one.pgm', writePgm(glass([{ x: 400, deg: 0 }])));
    const folder = tempFolder();
    const slap = await koffer(['finger', 'segment', file, '-o', folder, '--slap', 'both-index', '--json']);
    expect(slap).toMatchObject({ code: 1, err: '' });
    expect(slap.json).toMatchObject([{ outcome: 'too-few-fingers', fingertips: [{ name: '1' }] }]);
    expect((await koffer(['finger', 'segment', file, '-o', folder])).code).toBe(0);
  });

  it('judges a bare glass, and refuses a resolution that shows no ridges', async () => {
    const file = tempFile('bare.pgm', writePgm(glass([])));
    const folder = tempFolder();
    expect((await koffer(['finger', 'segment', file, '-o', folder])).code).toBe(1);
    const coarse = await koffer(['finger', 'segment', file, '-o', folder, '--ppi', '96', '--json']);
    expect(coarse.code).toBe(1);
    expect(coarse.json).toMatchObject([{ error: { code: 'unsupported', path: 'resolutionPpi' } }]);
  });

  it('asks for a folder', async () => {
    expect((await koffer(['finger', 'segment', 'slap.png'])).code).toBe(2);
  });
});
