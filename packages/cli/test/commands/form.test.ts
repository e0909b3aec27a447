import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMS, formsInForce } from '@buergerkoffer/print/forms';
import { describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const ON = ['--on', '2026-11-20'];
const PATIENCE = { timeout: 30_000 };

async function sampleOf(id: string, variant = 'filled'): Promise<string> {
  return (await koffer(['form', 'sample', id, '--variant', variant, ...ON])).out;
}

describe('koffer form list', () => {
  it('tells every form that is in force on the day, with its kinds and fields', async () => {
    const { code, json } = await koffer(['form', 'list', '--json', ...ON]);
    expect(code).toBe(0);
    expect(json.map(({ id }) => id)).toEqual(formsInForce('2026-11-20').map(({ id }) => id));
    expect(json.find(({ id }) => id === 'meldeschein')).toMatchObject({
      type: 'form',
      legalBasis: '§§ 17, 19, 23, 24 Abs. 1 BMG',
      audience: 'authority',
      blank: true,
      kinds: ['anmeldung', 'ummeldung', 'abmeldung'],
      fields: expect.arrayContaining([expect.objectContaining({ path: 'art', label: expect.any(String) })]),
    });
  });

  it('tells the versions of another day, or all of them', async () => {
    const old = await koffer(['form', 'list', '--json', '--on', '2025-02-16']);
    expect(old.json.find(({ id }) => id === 'pin-brief')).toMatchObject({ validTo: '2025-02-16' });
    expect((await koffer(['form', 'list', '--json', '--all'])).json).toHaveLength(FORMS.length);
  });
});

describe('koffer form sample', () => {
  it('writes data that koffer form render takes', PATIENCE, async () => {
    const out = join(tempFolder(), 'out.pdf');
    const data = await sampleOf('meldeschein');
    const { code, json } = await koffer(
      ['form', 'render', 'meldeschein', '--data', '-', '-o', out, '--json', ...ON],
      data,
    );
    expect(code).toBe(0);
    expect(json).toEqual([
      expect.objectContaining({ type: 'form-file', id: 'meldeschein', file: out, placeholders: [] }),
    ]);
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
    expect(statSync(out).mode & 0o077).toBe(0);
  });

  it('writes the data into a file, or bare as one line', async () => {
    const file = join(tempFolder(), 'data.json');
    expect((await koffer(['form', 'sample', 'vollmacht', '--variant', 'empty', '-o', file])).code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({});
    const { json } = await koffer(['form', 'sample', 'vollmacht', '--json']);
    expect(json).toEqual([expect.objectContaining({ powers: { collectPersonalausweis: true } })]);
  });
});

describe('koffer form render', PATIENCE, () => {
  it('draws what was not given, says so and marks the pages', async () => {
    const out = join(tempFolder(), 'out.pdf');
    const data = tempFile('data.json', await sampleOf('pa-antrag'));
    const { code, err, json } = await koffer([
      'form',
      'render',
      'pa-antrag',
      '--data',
      data,
      '-o',
      out,
      '--json',
      ...ON,
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toEqual([
      expect.objectContaining({ placeholders: ['photo', 'signature'], watermark: 'MUSTER' }),
    ]);
    expect((await koffer(['form', 'render', 'pa-antrag', '--data', data, '-o', out, ...ON])).err).toContain(
      '--picture photo=FILE',
    );
  });

  it('takes the pictures, the letterhead, the text modules and the case number', async () => {
    const folder = tempFolder();
    const out = join(folder, 'out.pdf');
    const letterhead = tempFile(
      'kopf.json',
      JSON.stringify({ authority: 'Gemeinde Beispiel', lines: [], dataProtection: 'ds@beispiel.example' }),
    );
    const modules = tempFile(
      'texte.json',
      JSON.stringify({ duties: ['Bitte melden Sie sich bei {authority}.'] }),
    );
    const assets = await FORMS[0]?.samples.assets?.('filled');
    const files = Object.entries(assets ?? {}).flatMap(([name, { bytes }]) => {
      const file = join(folder, `${name}.png`);
      writeFileSync(file, bytes);
      return ['--picture', `${name}=${file}`];
    });
    const args = [
      '--letterhead',
      letterhead,
      '--text-modules',
      modules,
      '--case-number',
      'K-1',
      '--fillable',
    ];
    const { code, json } = await koffer(
      ['form', 'render', 'pa-antrag', '--data', '-', '-o', out, '--json', ...ON, ...files, ...args],
      await sampleOf('pa-antrag'),
    );
    expect(code).toBe(0);
    expect(json).toEqual([expect.objectContaining({ caseNumber: 'K-1', fillable: true, placeholders: [] })]);
  });

  it('gives the file to the next program, and says the rest on standard error', async () => {
    const args = ['form', 'render', 'vollmacht', '--data', '-', '-o', '-', ...ON];
    const { code, out, err, file } = await koffer(args, '{}');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(new TextDecoder('latin1').decode(file.subarray(0, 5))).toBe('%PDF-');
    expect(err).toContain('-: Vollmacht');
    const refused = await koffer([...args, '--json'], '{}');
    expect(refused).toMatchObject({ code: 2, json: [{ type: 'error', error: { kind: 'usage' } }] });
  });

  const poppler = spawnSync('pdftoppm', ['-v']).error === undefined;
  if (!poppler) console.log('skipped: pdftoppm is not installed (Debian package poppler-utils)');
  it.skipIf(!poppler)('writes a picture of the first page', async () => {
    const [out, png] = ['form.pdf', 'form.png'].map((name) => join(tempFolder(), name));
    const args = ['form', 'render', 'vollmacht', '--data', '-', '-o', out ?? '', '--png', png ?? ''];
    expect((await koffer([...args, ...ON], '{}')).code).toBe(0);
    expect(
      readFileSync(png ?? '')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it.each([
    ['a missing field', 'meldeschein', { art: 'anmeldung' }, 'persons', /Bitte ergänzen/u],
    ['an unknown kind', 'fuehrungszeugnis', { art: 'XX' }, 'art', /Art des Führungszeugnisses/u],
    ['a certificate without data', 'lebensbescheinigung', {}, '', /./u],
  ])('names the field of %s and what the clerk can do', async (_, id, more, path, remedy) => {
    const out = join(tempFolder(), 'out.pdf');
    const { code, json } = await koffer(
      ['form', 'render', id, '--data', '-', '-o', out, '--json', ...ON],
      JSON.stringify(more),
    );
    expect(code).toBe(1);
    expect(json).toEqual([
      {
        type: 'error',
        error: expect.objectContaining({ path, germanRemedy: expect.stringMatching(remedy) }),
      },
    ]);
    expect(statSync(out, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('refuses an item that law does not permit on the paper, and says so in German', async () => {
    const data = { ...JSON.parse(await sampleOf('meldebestaetigung')), religion: 'evangelisch' };
    const { code, json } = await koffer(
      ['form', 'render', 'meldebestaetigung', '--data', '-', '-o', 'x.pdf', '--json', ...ON],
      JSON.stringify(data),
    );
    expect(code).toBe(1);
    const error = {
      code: 'not-allowed',
      path: 'religion',
      germanRemedy: expect.stringContaining('nicht enthalten'),
    };
    expect(json).toEqual([{ type: 'error', error: expect.objectContaining(error) }]);
  });

  it('says the German remedy of what law refuses, with the label of the field', async () => {
    const data = {
      ...JSON.parse(await sampleOf('fuehrungszeugnis')),
      applicant: { role: 'proxy', persons: [] },
    };
    const out = join(tempFolder(), 'out.pdf');
    const { code, err } = await koffer(
      ['form', 'render', 'fuehrungszeugnis', '--data', '-', '-o', out, ...ON],
      JSON.stringify(data),
    );
    expect(code).toBe(1);
    expect(err).toContain('applicant.role');
    expect(err).toContain('→ „Den Antrag stellt“: Ein Führungszeugnis kann nicht durch Bevollmächtigte');
  });

  it.each([
    [['form', 'sample', 'bootsschein'], 'id'],
    [['form', 'list', '--on', '2026-02-30'], 'on'],
    [['form', 'sample', 'pa-antrag', '--on', '2020-01-01'], 'on'],
  ])('judges %j bad and names %s', async (args, path) => {
    const { code, json } = await koffer([...args, '--json']);
    expect(code).toBe(1);
    expect(json).toEqual([{ type: 'error', error: expect.objectContaining({ path }) }]);
  });

  it('refuses what is no JSON without quoting it', async () => {
    const out = join(tempFolder(), 'out.pdf');
    const { code, json } = await koffer(
      ['form', 'render', 'quittung', '--data', '-', '-o', out, '--json', ...ON],
      '{"payer": Geheimmann}',
    );
    expect(code).toBe(1);
    expect(JSON.stringify(json)).not.toContain('Geheimmann');
  });

  it('is wrongly used with a picture that has no name', async () => {
    const args = ['form', 'render', 'quittung', '--data', '-', '-o', 'x.pdf', '--picture', 'photo.jpg'];
    expect((await koffer([...args, '--json'])).code).toBe(2);
  });
});

describe('koffer form read', PATIENCE, () => {
  it('gives back the data of a fillable form', async () => {
    const folder = tempFolder();
    const [pdf, json] = [join(folder, 'form.pdf'), join(folder, 'data.json')];
    const data = await sampleOf('uebergabe-protokoll');
    const render = [
      'form',
      'render',
      'uebergabe-protokoll',
      '--data',
      '-',
      '-o',
      pdf,
      '--fillable',
      '--no-attachment',
    ];
    expect((await koffer([...render, ...ON], data)).code).toBe(0);
    const read = await koffer(['form', 'read', pdf, '--json']);
    expect(read.code).toBe(0);
    expect(read.json).toEqual([
      expect.objectContaining({
        type: 'form-data',
        id: 'uebergabe-protokoll',
        complete: true,
        data: JSON.parse(data),
        findings: [],
      }),
    ]);
    expect((await koffer(['form', 'read', pdf, '-o', json])).code).toBe(0);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(JSON.parse(data));
  });

  it('judges a form bad that nobody filled in, and names what is missing', async () => {
    const pdf = join(tempFolder(), 'form.pdf');
    await koffer(['form', 'render', 'vollmacht', '--data', '-', '-o', pdf, '--fillable', ...ON], '{}');
    const { code, json } = await koffer(['form', 'read', pdf, '--json']);
    expect(code).toBe(1);
    expect(json).toEqual([expect.objectContaining({ complete: false })]);
    expect(JSON.stringify(json)).toContain('missing');
  });

  it('fails for what is no form, and goes on with the next file', async () => {
    const { code, json } = await koffer([
      'form',
      'read',
      tempFile('a.pdf', 'no PDF'),
      'nowhere.pdf',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(json.map(({ type }) => type)).toEqual(['error', 'error']);
  });
});
