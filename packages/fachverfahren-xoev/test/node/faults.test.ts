import { mkdtemp, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fachverfahrenHttp } from '../../src/index.js';
import { readRueckweisung } from '../../src/xmeld/index.js';
import { cleanUp, double, message0430, submission } from './fixtures.js';

afterEach(cleanUp);

/** Sets a fault as an integrator does, over HTTP. */
const setFault = (url: string, fault: unknown): Promise<Response> =>
  fetch(`${url}/v1/test/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });

describe('the double on demand', { timeout: 20_000 }, () => {
  it('refuses with 503 and an invitation to come back, as often as asked', async () => {
    const { url } = await double();
    const client = fachverfahrenHttp({ baseUrl: url });
    await setFault(url, { name: 'refuse', times: 2 });
    for (const _ of [1, 2]) {
      await expect(client.health()).rejects.toMatchObject({
        code: 'refused',
        retryable: true,
        retryAfterMs: 1000,
      });
    }
    await expect(client.health()).resolves.toBeUndefined();
  });

  it('answers with a page of HTML and stores nothing', async () => {
    const { url, acts } = await double({ fault: { name: 'garbage', times: 1 } });
    const client = fachverfahrenHttp({ baseUrl: url });
    const one = await submission();
    await expect(client.submit(one)).rejects.toMatchObject({ code: 'protocol' });
    expect(await client.state(one.submissionId)).toBeUndefined();
    expect(await acts()).toEqual([]);
  });

  it('answers slower than a deadline, and a close does not wait for it', async () => {
    const { url, close } = await double({ fault: { name: 'slow', seconds: 600 } });
    const client = fachverfahrenHttp({ baseUrl: url, deadlines: { healthMs: 50 } });
    await expect(client.health()).rejects.toMatchObject({ code: 'timeout' });
    await close();
  });

  it('rejects the submission, each message with a 0010 in which its UUID stands', async () => {
    const { url } = await double({ fault: { name: 'reject' } });
    const client = fachverfahrenHttp({ baseUrl: url });
    const message = message0430();
    const one = await submission({ messages: [message] });
    await client.submit(one);
    const state = await client.state(one.submissionId);
    expect(state).toMatchObject({ state: 'rejected', reason: { code: 'rejected-on-demand' } });
    const [answer] = state?.state === 'rejected' ? state.answers : [];
    const xml = answer?.kind === 'rejection' ? Buffer.from(answer.xml, 'base64') : Buffer.alloc(0);
    expect(readRueckweisung(xml).rejected?.uuid).toBe(message.uuid);
  });

  it('delivers the same answer twice', async () => {
    const { url } = await double({ fault: { name: 'answer-twice' } });
    const one = await submission();
    await fachverfahrenHttp({ baseUrl: url }).submit(one);
    const raw = await (await fetch(`${url}/v1/submissions/${one.submissionId}`)).json();
    const ids: string[] = raw.answers.map(({ answerId }: { answerId: string }) => answerId);
    expect(ids.length).toBe(2 * new Set(ids).size);
  });

  it('takes a fault back and refuses one that it does not know', async () => {
    const { url } = await double({ fault: { name: 'refuse' } });
    expect((await setFault(url, { name: 'explode' })).status).toBe(400);
    expect(await (await setFault(url, null)).json()).toEqual({ fault: null });
    await fachverfahrenHttp({ baseUrl: url }).health();
  });
});

describe('the double as a guarded service', { timeout: 20_000 }, () => {
  it('asks for its token everywhere but for its health', async () => {
    const { url, certificatePem } = {
      ...(await double({ token: 'secret' })),
      certificatePem: '-----BEGIN CERTIFICATE-----',
    };
    const stranger = fachverfahrenHttp({ baseUrl: url, token: 'wrong' });
    await stranger.health();
    await expect(stranger.certificate()).rejects.toMatchObject({ code: 'unauthorized', retryable: false });
    expect(await fachverfahrenHttp({ baseUrl: url, token: 'secret' }).certificate()).toContain(
      certificatePem,
    );
  });

  it.each([
    ['an unknown address', 'GET', '/v1/nothing', undefined, undefined, 404],
    ['another method', 'DELETE', '/v1/health', undefined, undefined, 405],
    ['an identity that is no UUID', 'GET', '/v1/submissions/..%2f..', undefined, undefined, 400],
    [
      'a body of another media type',
      'PUT',
      '/v1/submissions/3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430',
      'text/plain',
      'x',
      415,
    ],
    [
      'an empty body',
      'PUT',
      '/v1/submissions/3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430',
      'application/jose',
      '',
      400,
    ],
    ['a query that is no JSON', 'POST', '/v1/register/lookups', 'application/json', '{', 400],
    ['a query of another shape', 'POST', '/v1/register/lookups', 'application/json', '{}', 400],
    [
      'a query that is too large',
      'POST',
      '/v1/register/lookups',
      'application/json',
      'x'.repeat(70_000),
      413,
    ],
  ])('answers %s with a problem', async (_, method, path, mediaType, body, status) => {
    const { url } = await double();
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(mediaType === undefined ? {} : { headers: { 'content-type': mediaType } }),
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ code: expect.any(String), message: expect.any(String) });
  });

  it('reports a port in use and a folder that is a file, each in one line with a remedy', async () => {
    const { url } = await double();
    await expect(double({ port: Number(new URL(url).port) })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('already in use'),
    });
    const place = await mkdtemp(join(tmpdir(), 'double-'));
    const file = join(place, 'file');
    await writeFile(file, '');
    await expect(double({ folder: file })).rejects.toMatchObject({ code: 'refused', path: file });
    await rm(place, { recursive: true });
  });
});
