import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openVault } from '@buergerkoffer/vault/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

let chain: Uint8Array;
let publicPem: string;

beforeAll(async () => {
  const folder = tempFolder();
  const vault = await openVault(folder, { codec: { read: String } });
  const file = await vault.createCase();
  await file.append('begun');
  const { id } = file;
  await file.close();
  await vault.erase(id);
  chain = await vault.audit.read(id);
  await vault.close();
  const privatePem = readFileSync(join(folder, 'audit-key.pem'));
  publicPem = createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString();
});

describe('koffer audit verify', () => {
  it('proves the origin with the key of the suitcase', async () => {
    const file = tempFile('audit.jsonl', chain);
    const { code, json, err } = await koffer([
      'audit',
      'verify',
      file,
      '--key',
      tempFile('k.pem', publicPem),
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toEqual([expect.objectContaining({ type: 'audit', file, verified: true, keyed: 'origin' })]);
  });

  it('says that the origin was not checked without a key', async () => {
    const { code, out } = await koffer(['audit', 'verify', tempFile('audit.jsonl', chain)]);
    expect(code).toBe(0);
    expect(out).toContain('its origin was not checked (no --key)');
  });

  it('reads standard input as -', async () => {
    const { code, json } = await koffer(['audit', 'verify', '-', '--json'], chain);
    expect(code).toBe(0);
    expect(json).toMatchObject([{ file: '-', verified: true }]);
  });

  it('tells one line per file, and the worst counts', async () => {
    const good = tempFile('good.jsonl', chain);
    const cut = tempFile('cut.jsonl', chain.slice(0, -1));
    const { code, json, err } = await koffer(['audit', 'verify', good, 'nowhere.jsonl', cut, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(json).toMatchObject([
      { file: good, verified: true },
      { type: 'error', file: 'nowhere.jsonl', error: { code: 'missing' } },
      { file: cut, verified: false, firstFault: { code: 'torn' } },
    ]);
  });

  it('finds a flipped byte and names its line', async () => {
    const flipped = chain.slice();
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    const { code, out } = await koffer(['audit', 'verify', tempFile('audit.jsonl', flipped)]);
    expect(code).toBe(1);
    expect(out).toMatch(/NOT verified, line 1, byte 0: /);
  });

  it.each([
    ['no key at all', 'hello'],
    ['an empty file', ''],
  ])('judges %s as --key bad', async (_, content) => {
    const file = tempFile('audit.jsonl', chain);
    const { code, err } = await koffer(['audit', 'verify', file, '--key', tempFile('k.pem', content)]);
    expect(code).toBe(1);
    expect(err).toMatch(/^koffer: .*key.*\n {2}→ .*\n$/);
  });

  it('stops reading at the length that a chain may have', async () => {
    const { code, json } = await koffer(['audit', 'verify', '/dev/zero', '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ error: { code: 'too-large' } }]);
  });

  it('says that a folder is no file', async () => {
    const { code, err } = await koffer(['audit', 'verify', tempFolder()]);
    expect(code).toBe(1);
    expect(err).toContain('this is a folder, not a file');
  });
});
