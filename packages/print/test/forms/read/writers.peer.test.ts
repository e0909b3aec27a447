import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readForm, renderForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { options } from '../cases.js';
import { KINDS } from '../kinds-form.js';

const fonts = await loadDejaVu();
const filled = KINDS.samples.filled();
const bytes = await renderForm(KINDS, filled, options(fonts, { fillable: true }));
const blank = await renderForm(KINDS, {}, options(fonts, { fillable: true }));
const folder = mkdtempSync(join(tmpdir(), 'returned-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('what pdf.js saves', () => {
  it('is read: texts, choices, boxes, as an update of the file', async () => {
    const document = await getDocument({ data: blank.slice(), verbosity: 0 }).promise;
    const fields = (await document.getFieldObjects()) ?? {};
    const put = (name: string, value: object): void => {
      const id = (fields[name] as { readonly id: string }[] | undefined)?.find(
        (field) => field.id !== '',
      )?.id;
      if (id === undefined) throw new Error(`no field ${name}`);
      document.annotationStorage.setValue(id, value);
    };
    put('holder.familyName', { value: 'Ağca-Łuński' });
    put('holder.born', { value: '12.08.1938' });
    put('pages', { value: '32' });
    put('move', { value: true });
    const saved = await document.saveDocument();
    const { read } = await readForm(KINDS, saved);
    expect(read).toMatchObject({
      holder: { familyName: 'Ağca-Łuński', born: '1938-08-12' },
      pages: 32,
      move: true,
    });
  });
});

describe.skipIf(spawnSync('qpdf', ['--version']).error !== undefined)('what qpdf writes of a form', () => {
  it.each([
    ['with tables', ['--object-streams=disable']],
    ['with object streams', ['--object-streams=generate', '--compress-streams=y']],
    ['linearized', ['--linearize', '--object-streams=generate']],
    ['uncompressed', ['--qdf', '--object-streams=disable']],
  ])('is read: %s', async (_, flags) => {
    const [source, target] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
    writeFileSync(source, bytes);
    execFileSync('qpdf', [...flags, source, target], { timeout: 20_000 });
    const { data, findings } = await readForm(KINDS, new Uint8Array(readFileSync(target)));
    expect({ data, findings }).toEqual({ data: filled, findings: [] });
  });

  it('is refused when it is encrypted', async () => {
    const [source, target] = [join(folder, 'in.pdf'), join(folder, 'encrypted.pdf')];
    writeFileSync(source, bytes);
    execFileSync('qpdf', ['--encrypt', 'a', 'b', '256', '--', source, target], { timeout: 20_000 });
    await expect(readForm(KINDS, new Uint8Array(readFileSync(target)))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
