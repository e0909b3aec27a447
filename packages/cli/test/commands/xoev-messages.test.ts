import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

// Schemas are compiled in each run.
vi.setConfig({ testTimeout: 60_000 });

const DATA = fileURLToPath(new URL('../../../../../shared/data/xoev/', import.meta.url));
const withoutData = !existsSync(join(DATA, 'catalog.xml'));
if (withoutData) console.warn('tests of koffer xoev skipped: ../shared/data/xoev is not there');

const SCHEMAS = ['--schemas', join(DATA, 'xmeld-25.11a')];
const REFERENCE = join(DATA, 'messages/reference/FachspezifischBehoerdenauskunft006a-1330.xml');
const FAULTY = join(DATA, 'messages/faulty/test-payload-1332.xml');

describe.skipIf(withoutData)('koffer xoev validate', () => {
  it('answers a line of JSON for each file, in their order, and ends with 1 when one is not valid', async () => {
    const { code, json, err } = await koffer(['xoev', 'validate', REFERENCE, FAULTY, ...SCHEMAS, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(json.map(({ file, schemaValid, valid }) => ({ file, schemaValid, valid }))).toEqual([
      { file: REFERENCE, schemaValid: true, valid: true },
      { file: FAULTY, schemaValid: false, valid: false },
    ]);
    const findings = json.flatMap((line) => line['findings'] as Record<string, unknown>[]);
    expect(findings[0]).toMatchObject({ source: 'rule', severity: 'not-assessed', line: 182 });
    for (const finding of findings) {
      expect(['schema', 'rule']).toContain(finding['source']);
      expect(['error', 'warning', 'not-assessed']).toContain(finding['severity']);
      expect(finding['code']).toMatch(/^[STVX]\d{3}$/);
      expect(typeof finding['line'] === 'number' && typeof finding['path'] === 'string').toBe(true);
    }
  });

  it('finds what the schema lets pass', async () => {
    const text = readFileSync(REFERENCE, 'utf8').replace(/<code>1330<\/code>/, '<code>0430</code>');
    const { code, json } = await koffer(['xoev', 'validate', '-', ...SCHEMAS, '--json'], text);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ file: '-', schemaValid: true, valid: false });
    expect(json[0]?.['findings']).toContainEqual(
      expect.objectContaining({ source: 'rule', severity: 'error', code: 'S999' }),
    );
  });

  it.each([
    ['X000', '<a>'],
    ['X001', '<!DOCTYPE a><a/>'],
    ['X001', '<a>'.repeat(1000)],
    ['S001', Buffer.from('<a>\xfc</a>', 'latin1')],
    ['V000', '<x:a.1330 xmlns:x="http://www.osci.de/xmeld2605" version="26.05" standard="XMeld"/>'],
  ])('tells %s of a file that is no message at all', async (expected, input) => {
    const { code, json } = await koffer(['xoev', 'validate', '-', ...SCHEMAS, '--json'], input);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ schemaValid: false, valid: false });
    expect(json[0]?.['findings']).toContainEqual(
      expect.objectContaining({ source: 'schema', code: expected }),
    );
  });

  it('refuses more than 32 MiB unread, and goes on with the next file', async () => {
    const huge = join(tempFolder(), 'huge.xml');
    writeFileSync(huge, Buffer.alloc(32 * 1024 * 1024 + 1, 0x20));
    const { code, json } = await koffer(['xoev', 'validate', huge, REFERENCE, ...SCHEMAS, '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ file: huge, schemaValid: false, valid: false });
    expect(json[1]).toMatchObject({ file: REFERENCE, valid: true });
  });

  it('judges an expired version in production', async () => {
    const { code, json } = await koffer([
      'xoev',
      'validate',
      REFERENCE,
      ...SCHEMAS,
      '--production',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ schemaValid: true, valid: false });
  });

  it('tells people the line, the code and the place', async () => {
    const { out } = await koffer(['xoev', 'validate', FAULTY, ...SCHEMAS]);
    expect(out).toMatch(
      /NOT valid, \d+ errors?\n {2}line 2: X001 error: .*declares no such message\n {4}\/xmeld:/,
    );
  });

  it('wants the schemas, and wants them to be there', async () => {
    expect((await koffer(['xoev', 'validate', REFERENCE])).code).toBe(2);
    const { code, json } = await koffer(['xoev', 'validate', REFERENCE, '--schemas', '/nowhere', '--json']);
    expect({ code, error: (json[0]?.['error'] as Record<string, unknown>)['code'] }).toEqual({
      code: 1,
      error: 'missing',
    });
  });
});

