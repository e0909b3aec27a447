import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodePng,
  encodePng,
  greyImage,
  readPnm,
  rgbImage,
  writePgm,
  type GreyImage,
} from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

vi.setConfig({ testTimeout: 30_000 });

/** Waves with grain: as busy as a print. */
function waves(width = 300, height = 320): GreyImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const wave = Math.sin(((i % width) + Math.floor(i / width) / 3) / 1.4);
    return Math.round(128 + 90 * wave + (Math.imul(i, 2_654_435_761) >>> 27));
  });
  return greyImage({ width, height, data });
}

function out(name: string): string {
  return join(tempFolder(), name);
}

describe('koffer finger wsq', () => {
  it('compresses a PGM and gives it back as PGM, PNG and raw bytes', async () => {
    const image = waves();
    const wsq = out('a.wsq');
    const encoded = await koffer([
      'finger',
      'wsq',
      'encode',
      tempFile('a.pgm', writePgm(image)),
      '-o',
      wsq,
      '--json',
    ]);
    expect(encoded).toMatchObject({ code: 0, err: '' });
    expect(encoded.json).toMatchObject([
      { type: 'wsq', operation: 'encode', out: wsq, width: 300, height: 320, bitRate: 0.75 },
    ]);
    expect(encoded.json[0]?.['bytes']).toBe(readFileSync(wsq).length);
    const [pgm, png, raw] = [out('a.pgm'), out('a.png'), out('a.raw')];
    for (const file of [pgm, png, raw]) {
      expect(await koffer(['finger', 'wsq', 'decode', wsq, '-o', file])).toMatchObject({ code: 0, err: '' });
    }
    const pixels = readFileSync(raw);
    expect(pixels).toHaveLength(300 * 320);
    expect(Buffer.compare(pixels, readPnm(readFileSync(pgm)).data)).toBe(0);
    expect(Buffer.compare(pixels, (await decodePng(readFileSync(png))).data)).toBe(0);
  });

  it('compresses PNG, raw bytes and standard input to the same file', async () => {
    const image = waves(120, 130);
    const [a, b, c] = [out('a.wsq'), out('b.wsq'), out('c.wsq')];
    const size = ['--width', '120', '--height', '130'];
    await koffer(['finger', 'wsq', 'encode', tempFile('a.png', await encodePng(image)), '-o', a]);
    await koffer(['finger', 'wsq', 'encode', tempFile('a.raw', image.data), ...size, '-o', b]);
    await koffer(['finger', 'wsq', 'encode', '-', '-o', c], writePgm(image));
    expect(readFileSync(b)).toEqual(readFileSync(a));
    expect(readFileSync(c)).toEqual(readFileSync(a));
  });

  it('keeps a file within the size that is given', async () => {
    const [file, wsq] = [tempFile('a.pgm', writePgm(waves(500, 600))), out('a.wsq')];
    const { json } = await koffer([
      'finger',
      'wsq',
      'encode',
      file,
      '-o',
      wsq,
      '--max-bytes',
      '18431',
      '--json',
    ]);
    expect(readFileSync(wsq).length).toBeGreaterThanOrEqual(17_408);
    expect(readFileSync(wsq).length).toBeLessThanOrEqual(18_431);
    expect(json[0]?.['bitRate']).toBeLessThan(0.75);
  });

  it('takes a bit rate, and states a resolution only when asked to', async () => {
    const [file, plain, stated] = [tempFile('a.pgm', writePgm(waves())), out('p.wsq'), out('s.wsq')];
    await koffer(['finger', 'wsq', 'encode', file, '-o', plain, '--bitrate', '2.25']);
    await koffer(['finger', 'wsq', 'encode', file, '-o', stated, '--bitrate', '2.25', '--ppi', '500']);
    const decode = async (wsq: string) =>
      (await koffer(['finger', 'wsq', 'decode', wsq, '-o', out('x.raw'), '--json'])).json[0];
    expect(await decode(plain)).toMatchObject({ software: 0, comments: 0 });
    expect(await decode(plain)).not.toHaveProperty('resolutionPpi');
    expect(await decode(stated)).toMatchObject({ resolutionPpi: 500, comments: 1 });
  });

  it.each([
    ['truncated', 'encode', () => tempFile('a.raw', new Uint8Array(99)), ['--width', '10', '--height', '10']],
    [
      'malformed',
      'encode',
      () => tempFile('a.raw', new Uint8Array(101)),
      ['--width', '10', '--height', '10'],
    ],
    ['unsupported', 'encode', () => tempFile('a.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0)), []],
    ['missing', 'encode', () => out('none.pgm'), []],
    ['out-of-range', 'encode', () => tempFile('a.pgm', writePgm(waves())), ['--bitrate', '0']],
    ['out-of-range', 'encode', () => tempFile('a.pgm', writePgm(waves())), ['--max-bytes', '100']],
    ['malformed', 'decode', () => tempFile('a.wsq', 'no WSQ'), []],
    ['truncated', 'decode', () => tempFile('a.wsq', Uint8Array.of(0xff, 0xa0, 0xff)), []],
  ] as const)('judges the input bad, as %s, and writes nothing', async (code, operation, input, flags) => {
    const target = out(operation === 'encode' ? 'x.wsq' : 'x.raw');
    const run = await koffer(['finger', 'wsq', operation, input(), '-o', target, ...flags, '--json']);
    expect({ code: run.code, err: run.err }).toEqual({ code: 1, err: '' });
    expect(run.json).toMatchObject([{ type: 'error', error: { kind: 'input', code } }]);
    expect(existsSync(target)).toBe(false);
  });

  it('refuses colour, which is to be made grey by whoever knows how', async () => {
    const colour = await encodePng(rgbImage({ width: 20, height: 20 }));
    const { json } = await koffer([
      'finger',
      'wsq',
      'encode',
      tempFile('a.png', colour),
      '-o',
      out('x.wsq'),
      '--json',
    ]);
    expect(json).toMatchObject([{ error: { code: 'unsupported' } }]);
  });

  it.each([
    [['encode', 'a.raw', '--width', '10']],
    [['encode', 'a.raw', '-o', 'x.wsq', '--bitrate', 'much']],
    [['encode', 'a.raw', '-o', 'x.wsq', '--max-bytes', '-1']],
    [['decode', 'a.wsq', '-o', 'x.jpg']],
  ])('calls %j wrong use', async (args) => {
    const { code, json } = await koffer(['finger', 'wsq', ...args, '--json']);
    expect(code).toBe(2);
    expect(json).toMatchObject([{ error: { kind: 'usage' } }]);
  });

  it('fails where the file cannot be written', async () => {
    const file = tempFile('a.pgm', writePgm(waves(40, 40)));
    const { code, json } = await koffer([
      'finger',
      'wsq',
      'encode',
      file,
      '-o',
      join(tempFolder(), 'no', 'x.wsq'),
      '--json',
    ]);
    expect(code).toBe(3);
    expect(json).toMatchObject([{ error: { kind: 'storage' } }]);
  });
});
