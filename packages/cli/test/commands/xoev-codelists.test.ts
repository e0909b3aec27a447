import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

let data = '';
beforeEach(() => {
  data = tempFolder();
  vi.stubEnv('XDG_DATA_HOME', data);
  return () => vi.unstubAllEnvs();
});

/** An invented list. */
const list = (version: string, validFrom: string, name = 'Rot'): string =>
  '<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">' +
  `<Annotation><Description><validFrom>${validFrom}</validFrom></Description></Annotation>` +
  `<Identification><ShortName>Farbe</ShortName><Version>${version}</Version><CanonicalUri>urn:example:farbe</CanonicalUri></Identification>` +
  '<ColumnSet><Column Id="code"/><Column Id="name"/><Key Id="k"><ColumnRef Ref="code"/></Key></ColumnSet>' +
  `<SimpleCodeList><Row><Value><SimpleValue>01</SimpleValue></Value><Value><SimpleValue>${name}</SimpleValue></Value></Row></SimpleCodeList></gc:CodeList>`;

const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'sub'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};
const installed = (): readonly string[] => readdirSync(join(data, 'buergerkoffer', 'codelists'));

describe('koffer xoev install', () => {
  it('keeps the code lists of a folder, packed or not, and passes over other files', async () => {
    const folder = folderWith({
      'a.xml': list('1', '2020-01-01'),
      'sub/b.xml.gz': gzipSync(list('2', '2026-05-01')),
      'other.xml': '<html/>',
      'readme.txt': 'x',
    });
    const { code, json, err } = await koffer(['xoev', 'install', folder, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toEqual([
      expect.objectContaining({
        type: 'codelist',
        version: '1',
        validFrom: '2020-01-01',
        rows: 1,
        storedAs: 'installed',
      }),
      expect.objectContaining({ type: 'codelist', version: '2', storedAs: 'installed' }),
      expect.objectContaining({ type: 'install', installed: 2, unchanged: 0, skipped: 1, failed: 0 }),
    ]);
    expect(installed().length).toBe(2);
  });

  it('changes nothing a second time, and replaces a version whose content changed', async () => {
    const folder = folderWith({ 'a.xml': list('1', '2020-01-01') });
    await koffer(['xoev', 'install', folder]);
    expect((await koffer(['xoev', 'install', folder, '--json'])).json.at(-1)).toMatchObject({
      unchanged: 1,
      installed: 0,
    });
    writeFileSync(join(folder, 'a.xml'), list('1', '2020-01-01', 'Blau'));
    expect((await koffer(['xoev', 'install', join(folder, 'a.xml'), '--json'])).json.at(-1)).toMatchObject({
      replaced: 1,
    });
    expect((await koffer(['xoev', 'code', 'farbe', '01', '--json'])).json[0]).toMatchObject({
      label: 'Blau',
    });
    expect(installed().length).toBe(1);
  });

  it('installs what is right beside what is not, and ends with 1', async () => {
    const folder = folderWith({
      'a.xml': list('1', '2020-01-01'),
      'cut.xml': list('2', '2020-01-01').slice(0, 300),
      'dtd.xml': `<!DOCTYPE x>${list('3', '2020-01-01')}`,
      'same.xml': list('1', '2020-01-01', 'Gelb'),
      'zip.xml.gz': gzipSync(list('4', '2020-01-01')).subarray(0, 40),
    });
    const { code, json } = await koffer(['xoev', 'install', folder, '--json']);
    expect(code).toBe(1);
    const faults = json
      .filter(({ type }) => type === 'error')
      .map(({ error }) => (error as { code: string }).code);
    expect(faults).toEqual(['truncated', 'not-allowed', 'not-allowed', 'malformed']);
    expect(json.at(-1)).toMatchObject({ installed: 1, failed: 4 });
    expect(installed()).toEqual(['urn%3Aexample%3Afarbe_1.codelist.json']);
  });

  it('does not unpack what would fill the memory', { timeout: 60_000 }, async () => {
    const folder = folderWith({ 'bomb.xml.gz': gzipSync(Buffer.alloc(65 * 1024 * 1024, ' ')) });
    const { code, json } = await koffer(['xoev', 'install', folder, '--json']);
    expect(code).toBe(1);
    expect(json[0]?.['error']).toMatchObject({ code: 'too-large' });
  });

  it('follows no links', async () => {
    const folder = folderWith({ 'a.xml': list('1', '2020-01-01') });
    symlinkSync(folder, join(folder, 'sub', 'loop'));
    symlinkSync('/etc/passwd', join(folder, 'passwd.xml'));
    expect((await koffer(['xoev', 'install', folder, '--json'])).json.at(-1)).toMatchObject({
      installed: 1,
      skipped: 0,
      failed: 0,
    });
  });

  it.each([
    ['a folder that is not there', '/nowhere/at/all'],
    ['a folder without code lists', undefined],
  ])('judges %s bad', async (_what, path) => {
    const { code, json } = await koffer(['xoev', 'install', path ?? folderWith({}), '--json']);
    expect(code).toBe(1);
    expect(json).toEqual([{ type: 'error', error: expect.objectContaining({ code: 'missing' }) }]);
  });
});

describe('koffer xoev code', () => {
  beforeEach(async () => {
    const folder = folderWith({
      'a.xml': list('1', '2020-01-01'),
      'b.xml': list('2', '2026-05-01', 'Rötlich'),
    });
    await koffer(['xoev', 'install', folder]);
  });

  it.each([
    [['--on', '2026-04-30'], '1', 'Rot'],
    [['--on', '2026-05-01'], '2', 'Rötlich'],
    [['--list-version', '1'], '1', 'Rot'],
  ])('tells what a code means with %j', async (flags, version, label) => {
    const { code, json } = await koffer(['xoev', 'code', 'farbe', '01', ...flags, '--json']);
    expect(code).toBe(0);
    expect(json).toEqual([
      expect.objectContaining({
        type: 'code',
        list: 'urn:example:farbe',
        version,
        code: '01',
        found: true,
        label,
        values: { code: '01', name: label },
      }),
    ]);
  });

  it('is a sheet for people', async () => {
    const { out } = await koffer(['xoev', 'code', 'Farbe', '01', '--on', '2026-05-01']);
    expect(out).toBe('01  Rötlich\n  code: 01\n  name: Rötlich\n  (Farbe, Fassung 2, gilt ab 2026-05-01)\n');
  });

  it('judges a code bad that the list does not hold', async () => {
    const { code, json } = await koffer(['xoev', 'code', 'farbe', '99', '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ found: false, code: '99' });
  });

  it.each([
    [['form', '01'], 'missing', 'list'],
    [['farbe', '01', '--on', '2019-12-31'], 'missing', 'on'],
    [['farbe', '01', '--on', '31.12.2019'], 'malformed', 'on'],
    [['farbe', '01', '--list-version', '3'], 'missing', 'list-version'],
  ])('judges %j bad', async (args, kind, path) => {
    const { code, json } = await koffer(['xoev', 'code', ...args, '--json']);
    expect(code).toBe(1);
    expect(json[0]?.['error']).toMatchObject({ code: kind, path });
  });

  it('says which stored file was changed', async () => {
    writeFileSync(join(data, 'buergerkoffer', 'codelists', installed()[0] ?? ''), '{}');
    const { code, json } = await koffer(['xoev', 'code', 'farbe', '01', '--json']);
    expect(code).toBe(3);
    expect(json[0]?.['error']).toMatchObject({ code: 'corrupt', path: expect.stringContaining('farbe_1') });
  });
});

describe('koffer xoev lists', () => {
  it('tells what is installed', async () => {
    expect(await koffer(['xoev', 'lists'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('install DIR'),
    });
    await koffer(['xoev', 'install', folderWith({ 'a.xml': list('1', '2020-01-01') })]);
    expect((await koffer(['xoev', 'lists', '--json'])).json).toEqual([
      expect.objectContaining({
        type: 'codelist',
        kennung: 'urn:example:farbe',
        rows: 1,
        columns: ['code', 'name'],
      }),
    ]);
  });
});

const PUBLISHED = fileURLToPath(new URL('../../../../../shared/data/xoev/codelists', import.meta.url));

it.skipIf(!existsSync(PUBLISHED))(
  'finds municipality, state and nationality in published lists',
  async () => {
    const folder = tempFolder();
    for (const file of readdirSync(PUBLISHED)) {
      if (/^(?:AGS|DESTATIS|DSMeld_Pass)/.test(file)) cpSync(join(PUBLISHED, file), join(folder, file));
    }
    const { code, json } = await koffer(['xoev', 'install', folder, '--json']);
    expect(code).toBe(0);
    expect(json.at(-1)).toMatchObject({ installed: 4, failed: 0 });
    const labels = [];
    for (const [name, value] of [
      ['ags', '05315000'],
      ['staat', '129'],
      ['staatsangehoerigkeit', '000'],
      ['passart', '09'],
    ] as const) {
      const answer = await koffer(['xoev', 'code', name, value, '--on', '2026-11-01', '--json']);
      labels.push(answer.json[0]?.['label']);
    }
    expect(labels).toEqual(['Köln, Stadt', 'Frankreich', 'deutsch', 'Personalausweis']);
  },
  60_000,
);
