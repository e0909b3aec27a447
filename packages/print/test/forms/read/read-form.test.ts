import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { paAntrag, readAnyForm, readForm, renderForm, type FormDefinition } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { options } from '../cases.js';
import { KINDS, type Kinds } from '../kinds-form.js';

const fonts = await loadDejaVu();
const filled = KINDS.samples.filled();
/** As somebody gets it who is not to get the data: fields only. */
const bare = { attachData: false } as const;

function fillable<T>(
  form: FormDefinition<T>,
  data: T | Record<string, never>,
  more: object = {},
): Promise<Uint8Array> {
  return renderForm(form, data, options(fonts, { fillable: true, ...more }));
}

/** The form as another program saves it after somebody filled it in there. */
async function filledIn(bytes: Uint8Array, fill: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes);
  fill(document);
  return document.save({ updateFieldAppearances: false });
}

const set = (document: PDFDocument, name: string, text: string): void => {
  document.getForm().getTextField(name).setText(text);
};

describe('a fillable form that comes back as it went', () => {
  it.each(['filled', 'longest', 'latin'] as const)('holds its data: %s', async (variant) => {
    const data = KINDS.samples[variant]();
    expect(await readForm(KINDS, await fillable(KINDS, data))).toMatchObject({
      formId: 'plaetze',
      marking: { caseNumber: 'K-7Q4M-2X9D', validFrom: '2026-01-01' },
      data,
      findings: [],
      signed: [],
    });
  });

  it.each(['filled', 'longest', 'latin'] as const)(
    'holds its data in the fields alone: %s',
    async (variant) => {
      const data = KINDS.samples[variant]();
      const { data: read, findings } = await readForm(KINDS, await fillable(KINDS, data, bare));
      expect({ read, findings }).toEqual({ read: data, findings: [] });
    },
  );

  it('says what a blank one lacks', async () => {
    const { data, findings } = await readForm(KINDS, await fillable(KINDS, {}));
    expect(data).toBeUndefined();
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toContain('missing salutation');
  });
});

describe('a form that somebody filled in', () => {
  it('is read from its fields, by the codec of each place', async () => {
    const returned = await filledIn(await fillable(KINDS, {}), (document) => {
      const form = document.getForm();
      set(document, 'holder.familyName', ' Muster\u0308mann ');
      set(document, 'holder.born', '3.5.1990');
      set(document, 'holder.birth', '05.1990');
      set(document, 'holder.heightCm', '172');
      set(document, 'holder.nationalities', 'deutsch,  polnisch');
      form.getRadioGroup('salutation').select('keine Anrede');
      form.getDropdown('pages').select('48');
      form.getCheckBox('move').check();
      set(document, 'seenAt', '1.7.2026, 9:05');
      set(document, 'fee', '1.046,5');
      set(document, 'reason', 'eins\r\nzwei');
      set(document, 'children.1.givenNames', 'Zoë');
      set(document, 'children.1.born', '29.02.2012');
    });
    expect(await readForm(KINDS, returned)).toMatchObject({
      findings: [],
      data: {
        holder: {
          familyName: 'Muster\u0308mann'.normalize('NFC'),
          born: '1990-05-03',
          birth: '1990-05',
          heightCm: 172,
          nationalities: ['deutsch', 'polnisch'],
        },
        salutation: 'keine Anrede',
        pages: 48,
        move: true,
        seenAt: '2026-07-01T09:05:00+02:00',
        fee: 104_650,
        reason: 'eins\nzwei',
        children: [{ givenNames: 'Zoë', born: '2012-02-29' }],
      },
    });
  });

  it('counts for its fields where they differ from the attached data, and says so', async () => {
    const returned = await filledIn(await fillable(KINDS, filled), (document) => {
      set(document, 'holder.familyName', 'Neumann');
      set(document, 'reason', '');
      document.getForm().getCheckBox('move').uncheck();
    });
    const { data, findings } = await readForm(KINDS, returned);
    const { reason: _, ...rest } = filled;
    expect(data).toEqual({ ...rest, move: false, holder: { ...filled.holder, familyName: 'Neumann' } });
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'changed holder.familyName',
      'changed move',
      'changed reason',
    ]);
  });

  it('says which fields cannot be read, without what they say', async () => {
    const returned = await filledIn(await fillable(KINDS, filled), (document) => {
      set(document, 'holder.born', '30.02.1990');
      set(document, 'holder.heightCm', 'geheim');
    });
    const { data, findings } = await readForm(KINDS, returned);
    expect(data).toBeUndefined();
    expect(findings.filter(({ code }) => code === 'malformed').map(({ path }) => path)).toEqual([
      'holder.born',
      'holder.heightCm',
    ]);
    expect(JSON.stringify(findings)).not.toContain('geheim');
  });

  it('keeps fields that the form does not have out of the data', async () => {
    const returned = await filledIn(await fillable(KINDS, filled), (document) => {
      document.getForm().createTextField('__proto__.polluted').setText('x');
      document.getForm().createTextField('fremd').setText('x');
    });
    const { data, findings } = await readForm(KINDS, returned);
    expect(data).toEqual(filled);
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-field __proto__.polluted',
      'unknown-field fremd',
    ]);
    expect('polluted' in {}).toBe(false);
  });

  it('tells a row that the blank did not have by its siblings', async () => {
    const returned = await filledIn(await fillable(KINDS, {}), (document) => {
      document.getForm().createTextField('children.7.givenNames').setText('Ida');
    });
    expect((await readForm(KINDS, returned)).read).toMatchObject({ children: [{ givenNames: 'Ida' }] });
  });

  it('takes no attachment that somebody put there instead', async () => {
    const returned = await filledIn(await fillable(KINDS, filled, bare), (document) => {
      void document.attach(new TextEncoder().encode('{"salutation":"herr"}'), 'plaetze.json');
    });
    expect((await readForm(KINDS, returned)).data).toEqual(filled);
  });
});

