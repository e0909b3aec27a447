import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import { readJp2 } from '@buergerkoffer/camera/photo';
import { drawnPerson, drawPortrait } from '@buergerkoffer/camera/simulator';
import { encodePng, readJpegInfo, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { koffer, type Result } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

vi.setConfig({ testTimeout: 120_000 });

const PORTRAIT = drawPortrait(drawnPerson(1));

/** The points of a drawn portrait of 1244 x 1600, moved. */
function points(dx: number, dy: number): Record<string, readonly [number, number]> {
  const at = (x: number, y: number): readonly [number, number] => [x + dx, y + dy];
  return {
    ...{ rightEyeOuter: at(394, 735), rightEyeInner: at(514, 735), leftEyeInner: at(730, 735) },
    ...{ leftEyeOuter: at(850, 735), chin: at(622, 1310), crownEstimate: at(622, 150) },
    ...{
      headRight: at(242, 760),
      headLeft: at(1002, 760),
      mouthRight: at(500, 1108),
      mouthLeft: at(744, 1108),
    },
    ...{ upperLip: at(622, 1108), lowerLip: at(622, 1109) },
  };
}

/** The portrait in the middle of a larger photo, its edge going on outwards. */
function photo(width: number, height: number): RgbImage {
  const image = rgbImage({ width, height });
  const [left, top] = [(width - 1244) >> 1, (height - 1600) >> 1];
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(1599, Math.max(0, y - top));
    for (let x = 0; x < width; x += 1) {
      const from = 3 * (row * 1244 + Math.min(1243, Math.max(0, x - left)));
      image.data.set(PORTRAIT.data.subarray(from, from + 3), 3 * (y * width + x));
    }
  }
  return image;
}

const JPEG = await loadCodecs().jpeg.encode(photo(1500, 1900), 95);
const POINTS = JSON.stringify(points(128, 150));

function files(): { readonly jpeg: string; readonly points: string; readonly out: string } {
  const folder = tempFolder();
  const [jpeg, pointsFile] = [join(folder, 'photo.jpg'), join(folder, 'points.json')];
  writeFileSync(jpeg, JPEG);
  writeFileSync(pointsFile, POINTS);
  return { jpeg, points: pointsFile, out: join(folder, 'out') };
}

function only({ json }: Result): Record<string, unknown> {
  expect(json).toHaveLength(1);
  return json[0] ?? {};
}

describe('koffer photo check', () => {
  it('tells value, threshold and verdict of every criterion by its id', async () => {
    const { jpeg, points: file } = files();
    const result = await koffer(['photo', 'check', jpeg, '--points', file, '--json']);
    expect(result).toMatchObject({ code: 0, err: '' });
    const { criteria, ...others } = only(result);
    expect(others).toMatchObject({
      type: 'photo',
      operation: 'check',
      total: 'ok',
      picture: 'crop',
      origin: 'live',
    });
    expect(Object.keys(criteria as object)).toHaveLength(29);
    expect(criteria).toMatchObject({
      '1.3': { verdict: 'ok', unit: 'deg', mandatory: true },
      '5.7': { verdict: 'ok', unit: 'px', threshold: { tmin: 300 }, value: expect.any(Number) },
      '2.1': { verdict: 'not-assessed', mandatory: false },
    });
  });

  it('ends with code 1 when a criterion is not met', async () => {
    const { jpeg, points: file } = files();
    writeFileSync(file, JSON.stringify({ ...points(128, 150), lowerLip: [750, 1400] }));
    const result = await koffer(['photo', 'check', jpeg, '--points', file]);
    expect(result).toMatchObject({ code: 1, err: '' });
    expect(result.out).toContain('NOK 2.2 mouth closed');
  });

  it('finds the face itself', async () => {
    const { jpeg } = files();
    const result = await koffer(['photo', 'check', jpeg, '--json']);
    expect(result.err).toBe('');
    expect(only(result)).toMatchObject({
      picture: 'crop',
      criteria: { '1.3': { verdict: 'ok' }, '5.7': { verdict: 'ok' } },
    });
  });

  it('says that there is no face', async () => {
    const png = tempFile('empty.png', await encodePng(rgbImage({ width: 400, height: 500 })));
    const result = await koffer(['photo', 'check', png, '--json']);
    expect(result.code).toBe(1);
    expect(only(result)).toMatchObject({
      total: 'nok',
      refusal: { reason: 'no-face' },
      message: 'no face was found',
    });
  });

  it('judges a picture that has its size already as it is', async () => {
    const { points: file } = files();
    const png = tempFile('done.png', await encodePng(PORTRAIT));
    writeFileSync(file, JSON.stringify(points(0, 0)));
    const result = await koffer(['photo', 'check', png, '--points', file, '--json']);
    expect(only(result)).toMatchObject({ picture: 'file', criteria: { '5.7': { value: 336 } } });
  });

  it('is wrong use with the points of one photo for two', async () => {
    expect(await koffer(['photo', 'check', 'a.jpg', 'b.jpg', '--points', 'p.json'])).toMatchObject({
      code: 2,
    });
  });
});

