import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageSchema, writeMessage } from '../../src/message/index.js';
import { sampleMessage, type SampleSize } from '../support/sample-message.js';
import { withoutData, XMELD, XOEV_DATA, xoevSchemas } from '../support/xoev-data.js';

const withoutXmllint = spawnSync('xmllint', ['--version']).error !== undefined;
if (withoutXmllint) console.warn('xmllint test skipped: xmllint (libxml2-utils) is not installed');

const SIZES: readonly SampleSize[] = [
  { whole: false, branch: 0 },
  { whole: true, branch: 0 },
  { whole: true, branch: 1 },
];

describe.skipIf(withoutData || withoutXmllint)('every message of OSCI-XMeld 25.11a', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xoev-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('with the least and with all of its parts is accepted by zod, and valid under xmllint when it was written', async () => {
    const descriptor = (await xoevSchemas()).describe(XMELD);
    const files: string[] = [];
    for (const root of Object.keys(descriptor.roots)) {
      const schema = messageSchema(descriptor, root);
      for (const [index, size] of SIZES.entries()) {
        const value = sampleMessage(descriptor, root, size);
        expect(schema.safeParse(value).error?.issues ?? [], root).toEqual([]);
        const file = join(folder, `${root.replace(':', '-')}-${index}.xml`);
        writeFileSync(file, writeMessage(descriptor, root, value));
        files.push(file);
      }
    }
    expect(files.length).toBe(3 * 139);
    const schema = join(XOEV_DATA, 'xmeld-25.11a/xinneres.xmeld.xsd');
    const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
      encoding: 'utf8',
      env: { ...process.env, XML_CATALOG_FILES: join(XOEV_DATA, 'catalog.xml') },
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([]);
    expect(run.status).toBe(0);
  }, 120_000);
});
