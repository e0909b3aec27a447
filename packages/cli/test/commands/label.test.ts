import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodePng } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

describe('koffer label', () => {
  it.each(['pa-address', 'pass-residence'])(
    'makes %s out of its sample, as PDF and picture',
    async (kind) => {
      const folder = tempFolder();
      const [pdf, png] = [join(folder, 'label.pdf'), join(folder, 'label.png')];
      const sample = await koffer(['label', 'sample', kind]);
      const args = ['label', kind, '--data', '-', '-o', pdf, '--png', png, '--ppi', '300', '--json'];
      const { code, json } = await koffer(args, sample.out);
      expect(code).toBe(0);
      expect(json).toEqual([
        expect.objectContaining({
          type: 'label',
          label: kind,
          file: pdf,
          png,
          official: false,
          shortened: [],
        }),
      ]);
      expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
      const { width, height } = await decodePng(readFileSync(png));
      const answer = json[0] as { widthMm: number; heightMm: number };
      expect(width / height).toBeCloseTo(answer.widthMm / answer.heightMm, 1);
    },
  );

  it('says that a sticker without the official font is a trial, and what stands on it', async () => {
    const data = tempFile('data.json', JSON.stringify({ serialNumber: 'C01X00T47', city: 'Köln' }));
    const { code, out, err } = await koffer([
      ...['label', 'pass-residence', '--data', data],
      ...['-o', join(tempFolder(), 'label.pdf')],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^KÖLN\nC01X00T47\n/u);
    expect(err).toMatch(/MUSTER/u);
  });

  it('refuses data that does not fit, naming the field, and writes nothing', async () => {
    const data = tempFile('data.json', JSON.stringify({ serialNumber: 'C01X00T47', city: 'W'.repeat(24) }));
    const out = join(tempFolder(), 'label.pdf');
    const { code, json } = await koffer(['label', 'pass-residence', '--data', data, '-o', out, '--json']);
    expect(code).toBe(1);
    expect(json).toEqual([
      { type: 'error', error: expect.objectContaining({ code: 'too-large', path: 'city' }) },
    ]);
    expect(() => readFileSync(out)).toThrow();
  });

  it('refuses another font than the official one, and one of another hash', async () => {
    const { resolve } = createRequire(import.meta.resolve('@buergerkoffer/print'));
    const font = resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf');
    const data = tempFile('data.json', JSON.stringify({ serialNumber: 'C01X00T47', city: 'Köln' }));
    const args = ['label', 'pass-residence', '--data', data, '-o', join(tempFolder(), 'x.pdf'), '--json'];
    const other = await koffer([...args, '--font', font]);
    expect({ code: other.code, error: other.json[0]?.['error'] }).toMatchObject({
      code: 1,
      error: { code: 'not-allowed', path: 'font' },
    });
    const changed = await koffer([...args, '--font', font, '--sha256', '0'.repeat(64)]);
    expect(changed.json[0]?.['error']).toMatchObject({ code: 'checksum', path: 'font' });
  });

  it('refuses what is no JSON without repeating it', async () => {
    const data = tempFile('data.json', '{"city": "Geheim');
    const { code, out } = await koffer(['label', 'pa-address', '--data', data, '-o', '/dev/null', '--json']);
    expect(code).toBe(1);
    expect(out).toContain('malformed');
    expect(out).not.toContain('Geheim');
  });
});
