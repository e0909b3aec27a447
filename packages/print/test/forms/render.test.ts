import { InputError } from '@buergerkoffer/formats';
import {
  findLayoutFaults,
  layoutForm,
  paAntrag,
  quittung,
  renderForm,
  type AnyForm,
  type Blank,
  type FormDefinition,
  type PaAntrag,
  type RenderOptions,
} from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { options } from './cases.js';
import { jpegMarkers } from './jpeg.js';
import { paintedText } from './painted-text.js';
import { portraitPng, signaturePng } from './pictures.js';
import { FILLED } from './samples.js';

const fonts = await loadDejaVu();
const ASSETS = { photo: { bytes: portraitPng() }, signature: { bytes: signaturePng() } };

/** What a form says on paper, line by line as it was painted. */
async function textOf<T>(form: FormDefinition<T>, data: T | Blank): Promise<string> {
  const bytes = await renderForm(form, data, options(fonts));
  return paintedText(bytes);
}

/** The error of rendering the application from `data`, which may be of any shape. */
async function failure(data: object, more: Partial<RenderOptions> = {}): Promise<InputError> {
  try {
    await Reflect.apply(renderForm, undefined, [paAntrag, data, options(fonts, { assets: ASSETS, ...more })]);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the form was rendered');
}

function withHolder(change: object): PaAntrag {
  return { ...FILLED, holder: { ...FILLED.holder, ...change } };
}

describe('data that do not fit the form', () => {
  const { holder: _, ...withoutHolder } = FILLED;
  it.each([
    ['a missing part', withoutHolder, 'missing', 'holder'],
    ['a missing field', withHolder({ familyName: undefined }), 'missing', 'holder.familyName'],
    ['an empty field', withHolder({ familyName: '  ' }), 'out-of-range', 'holder.familyName'],
    ['a value too long', withHolder({ familyName: 'X'.repeat(121) }), 'too-large', 'holder.familyName'],
    ['a number too large', withHolder({ heightCm: 1600 }), 'out-of-range', 'holder.heightCm'],
    [
      'a sign that no register has',
      withHolder({ familyName: 'Muster\u2603' }),
      'unsupported',
      'holder.familyName',
    ],
    [
      'a day that does not exist',
      withHolder({ birth: { date: '1938-02-30', place: 'Berlin' } }),
      'malformed',
      'holder.birth.date',
    ],
    ['a field the form does not have', withHolder({ religion: 'x' }), 'not-allowed', 'holder.religion'],
    [
      'a character outside the fonts',
      withHolder({ familyName: 'Beispiel 王' }),
      'unsupported',
      'holder.familyName',
    ],
    ['a control character', withHolder({ givenNames: 'Er\u0007ika' }), 'unsupported', 'holder.givenNames'],
    [
      'a character outside the fonts in a list',
      withHolder({ nationalities: ['deutsch', '日本'] }),
      'unsupported',
      'holder.nationalities.1',
    ],
  ])('are refused with the path: %s', async (_name, data, code, path) => {
    expect(await failure(data)).toMatchObject({ code, path });
  });

  it('never show up in the message', async () => {
    const name = 'Geheimmann'.repeat(20);
    expect(JSON.stringify(await failure(withHolder({ familyName: name })))).not.toContain('Geheimmann');
    expect(JSON.stringify(await failure(withHolder({ familyName: 'Geheimmann 王' })))).not.toContain(
      'Geheimmann',
    );
  });
});

describe('options that do not fit', () => {
  it.each<[string, Partial<RenderOptions>, string, string]>([
    ['no photo', { assets: { signature: ASSETS.signature } }, 'missing', 'assets.photo'],
    ['a case number with spaces', { caseNumber: 'K 1' }, 'malformed', 'caseNumber'],
    ['a watermark outside the fonts', { watermark: '草稿' }, 'unsupported', 'watermark'],
    [
      'a letterhead of five lines',
      { letterhead: { ...options(fonts).letterhead, lines: ['1', '2', '3', '4', '5'] } },
      'too-large',
      'letterhead.lines',
    ],
    [
      'a photo that is no picture',
      { assets: { ...ASSETS, photo: { bytes: Uint8Array.of(1, 2, 3) } } },
      'unsupported',
      'assets.photo',
    ],
    [
      'a crop outside the photo',
      {
        assets: {
          ...ASSETS,
          photo: { bytes: portraitPng(), crop: { x: 500, y: 0, width: 200, height: 200 } },
        },
      },
      'out-of-range',
      'assets.photo.crop',
    ],
    [
      'a crop of nothing',
      { assets: { ...ASSETS, photo: { bytes: portraitPng(), crop: { x: 0, y: 0, width: 0, height: 10 } } } },
      'out-of-range',
      'assets.photo.crop',
    ],
    ['no time', { now: new Date(Number.NaN) }, 'malformed', 'now'],
    [
      'fonts of other making',
      { fonts: { names: { regular: '', bold: '' }, covers: () => true } },
      'malformed',
      'fonts',
    ],
  ])('are refused with the path: %s', async (_name, more, code, path) => {
    expect(await failure(FILLED, more)).toMatchObject({ code, path });
  });

  it('include a picture that the data give no place', async () => {
    const data: PaAntrag = { ...FILLED, signature: { outcome: 'omitted', reason: 'unable' } };
    expect(await failure(data)).toMatchObject({ code: 'not-allowed', path: 'assets.signature' });
  });

  it('include a day before the form is in force, by German time', async () => {
    expect(await failure(FILLED, { now: new Date('2025-02-16T22:59:59Z') })).toMatchObject({
      code: 'not-allowed',
      path: 'now',
    });
    const first = options(fonts, { assets: ASSETS, now: new Date('2025-02-16T23:00:00Z') });
    await expect(renderForm(paAntrag, FILLED, first)).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('the photo', () => {
  it('is embedded byte by byte and shown through its crop', async () => {
    const payload = Array.from({ length: 256 }, (_, index) => (index * 7) % 251);
    const bytes = jpegMarkers(1600, 1200, payload);
    const crop = { x: 500, y: 100, width: 700, height: 900 };
    const { bytes: pdf, boxes } = await layoutForm(
      paAntrag,
      FILLED,
      options(fonts, { assets: { ...ASSETS, photo: { bytes, crop } } }),
    );
    expect(Buffer.from(pdf).includes(Buffer.from(bytes))).toBe(true);
    const [box] = boxes.filter(({ path }) => path === 'assets.photo');
    expect(box?.width).toBeCloseTo(35 * (72 / 25.4), 3);
    expect(box?.height).toBeCloseTo(45 * (72 / 25.4), 3);
  });

  it('takes its crop in the picture as displayed when Exif says it lies on its side', async () => {
    const lying = jpegMarkers(1600, 1200, [1], 6);
    const tall = { x: 0, y: 0, width: 1200, height: 1600 };
    const shown = options(fonts, { assets: { ...ASSETS, photo: { bytes: lying, crop: tall } } });
    await expect(renderForm(paAntrag, FILLED, shown)).resolves.toBeInstanceOf(Uint8Array);
    const wide = { x: 0, y: 0, width: 1600, height: 1200 };
    expect(
      await failure(FILLED, { assets: { ...ASSETS, photo: { bytes: lying, crop: wide } } }),
    ).toMatchObject({ path: 'assets.photo.crop' });
  });
});

describe("a vendor's form", () => {
  const hundesteuer: FormDefinition<{ owner: string; dog: string }> = {
    id: 'hundesteuer',
    title: 'Anmeldung eines Hundes',
    legalBasis: 'Hundesteuersatzung',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    schema: z.strictObject({ owner: z.string().max(300), dog: z.string().max(300) }),
    notices: [],
    signatureLines: [{ id: 'owner', label: 'Unterschrift' }],
    retention: 'Satzung',
    audience: 'authority',
    blank: true,
    samples: {
      empty: () => ({}),
      filled: () => ({ owner: 'Mustermann', dog: 'Bello' }),
      longest: () => ({ owner: 'W'.repeat(300), dog: 'W'.repeat(8) }),
      latin: () => ({ owner: 'M\u0302', dog: 'Ŋ' }),
    },
    layout: (data, { form }) => [
      { type: 'heading', level: 'section', text: 'Hund' },
      {
        type: 'fields',
        summary: 'Hund',
        rows: [
          [
            { type: 'field', name: 'owner', label: 'Halter', value: data.owner, columns: 9 },
            { type: 'field', name: 'dog', label: 'Rufname', value: data.dog, columns: 3, maxLines: 1 },
          ],
        ],
      },
      { type: 'page-break' },
      { type: 'paragraph', size: 'body', text: 'Ein Satz. '.repeat(700) },
      { type: 'list', size: 'body', items: ['eins', 'zwei'] },
      { type: 'signatures', lines: form.signatureLines },
    ],
  };

  it('is one value, flows over pages and keeps its layout sound', async () => {
    const { boxes, pageCount } = await layoutForm(
      hundesteuer,
      { owner: 'Mustermann', dog: 'Bello' },
      options(fonts),
    );
    expect(pageCount).toBe(3);
    expect(findLayoutFaults(boxes)).toEqual([]);
  });

  it('refuses a value that needs more lines than its place has', async () => {
    const rendering = renderForm(
      hundesteuer,
      { owner: 'Mustermann', dog: 'Bello von der langen Leine zu Musterstadt' },
      options(fonts),
    );
    await expect(rendering).rejects.toMatchObject({ code: 'too-large', path: 'dog' });
  });

  it('ends on the last day it is in force', async () => {
    const rendering = renderForm(
      hundesteuer,
      { owner: 'M', dog: 'B' },
      options(fonts, { now: new Date('2026-12-31T23:00:00Z') }),
    );
    await expect(rendering).rejects.toMatchObject({ code: 'not-allowed', path: 'now' });
  });

  it('cannot have a title that breaks the XML of the metadata', async () => {
    const rendering = renderForm(
      { ...hundesteuer, title: 'Hund & Katze' },
      { owner: 'M', dog: 'B' },
      options(fonts),
    );
    await expect(rendering).rejects.toMatchObject({ code: 'not-allowed', path: 'title' });
  });
});

describe('the kinds of places', () => {
  const places: FormDefinition<{ title?: string; salutation: 'frau' | 'herr'; move: boolean }> = {
    id: 'plaetze',
    title: 'Plätze',
    legalBasis: 'keine',
    validFrom: '2026-01-01',
    schema: z.strictObject({
      title: z.string().max(20).exactOptional(),
      salutation: z.enum(['frau', 'herr']),
      move: z.boolean(),
    }),
    notices: [],
    signatureLines: [],
    retention: 'keine',
    audience: 'authority',
    blank: true,
    samples: {
      empty: () => ({}),
      filled: () => ({ salutation: 'frau', move: true }),
      longest: () => ({ title: 'W'.repeat(20), salutation: 'frau', move: true }),
      latin: () => ({ salutation: 'frau', move: true }),
    },
    layout: (data) => [
      {
        type: 'fields',
        summary: 'Plätze',
        rows: [
          [
            {
              type: 'field',
              name: 'title',
              label: 'Titel',
              value: data.title,
              absent: '–',
              columns: 3,
            },
            {
              type: 'choice',
              name: 'salutation',
              label: 'Anrede',
              value: data.salutation,
              columns: 4,
              boxes: true,
              options: [
                { value: 'frau', label: 'Frau' },
                { value: 'herr', label: 'Herr' },
              ],
            },
            { type: 'check', name: 'move', label: 'Umzug in die Gemeinde', value: data.move, columns: 5 },
          ],
        ],
      },
    ],
  };

  it('cross the boxes of what was chosen and say what was left open', async () => {
    const text = await textOf(places, { salutation: 'herr', move: true });
    expect(text).toContain('☐ Frau ☒ Herr');
    expect(text).toContain('Umzug in die Gemeinde ☒');
    expect(text).toContain('–');
  });

  it('are empty in the blank form, with a box for each answer', async () => {
    const text = await textOf(places, {});
    expect(text).toContain('☐ Frau ☐ Herr');
    expect(text).not.toMatch(/[☒–]/u);
  });
});

describe('a character that is not seen', () => {
  it.each(['\u202e', '\u200d', '\u2060', '\ufeff'])(
    'is refused like one that the fonts lack: %j',
    async (unseen) => {
      expect(await failure(withHolder({ familyName: `Muster${unseen}mann` }))).toMatchObject({
        code: 'unsupported',
        path: 'holder.familyName',
        germanRemedy: expect.stringContaining('in der Urkunde') as string,
      });
    },
  );
});

describe('a blank form', () => {
  it('is what no data at all give, with an empty place for each picture', async () => {
    const { boxes } = await layoutForm(paAntrag, {}, options(fonts));
    expect(boxes.filter(({ kind }) => kind === 'picture')).toEqual([]);
    expect(findLayoutFaults(boxes)).toEqual([]);
  });

  it('is refused where the paper certifies something', async () => {
    await expect(renderForm(quittung, {}, options(fonts))).rejects.toMatchObject({ code: 'missing' });
  });

  it('is none any more when one field is given: all required ones are asked for', async () => {
    expect(await failure({ place: 'Köln' })).toMatchObject({ code: 'missing', path: 'holder' });
  });

  it.each([[[]], [null], [''], [0]])('is not what %j gives', async (data) => {
    expect(await failure(data as object)).toMatchObject({ code: 'malformed' });
  });
});

describe('rendering many forms', () => {
  it('gives each the same bytes, whatever was rendered before with the same fonts', async () => {
    const first = await renderForm(paAntrag, FILLED, options(fonts, { assets: ASSETS }));
    await renderForm(paAntrag, withHolder({ familyName: 'ŻÓŁĆ' }), options(fonts, { assets: ASSETS }));
    const again = await renderForm(paAntrag, FILLED, options(fonts, { assets: ASSETS }));
    expect(Buffer.compare(first, again)).toBe(0);
  });

  it('can run side by side', async () => {
    const forms = await Promise.all(
      [1, 2, 3].map(() => renderForm(paAntrag, FILLED, options(fonts, { assets: ASSETS }))),
    );
    expect(new Set(forms.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(1);
  });
});

describe('forms of any data', () => {
  it('stand in one list', () => {
    const list: readonly AnyForm[] = [paAntrag, quittung];
    expect(list.map(({ id }) => id)).toEqual(['pa-antrag', 'quittung']);
  });
});