describe('what is no folder of schemas', () => {
  it.each([
    ['sets.zip', 'unpack the archive'],
    ['a.xsd', 'name the folder'],
  ])('is told: %s', async (name, remedy) => {
    const file = join(tempFolder(), name);
    writeFileSync(file, 'PK');
    const { code, err } = await koffer(['xoev', 'schemas', '--schemas', file]);
    expect(code).toBe(1);
    expect(err).toMatch(/named by their folder, this is a file/);
    expect(err).toContain(remedy);
  });

  it('is told: a folder without any', async () => {
    const { code, err } = await koffer(['xoev', 'schemas', '--schemas', tempFolder()]);
    expect(code).toBe(1);
    expect(err).toMatch(/the folder holds no schemas/);
  });
});

describe.skipIf(withoutData)('koffer xoev roundtrip', () => {
  it('writes to standard output for -', async () => {
    const { code, out, file } = await koffer(['xoev', 'roundtrip', REFERENCE, '-o', '-']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(new TextDecoder().decode(file)).toMatch(
      /^<\?xml [^]*<\/xmeld:datenabruf\.personensuche\.suchanfrage\.1330>$/,
    );
    expect(existsSync('-')).toBe(false);
  });

  it('writes a message that is valid again, of any kind that the schemas describe', async () => {
    const out = join(tempFolder(), 'written.xml');
    const file = join(DATA, 'generated/max/kirche.zugang.1603.xml');
    const { code, json } = await koffer(['xoev', 'roundtrip', file, '-o', out, ...SCHEMAS, '--json']);
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({
      root: 'xmeld:kirche.zugang.1603',
      standard: 'XMeld',
      version: '25.11a',
      out,
    });
    const judged = await koffer(['xoev', 'validate', out, ...SCHEMAS, '--json']);
    expect(judged.json[0]).toMatchObject({ schemaValid: true });
  });

  it('knows the messages that have builders without schemas, and says what others need', async () => {
    const out = join(tempFolder(), 'known.xml');
    expect((await koffer(['xoev', 'roundtrip', REFERENCE, '-o', out])).code).toBe(0);
    const other = join(DATA, 'generated/min/kirche.zugang.1603.xml');
    const { code, err } = await koffer(['xoev', 'roundtrip', other, '-o', out]);
    expect(code).toBe(1);
    expect(err).toMatch(/schemas/);
  });
});

describe.skipIf(withoutData)('koffer xoev show', () => {
  it('shows a message in German, without schemas', async () => {
    const { code, out } = await koffer(['xoev', 'show', REFERENCE]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Suche nach einer Person \(datenabruf\.personensuche\.suchanfrage\.1330\)\n/);
    expect(out).toMatch(/\n {4}Geburtsdatum: 30\.05\.2007\n/);
  });
});

describe.skipIf(withoutData)('koffer xoev schemas and codegen', () => {
  it('tell whether a folder is closed, and generate the same code each time', async () => {
    const { code, json } = await koffer(['xoev', 'schemas', ...SCHEMAS, '--json']);
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({
      type: 'schema-set',
      namespace: 'http://www.osci.de/xmeld2511a',
      version: '25.11a',
    });
    const generate = async (name: string): Promise<readonly string[]> => {
      const out = join(tempFolder(), name);
      const made = await koffer([
        'xoev',
        'codegen',
        ...SCHEMAS,
        '-o',
        out,
        '--messages',
        '0430,0010',
        '--json',
      ]);
      expect(made.json[0]).toMatchObject({ standard: 'XMeld', version: '25.11a', messages: 2 });
      return readdirSync(out).map((file) => readFileSync(join(out, file), 'utf8'));
    };
    expect(await generate('first')).toEqual(await generate('second'));
  });
});
