import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readForm, renderForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { missingPrograms } from '../../support/debian-programs.js';
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

describe.skipIf(missingPrograms('qpdf').length > 0)('what qpdf writes of a form', () => {
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

  it.each([
    ['RC4, 40 bits', ['40', '--allow-weak-crypto']],
    ['RC4, 128 bits', ['128', '--use-aes=n', '--allow-weak-crypto']],
    ['RC4 as a crypt filter', ['128', '--use-aes=n', '--force-V4', '--allow-weak-crypto']],
    ['AES, 128 bits', ['128', '--use-aes=y', '--allow-weak-crypto']],
    ['AES, its metadata in the clear', ['128', '--use-aes=y', '--cleartext-metadata', '--allow-weak-crypto']],
    ['AES, 256 bits, before ISO 32000-2', ['256', '--force-R5', '--allow-weak-crypto']],
    ['AES, 256 bits', ['256', '--modify=none', '--extract=n']],
  ])('is read when only its owner may change it: %s', async (_, [bits = '', ...flags]) => {
    const [source, target] = [join(folder, 'in.pdf'), join(folder, 'protected.pdf')];
    writeFileSync(source, bytes);
    const weak = flags.includes('--allow-weak-crypto') ? ['--allow-weak-crypto'] : [];
    const own = flags.filter((flag) => flag !== '--allow-weak-crypto');
    for (const layout of ['disable', 'generate']) {
      const written = [...weak, `--object-streams=${layout}`, '--encrypt', '', 'owner', bits, ...own, '--'];
      execFileSync('qpdf', [...written, source, target], { timeout: 20_000 });
      const { data, findings } = await readForm(KINDS, new Uint8Array(readFileSync(target)));
      expect({ data, findings }).toEqual({ data: filled, findings: [] });
    }
  });

  it.each(['40', '128', '256'])('is refused when it needs a password: %s bits', async (bits) => {
    const [source, target] = [join(folder, 'in.pdf'), join(folder, 'encrypted.pdf')];
    writeFileSync(source, bytes);
    const weak = bits === '256' ? [] : ['--allow-weak-crypto'];
    execFileSync('qpdf', [...weak, '--encrypt', 'a', 'b', bits, '--', source, target], { timeout: 20_000 });
    await expect(readForm(KINDS, new Uint8Array(readFileSync(target)))).rejects.toMatchObject({
      code: 'unsupported',
      germanRemedy: expect.stringContaining('Kennwort') as string,
    });
  });
});

describe.skipIf(missingPrograms('pdftk').length > 0)('what pdftk writes of a form', () => {
  it('is read when it filled in a blank one, amounts included', async () => {
    const [source, empty, data, target] = ['in.pdf', 'blank.pdf', 'data.fdf', 'out.pdf'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeFileSync(source, bytes);
    writeFileSync(empty, blank);
    execFileSync('pdftk', [source, 'generate_fdf', 'output', data], { timeout: 30_000 });
    execFileSync('pdftk', [empty, 'fill_form', data, 'output', target], { timeout: 30_000 });
    const { read, findings } = await readForm(KINDS, new Uint8Array(readFileSync(target)));
    expect(findings).toEqual([]);
    expect(read).toEqual(filled);
  });
});

describe.skipIf(missingPrograms('mutool').length > 0)('what mutool writes of a form', () => {
  it.each([
    ['cleaned', ['-gggg', '-z']],
    ['uncompressed', ['-d']],
    ['protected with RC4', ['-E', 'rc4-128', '-O', 'owner']],
    ['protected with AES', ['-E', 'aes-256', '-O', 'owner']],
  ])('is read: %s', async (_, flags) => {
    const [source, target] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
    writeFileSync(source, bytes);
    execFileSync('mutool', ['clean', ...flags, source, target], { timeout: 20_000, stdio: 'ignore' });
    const { data, findings } = await readForm(KINDS, new Uint8Array(readFileSync(target)));
    expect({ data, findings }).toEqual({ data: filled, findings: [] });
  });
});
