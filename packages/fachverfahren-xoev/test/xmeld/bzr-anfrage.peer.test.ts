import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBzrAnfrage, writeBzrAnfrage, writeRueckweisung } from '../../src/xmeld/index.js';
import { bzrAnfrage } from './bzr-anfrage-arbitrary.js';
import { FOR_AUTHORITY, SAMPLE } from './samples.js';
import { withoutSchemas, XOEV_DATA } from './schema.js';

const withoutXmllint = spawnSync('xmllint', ['--version']).error !== undefined;
if (withoutXmllint) console.warn('xmllint test skipped: xmllint (libxml2-utils) is not installed');

describe.skipIf(withoutSchemas || withoutXmllint)('xmllint', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xoev-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('judges every message that we write valid', () => {
    const generated = fc
      .sample(bzrAnfrage, { numRuns: 400, seed: 25 })
      .filter((message) => checkBzrAnfrage(message).every(({ severity }) => severity !== 'error'));
    const rejection = writeRueckweisung({
      frame: SAMPLE,
      reader: { kennung: 'ags:09000009', name: 'S Stadt' },
      reasons: [{ code: 'S999', description: 'Der Verwendungszweck fehlt.' }],
      rejected: { uuid: SAMPLE.uuid, type: '0430', created: SAMPLE.erstellungszeitpunkt },
      originalBase64: 'PGEvPg==',
    });
    const messages = [...[SAMPLE, FOR_AUTHORITY, ...generated].map(writeBzrAnfrage), rejection];
    const files = messages.map((xml, index) => {
      const file = join(folder, `${index}.xml`);
      writeFileSync(file, xml);
      return file;
    });
    const schema = join(XOEV_DATA, 'xmeld-25.11a/xinneres.xmeld.xsd');
    const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
      encoding: 'utf8',
      env: { ...process.env, XML_CATALOG_FILES: join(XOEV_DATA, 'catalog.xml') },
    });
    expect(run.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([]);
    expect(run.status).toBe(0);
    expect(files.length).toBeGreaterThan(50);
  }, 60_000);
});
