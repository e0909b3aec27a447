import { formatFooterCode, parseFooterCode, renderForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { options } from './cases.js';
import { KINDS, type Kinds } from './kinds-form.js';
import { nameOf, PdfFile, type Dict } from './pdf-reader.js';

const fonts = await loadDejaVu();
const filled = KINDS.samples.filled();

/** The catalog of a rendered form with its file. */
async function catalogOf(
  ...rendering: Parameters<typeof renderForm<Kinds>>
): Promise<{ file: PdfFile; root: Dict }> {
  const file = new PdfFile(await renderForm(...rendering));
  return { file, root: file.dict(file.trailer.get('Root')) };
}

/** The attached data, nothing where none are attached. */
async function attachedTo(...args: Parameters<typeof catalogOf>): Promise<unknown> {
  const { file, root } = await catalogOf(...args);
  const [specification] = file.list(root.get('AF'));
  if (specification === undefined) return undefined;
  const dict = file.dict(specification);
  expect(nameOf(dict.get('AFRelationship'))).toBe('Data');
  expect(dict.get('UF')).toBe('plaetze.json');
  const stream = file.stream(file.dict(dict.get('EF')).get('F'));
  return JSON.parse(new TextDecoder().decode(stream));
}

describe('the attached data', () => {
  it('are exactly the data of the form', async () => {
    expect(await attachedTo(KINDS, filled, options(fonts))).toEqual(filled);
  });

  it('are none in a paper for third parties unless asked for', async () => {
    const certificate = { ...KINDS, audience: 'third-party' } as const;
    expect(await attachedTo(certificate, filled, options(fonts))).toBeUndefined();
    expect(await attachedTo(certificate, filled, options(fonts, { attachData: true }))).toEqual(filled);
  });

  it('never leave the list that the form closes', async () => {
    const closed = { ...KINDS, attachment: ({ fee }: Kinds) => ({ fee }) };
    expect(await attachedTo(closed, filled, options(fonts, { attachData: true }))).toEqual({ fee: 4600 });
  });

  it('are none in a blank form and where they are not wanted', async () => {
    expect(await attachedTo(KINDS, {}, options(fonts))).toBeUndefined();
    expect(await attachedTo(KINDS, filled, options(fonts, { attachData: false }))).toBeUndefined();
  });
});

describe('the bookmarks', () => {
  it('lead to the sections in their order', async () => {
    const { file, root } = await catalogOf(KINDS, filled, options(fonts));
    const pages = file.list(file.dict(root.get('Pages')).get('Kids'));
    const found: unknown[] = [];
    let item = file.dict(file.dict(root.get('Outlines')).get('First'));
    for (;;) {
      const [page, kind, x] = file.list(item.get('Dest'));
      found.push([
        item.get('Title'),
        pages.findIndex((each) => JSON.stringify(each) === JSON.stringify(page)),
        nameOf(kind),
        x,
      ]);
      if (!item.has('Next')) break;
      item = file.dict(item.get('Next'));
    }
    expect(found).toEqual([
      ['Person', 0, 'XYZ', expect.closeTo(70.866, 2)],
      ['Kinder', 1, 'XYZ', expect.closeTo(70.866, 2)],
    ]);
  });
});

describe('the code at the foot of the page', () => {
  it('says which form and which case, and is told from other codes', () => {
    const code = { formId: 'pa-antrag', caseNumber: 'K-7Q4M-2X9D' };
    expect(formatFooterCode(code)).toBe('pa-antrag K-7Q4M-2X9D');
    expect(parseFooterCode('pa-antrag K-7Q4M-2X9D')).toEqual(code);
    expect(parseFooterCode('https://example.org/')).toBeUndefined();
  });

  it('wants a form id of small letters', () => {
    expect(() => formatFooterCode({ formId: 'Übung', caseNumber: 'K-1' })).toThrow(/small letters/u);
  });
});
