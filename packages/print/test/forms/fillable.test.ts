import { layoutForm, renderForm, type FormDefinition } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { stringLatinCodePoints } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { options } from './cases.js';
import { glyphTexts } from './glyph-texts.js';
import { KINDS, type Kinds } from './kinds-form.js';
import { nameOf, PdfFile, type Dict } from './pdf-reader.js';

const fonts = await loadDejaVu();

/** Every field of a fillable form by its full name; of a radio field its parent. */
async function fieldsOf(data: Kinds | Record<string, never>): Promise<Map<string, Dict>> {
  const file = new PdfFile(await renderForm(KINDS, data, options(fonts, { fillable: true })));
  const form = file.dict(file.dict(file.trailer.get('Root')).get('AcroForm'));
  const found = new Map<string, Dict>();
  const walk = (field: Dict, path: string): void => {
    const own = field.get('T');
    if (typeof own !== 'string') return;
    const name = path === '' ? own : `${path}.${own}`;
    if (field.has('FT')) found.set(name, field);
    else for (const kid of file.list(field.get('Kids'))) walk(file.dict(kid), name);
  };
  for (const field of file.list(form.get('Fields'))) walk(file.dict(field), '');
  return found;
}

describe('a fillable form', () => {
  it('has a field for each value, named by its path, and for each line to sign', async () => {
    expect([...(await fieldsOf(KINDS.samples.filled())).keys()]).toEqual([
      'holder.familyName',
      'holder.born',
      'holder.birth',
      'holder.heightCm',
      'holder.nationalities',
      'title',
      'salutation',
      'pages',
      'move',
      'express',
      'seenAt',
      'fee',
      'reason',
      'children.0.givenNames',
      'children.0.born',
      'children.1.givenNames',
      'children.1.born',
      'children.2.givenNames',
      'children.2.born',
      'signatureLines.place',
      'signatureLines.holder',
    ]);
  });

  it('bounds a text by what its schema lets pass', async () => {
    const fields = await fieldsOf({});
    expect(fields.get('holder.familyName')?.get('MaxLen')).toBe(60);
    expect(fields.get('children.1.givenNames')?.get('MaxLen')).toBe(40);
    expect(fields.get('fee')?.has('MaxLen')).toBe(false);
  });

  it('is ticked as the data say', async () => {
    const fields = await fieldsOf(KINDS.samples.filled());
    expect(nameOf(fields.get('move')?.get('V'))).toBe('Ja');
    expect(nameOf(fields.get('express')?.get('V'))).toBe('Off');
    expect(nameOf(fields.get('salutation')?.get('V'))).toBe('frau');
    expect(fields.get('pages')?.get('V')).toBe('48');
  });

  it('refuses a value that needs more lines than its field has, as the flat one does', async () => {
    const data = { ...KINDS.samples.filled(), reason: 'W\n'.repeat(20) };
    await expect(layoutForm(KINDS, data, options(fonts, { fillable: true }))).rejects.toMatchObject({
      code: 'too-large',
      path: 'reason',
    });
  });

  it('has glyphs for every letter of String.Latin, whatever was drawn', async () => {
    const bytes = await renderForm(KINDS, {}, options(fonts, { fillable: true }));
    const file = new PdfFile(bytes);
    const regular = file
      .ofType('Font')
      .find((font) => nameOf(font.get('BaseFont'))?.endsWith('+DejaVuSans') && font.has('ToUnicode'));
    const texts = new Set(glyphTexts(Buffer.from(file.stream(regular?.get('ToUnicode'))).toString('latin1')));
    const missing = stringLatinCodePoints('E').filter(
      (codePoint) =>
        codePoint > 0x20 &&
        codePoint !== 0xa0 &&
        codePoint !== 0xad &&
        !texts.has(String.fromCodePoint(codePoint)),
    );
    expect(missing).toEqual([]);
  });

  it('stays below 100 kB', async () => {
    const bytes = await renderForm(KINDS, KINDS.samples.longest(), options(fonts, { fillable: true }));
    expect(bytes.length).toBeLessThan(100_000);
  });

  it('cannot have two fields of one name', async () => {
    const twice: FormDefinition<Kinds> = {
      ...KINDS,
      layout: (data, frame) => {
        const blocks = KINDS.layout(data, frame);
        return [...blocks, ...blocks];
      },
    };
    await expect(layoutForm(twice, {}, options(fonts, { fillable: true }))).rejects.toThrow(
      /two fields of the name/u,
    );
  });
});
