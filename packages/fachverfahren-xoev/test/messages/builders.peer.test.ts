import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutSchemas, XOEV_DATA } from '../xmeld/schema.js';
import { WRITTEN } from './written.js';

const withoutXmllint = spawnSync('xmllint', ['--version']).error !== undefined;
if (withoutXmllint) console.warn('xmllint test skipped: xmllint (libxml2-utils) is not installed');

describe.skipIf(withoutSchemas || withoutXmllint)('xmllint', () => {
  it('judges what every builder writes valid', () => {
    const folder = mkdtempSync(join(tmpdir(), 'messages-'));
    try {
      const files = Object.entries(WRITTEN).map(([type, write]) => {
        const file = join(folder, `${type}.xml`);
        writeFileSync(file, write());
        return file;
      });
      const schema = join(XOEV_DATA, 'xmeld-25.11a/xinneres.xmeld.xsd');
      const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
        encoding: 'utf8',
        env: { ...process.env, XML_CATALOG_FILES: join(XOEV_DATA, 'catalog.xml') },
      });
      const complaints = run.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'));
      expect(complaints).toEqual([]);
      expect(run.status).toBe(0);
      expect(files).toHaveLength(20);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