describe('which form it is', () => {
  it('stands in the file', async () => {
    const bytes = await fillable(KINDS, filled);
    expect(await readAnyForm([paAntrag, KINDS], bytes)).toMatchObject({ formId: 'plaetze', data: filled });
    await expect(readAnyForm([paAntrag], bytes)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(readForm<Kinds>({ ...KINDS, id: 'andere' }, bytes)).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('is told by the attached data where the subject is gone', async () => {
    const returned = await filledIn(await fillable(KINDS, filled), (document) => {
      document.setSubject('');
    });
    expect((await readAnyForm([KINDS], returned)).formId).toBe('plaetze');
  });
});

describe('what is no returned form', () => {
  it('is refused with what it is', async () => {
    const flat = await renderForm(KINDS, filled, options(fonts));
    const bytes = await fillable(KINDS, filled);
    await expect(readForm(KINDS, flat)).rejects.toMatchObject({
      code: 'missing',
      message: expect.stringContaining('no form fields'),
    });
    await expect(readForm(KINDS, new TextEncoder().encode('GIF89a'))).rejects.toMatchObject({
      code: 'malformed',
    });
    await expect(readForm(KINDS, bytes.subarray(0, 3000))).rejects.toMatchObject({ code: 'truncated' });
    await expect(readForm(KINDS, new Uint8Array(33 * 1024 * 1024))).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  it('is refused when it needs a password, and read when only its owner may change it', async () => {
    const encrypted = async (userPassword: string): Promise<Uint8Array> => {
      const document = await PDFDocument.load(await fillable(KINDS, filled));
      document.encrypt({ userPassword, ownerPassword: 'owner' });
      return document.save();
    };
    await expect(readForm(KINDS, await encrypted('x'))).rejects.toMatchObject({ code: 'unsupported' });
    expect((await readForm(KINDS, await encrypted(''))).data).toEqual(filled);
  });
});

describe('a damaged file', () => {
  it('is read in spite of references that lead nowhere', async () => {
    const text = Buffer.from(await fillable(KINDS, filled)).toString('latin1');
    const broken = Buffer.from(text.replace(/startxref\n\d+/u, 'startxref\n99'), 'latin1');
    expect((await readForm(KINDS, new Uint8Array(broken))).data).toEqual(filled);
  });

  it('is read in spite of bytes before its header', async () => {
    const bytes = await fillable(KINDS, filled);
    const moved = new Uint8Array([...new TextEncoder().encode('\r\n\r\n'), ...bytes]);
    expect((await readForm(KINDS, moved)).data).toEqual(filled);
  });

  it('is read when the appearance of a field is missing', async () => {
    const returned = await filledIn(await fillable(KINDS, filled), (document) => {
      for (const field of document.getForm().getFields()) {
        for (const widget of field.acroField.getWidgets()) widget.dict.delete(PDFName.of('AP'));
      }
    });
    expect((await readForm(KINDS, returned)).data).toEqual(filled);
  });
});
