import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactEncrypt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeSealedPayload, fachverfahrenHttp, SEALED_CONTENT_TYPE } from '../../src/index.js';
import { cleanUp, double, payload, REGISTER, temporaryFolder } from './fixtures.js';

const PROGRAM = fileURLToPath(new URL('../../bin/fachverfahren-double.js', import.meta.url));
const children: ChildProcess[] = [];

function run(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

/** The address that a starting double prints. */
async function ready(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) {
    const said: unknown = JSON.parse(line);
    expect(said).toMatchObject({ event: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    return String((said as { url: string }).url);
  }
  throw new Error('the double ended before it was ready');
}

/** Exit code and what was written to stderr. */
async function ended(child: ChildProcess): Promise<{ readonly code: unknown; readonly said: string }> {
  let said = '';
  child.stderr?.on('data', (part) => {
    said += String(part);
  });
  const [code]: unknown[] = await once(child, 'close');
  return { code, said };
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await cleanUp();
});

describe('the program fachverfahren-double', { timeout: 30_000 }, () => {
  it('is ready with its address, takes a case sealed to its own certificate, and acts once over a kill', async () => {
    const folder = await temporaryFolder();
    const first = run('--folder', folder, '--fault', 'drop-after-accept');
    const client = fachverfahrenHttp({ baseUrl: await ready(first) });
    const content = await payload();
    const jwe = await new CompactEncrypt(encodeSealedPayload(content))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
      .encrypt(createPublicKey(await client.certificate()));
    const one = {
      submissionId: content.submissionId,
      body: new TextEncoder().encode(jwe),
      contentType: SEALED_CONTENT_TYPE,
    };
    await expect(client.submit(one)).rejects.toMatchObject({ code: 'unreachable' });
    first.kill('SIGKILL');
    await once(first, 'close');

    const second = run('--folder', folder);
    const again = fachverfahrenHttp({ baseUrl: await ready(second) });
    expect(await again.submit(one)).toMatchObject({ known: true, state: { state: 'accepted' } });
    const acts = (await readFile(join(folder, 'acts.jsonl'), 'utf8')).trim().split('\n');
    expect(acts.map((line) => JSON.parse(line).submissionId)).toEqual([one.submissionId]);
    const ending = ended(second);
    second.kill('SIGTERM');
    expect(await ending).toEqual({ code: 0, said: '' });
  });

  it('looks up in the register that it is given', async () => {
    const folder = await temporaryFolder();
    const register = join(folder, 'register.json');
    await writeFile(register, JSON.stringify(REGISTER));
    const client = fachverfahrenHttp({
      baseUrl: await ready(run('--folder', join(folder, 'double'), '--register', register)),
    });
    const answer = await client.find({
      purpose: 'personalausweis',
      familyName: 'Gabler',
      birthDate: '1964-08-12',
    });
    expect(answer.status).toBe('unique');
  });

  it('says in one line that the port is in use and exits with 3', async () => {
    const { url } = await double();
    const { code, said } = await ended(run('--folder', await temporaryFolder(), '--port', new URL(url).port));
    expect(code).toBe(3);
    expect(said).toMatch(/^fachverfahren-double: port \d+ on 127\.0\.0\.1 is already in use; .*\n$/);
  });

  it('says in one line that the folder cannot be used and exits with 3', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const { code, said } = await ended(run('--folder', join(file, 'double')));
    expect(code).toBe(3);
    expect(said).toMatch(/^fachverfahren-double: the folder of the double cannot be used: [^\n]+\n$/);
  });

  it.each([
    ['no folder', []],
    ['an option that it does not know', ['--folder', 'x', '--nothing']],
    ['a port out of range', ['--folder', 'x', '--port', '70000']],
    ['a fault that it does not know', ['--folder', 'x', '--fault', 'explode']],
    ['a key without certificate', ['--folder', 'x', '--key', 'y']],
    ['a register that is not there', ['--folder', 'x', '--register', 'nowhere.json']],
  ])('says in one line what is wrong with %s and exits with 2', async (_, args) => {
    const { code, said } = await ended(run(...args));
    expect(code).toBe(2);
    expect(said).toMatch(/^fachverfahren-double: [^\n]+\n$/);
  });
});