describe('koffer photo crop, production and chip', () => {
  it('write the files and tell what was done', async () => {
    const { jpeg, points: file, out } = files();
    for (const [operation, size] of [
      ['crop', { widthPx: 1244, heightPx: 1600 }],
      ['production', { widthPx: 622, heightPx: 800 }],
      ['chip', { widthPx: 622, heightPx: 800 }],
    ] as const) {
      const result = await koffer(['photo', operation, jpeg, '--points', file, '-o', out, '--json']);
      expect(result).toMatchObject({ code: 0, err: '' });
      const answer = only(result);
      const bytes = new Uint8Array(readFileSync(out));
      expect(answer).toMatchObject({
        type: 'photo',
        operation,
        out,
        total: 'ok',
        failed: [],
        bytes: bytes.length,
        ...size,
      });
      expect(JSON.stringify(answer['operations'])).toContain('"operation":"crop"');
      const read = operation === 'crop' ? readJpegInfo(bytes) : readJp2(bytes);
      expect(read).toMatchObject(operation === 'crop' ? { width: 1244, height: 1600 } : size);
    }
    expect(readFileSync(out).length).toBeGreaterThanOrEqual(16_450);
    expect(readFileSync(out).length).toBeLessThanOrEqual(17_320);
  });

  it('cut where a person says', async () => {
    const { jpeg, points: file, out } = files();
    const how = ['--region', '10,20,1254,1620', '--rotate', '0'];
    const result = await koffer(['photo', 'crop', jpeg, '--points', file, ...how, '-o', out, '--json']);
    expect(only(result)).toMatchObject({
      operations: [{ operation: 'crop', centre: { x: 632, y: 820 }, heightPx: 1600 }, {}],
    });
  });

  it('write nothing when pixels are missing, and say how many', async () => {
    const small = tempFile('small.png', await encodePng(photo(1300, 1590)));
    const { out, points: file } = files();
    writeFileSync(file, JSON.stringify(points(28, -5)));
    for (const operation of ['crop', 'production', 'chip']) {
      const result = await koffer(['photo', operation, small, '--points', file, '-o', out, '--json']);
      expect(result).toMatchObject({ code: 1, err: '' });
      expect(only(result)).toMatchObject({
        refusal: { reason: 'upscaling', missingHeightPx: 10, advice: ['better-camera'] },
        remedy: expect.stringContaining('more pixels'),
      });
      expect(existsSync(out)).toBe(false);
    }
  });

  it('write nothing for a file that is no photo, or points that are none', async () => {
    const { jpeg, points: file, out } = files();
    const text = tempFile('photo.jpg', 'no photo');
    const refused = await koffer(['photo', 'crop', text, '--points', file, '-o', out, '--json']);
    expect(refused.code).toBe(1);
    expect(only(refused)).toMatchObject({ type: 'error', error: { code: 'unsupported', offset: 0 } });
    const cut = tempFile('cut.jpg', JPEG.subarray(0, -1000));
    expect(only(await koffer(['photo', 'chip', cut, '--points', file, '-o', out, '--json']))).toMatchObject({
      error: { code: 'truncated', offset: JPEG.length - 1000 },
    });
    const none = tempFile('points.json', '{"chin":[1,2]}');
    expect(only(await koffer(['photo', 'crop', jpeg, '--points', none, '-o', out, '--json']))).toMatchObject({
      error: { code: 'missing', path: 'rightEyeOuter' },
    });
    const broken = tempFile('points.json', '{');
    expect(
      only(await koffer(['photo', 'crop', jpeg, '--points', broken, '-o', out, '--json'])),
    ).toMatchObject({
      error: { code: 'malformed' },
    });
    expect(existsSync(out)).toBe(false);
  });

  it('end with code 3 where the file cannot be written, and leave no part of it', async () => {
    const { jpeg, points: file } = files();
    const result = await koffer([
      'photo',
      'crop',
      jpeg,
      '--points',
      file,
      '-o',
      '/nowhere/at/all.jpg',
      '--json',
    ]);
    expect(result.code).toBe(3);
  });

  it('are wrong use with a folder in place of a file', async () => {
    const { jpeg, points: file } = files();
    const result = await koffer(['photo', 'crop', jpeg, '--points', file, '-o', tempFolder()]);
    expect(result).toMatchObject({ code: 2, err: expect.stringContaining('name') });
  });

  it('say that colours of a profile which cannot be read were not converted', async () => {
    const { points: file, out } = files();
    const app2 = Buffer.from('ICC_PROFILE\0\x01\x01no profile', 'latin1');
    const length = Uint8Array.of(0xff, 0xe2, 0, app2.length + 2);
    const strange = tempFile('p.jpg', Buffer.concat([JPEG.subarray(0, 2), length, app2, JPEG.subarray(2)]));
    const cropped = only(await koffer(['photo', 'crop', strange, '--points', file, '-o', out, '--json']));
    expect(cropped).toMatchObject({
      colours: { reason: 'damaged-profile', remedy: expect.stringContaining('sRGB') },
      failed: ['7.5'],
    });
    const checked = await koffer(['photo', 'check', strange, '--points', file]);
    expect(checked).toMatchObject({ code: 1, out: expect.stringContaining('not converted to sRGB') });
  });
});
