import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng, greyImage, writePgm } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

vi.setConfig({ testTimeout: 30_000 });

function out(name: string): string {
  return join(tempFolder(), name);
}

/** A print as WSQ file, made by the command. */
async function wsqFile(): Promise<string> {
  const data = Uint8Array.from({ length: 120 * 140 }, (_, i) => 128 + 90 * Math.sin((i % 120) / 1.4));
  const wsq = out('a.wsq');
  const pgm = tempFile('a.pgm', writePgm(greyImage({ width: 120, height: 140, data })));
  await koffer(['finger', 'wsq', 'encode', pgm, '-o', wsq]);
  return wsq;
}

const FINGER = ['--finger', 'left-ring', '--quality', '44'];

describe('koffer finger record', () => {
  it.each([
    ['template', []],
    ['record', ['--format', 'record']],
    ['dg3', ['--format', 'dg3']],
  ])('writes a print as %s, and reads it', async (format, flags) => {
    const [wsq, file, extracted] = [await wsqFile(), out('a.bin'), out('b.wsq')];
    const written = await koffer([
      'finger',
      'record',
      'write',
      wsq,
      ...FINGER,
      ...flags,
      '-o',
      file,
      '--json',
    ]);
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(written.json).toMatchObject([{ type: 'record', format, finger: 'left-ring', quality: 44 }]);
    expect(written.json[0]?.['bytes']).toBe(readFileSync(file).length);
    const read = await koffer(['finger', 'record', 'read', file, '--extract', extracted, '--json']);
    expect(read).toMatchObject({ code: 0, err: '' });
    expect(read.json).toMatchObject([
      {
        ...{ type: 'record', format, version: '2005' },
        views: [
          {
            ...{ position: 9, finger: 'left-ring', width: 120, height: 140, compression: 'wsq' },
            ...{ qualities: [{ value: 44 }], bytes: readFileSync(wsq).length },
          },
        ],
      },
    ]);
    expect(read.json[0]).not.toHaveProperty('views.0.data');
    expect(readFileSync(extracted)).toEqual(readFileSync(wsq));
  });

  it('compresses a picture on the way, to what the chip takes', async () => {
    const data = Uint8Array.from({ length: 480 * 640 }, (_, i) => (i * 7919) % 251);
    const pgm = tempFile('noise.pgm', writePgm(greyImage({ width: 480, height: 640, data })));
    const [record, wsq] = [out('a.bit'), out('a.wsq')];
    const written = await koffer(['finger', 'record', 'write', pgm, ...FINGER, '-o', record]);
    expect(written.code).toBe(0);
    await koffer(['finger', 'record', 'read', record, '--extract', wsq]);
    const bytes = readFileSync(wsq).length;
    expect(bytes).toBeGreaterThanOrEqual(17_408);
    expect(bytes).toBeLessThan(18_432);
  });

  it('refuses a picture of another resolution', async () => {
    const image = greyImage({ width: 120, height: 140, resolutionPpi: 1000 });
    const png = tempFile('a.png', await encodePng(image));
    const { code, json } = await koffer([
      'finger',
      'record',
      'write',
      png,
      ...FINGER,
      '-o',
      out('x'),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ error: { code: 'unsupported', path: 'resolutionPpi' } }]);
  });

  it('tells people in a line what there is', async () => {
    const [wsq, file] = [await wsqFile(), out('a.bin')];
    await koffer(['finger', 'record', 'write', wsq, ...FINGER, '-o', file]);
    const { out: text } = await koffer(['finger', 'record', 'read', file]);
    expect(text).toMatch(/template, 1 image\n {2}left-ring: 120 x 140, wsq, \d+ bytes, quality 44\n$/);
  });

  it('reads several, and goes on behind one that cannot be read', async () => {
    const [wsq, file] = [await wsqFile(), out('a.bin')];
    await koffer(['finger', 'record', 'write', wsq, ...FINGER, '-o', file]);
    const read = ['finger', 'record', 'read', file, 'nowhere.fir', file];
    const { code, json } = await koffer([...read, '--json']);
    expect(code).toBe(1);
    expect(json.map((line) => line['type'])).toEqual(['record', 'error', 'record']);
    expect(json[1]).toMatchObject({ file: 'nowhere.fir', error: { code: 'missing' } });
    expect((await koffer([...read, '--extract', out('x')])).code).toBe(2);
  });

  it.each([
    ['not-allowed', ['--finger', 'left-little', '--quality', '44']],
    ['out-of-range', ['--finger', 'left-ring', '--quality', '101']],
    ['out-of-range', [...FINGER, '--scan-ppi', '300']],
  ])('refuses as %s to write %j', async (code, flags) => {
    const { code: exit, json } = await koffer([
      'finger',
      'record',
      'write',
      await wsqFile(),
      ...flags,
      '-o',
      out('x'),
      '--json',
    ]);
    expect(exit).toBe(1);
    expect(json).toMatchObject([{ type: 'error', error: { code } }]);
  });

  it('refuses what is no record, and no WSQ file', async () => {
    const text = tempFile('a.txt', 'no record at all');
    for (const args of [
      ['read', text],
      ['write', text, ...FINGER, '-o', out('x')],
    ]) {
      const { code, json } = await koffer(['finger', 'record', ...args, '--json']);
      expect(code).toBe(1);
      expect(json).toMatchObject([{ type: 'error', error: { code: 'malformed', offset: 0 } }]);
    }
  });

  it('calls an unknown finger, level and format wrong use', async () => {
    for (const flags of [
      ['--finger', 'nose', '--quality', '4'],
      [...FINGER, '--level', '30'],
      [...FINGER, '--format', 'xml'],
      ['--finger', 'left-ring'],
    ]) {
      const { code } = await koffer(['finger', 'record', 'write', 'a.wsq', ...flags, '-o', 'x', '--json']);
      expect(code).toBe(2);
    }
  });
});
