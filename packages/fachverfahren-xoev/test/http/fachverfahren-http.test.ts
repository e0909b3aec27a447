import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '@buergerkoffer/formats';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fetch, Submission } from '../../src/index.js';
import { fachverfahrenHttp, MAX_ANSWER_BYTES, ServiceError } from '../../src/index.js';

const CANARY = 'Kanarienvogel';
const ID = '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430';
const SUBMISSION: Submission = {
  submissionId: ID,
  body: new TextEncoder().encode(CANARY),
  contentType: 'application/jose',
};
const QUERY = { purpose: 'personalausweis', familyName: CANARY, birthDate: '1964-08-12' };
const RECEIVED = { state: 'received', submissionId: ID, receivedAt: '2026-02-09T10:15:00.000Z' };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on a real socket that answers as told. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, mediaType: string, body: string, headers: Record<string, string> = {}) =>
  serving((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': mediaType, ...headers }).end(body);
  });

async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ServiceError);
  return error as ServiceError;
}

describe('the HTTP client', { timeout: 10_000 }, () => {
  it('keeps personal data out of addresses and sends the token', async () => {
    const seen: string[] = [];
    const url = await serving((request, response) => {
      seen.push(
        `${request.method} ${request.url} ${request.headers.authorization} ${request.headers['content-type']}`,
      );
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"none"}');
    });
    await fachverfahrenHttp({ baseUrl: `${url}/mandant`, token: async () => 'secret' }).find(QUERY);
    expect(seen).toEqual(['POST /mandant/v1/register/lookups Bearer secret application/json']);
  });

  it.each([
    [
      '503 with Retry-After',
      503,
      'text/plain',
      'busy',
      { 'retry-after': '7' },
      { code: 'refused', retryable: true, retryAfterMs: 7000 },
    ],
    [
      '429 with Retry-After',
      429,
      'text/plain',
      'busy',
      { 'retry-after': '0' },
      { code: 'refused', retryable: true, retryAfterMs: 0 },
    ],
    ['502 of a proxy', 502, 'text/html', '<html>', {}, { code: 'refused', retryable: true }],
    [
      '401',
      401,
      'application/json',
      '{"code":"unauthorized","message":"no"}',
      {},
      { code: 'unauthorized', retryable: false, status: 401 },
    ],
    [
      '409 with a problem',
      409,
      'application/json',
      '{"code":"other-body","message":"no"}',
      {},
      { code: 'rejected', retryable: false, status: 409 },
    ],
    ['413 of a proxy', 413, 'text/html', '<html>', {}, { code: 'protocol' }],
    [
      'a redirect',
      302,
      'text/html',
      '',
      { location: 'http://127.0.0.1:9/' },
      { code: 'protocol', status: 302 },
    ],
    ['a page of HTML', 200, 'text/html', '<!doctype html>', {}, { code: 'protocol', status: 200 }],
    ['HTML that claims to be JSON', 200, 'application/json', '<!doctype html>', {}, { code: 'protocol' }],
    ['JSON of another shape', 200, 'application/json', '{"state":"eaten"}', {}, { code: 'protocol' }],
    [
      'the state of another submission',
      200,
      'application/json',
      JSON.stringify({ ...RECEIVED, submissionId: ID.replace('3c', '4c') }),
      {},
      { code: 'protocol' },
    ],
    ['204 without content', 204, 'application/json', '', {}, { code: 'protocol' }],
  ] as const)('translates %s', async (_, status, mediaType, body, headers, expected) => {
    const client = fachverfahrenHttp({ baseUrl: await answering(status, mediaType, body, headers) });
    expect(await failureOf(client.submit(SUBMISSION))).toMatchObject({ kind: 'service', ...expected });
  });

  it('takes only a 404 of the interface for "never received"', async () => {
    const known = await answering(404, 'application/json', '{"code":"unknown-submission","message":"no"}');
    const proxy = await answering(404, 'text/html', '<html>');
    expect(await fachverfahrenHttp({ baseUrl: known }).state(ID)).toBeUndefined();
    expect((await failureOf(fachverfahrenHttp({ baseUrl: proxy }).state(ID))).code).toBe('protocol');
  });

  it('reports a closed port as unreachable', async () => {
    const url = await answering(200, 'text/plain', '');
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(fachverfahrenHttp({ baseUrl: url }).health())).toMatchObject({
      code: 'unreachable',
      retryable: true,
    });
  });

  it('ends a call that gets no answer at its deadline', async () => {
    const url = await serving(() => undefined);
    const client = fachverfahrenHttp({ baseUrl: url, deadlines: { submitMs: 60 } });
    expect(await failureOf(client.submit(SUBMISSION))).toMatchObject({ code: 'timeout', retryable: true });
  });

  it('ends a call whose answer stalls in the middle at its deadline', async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"state":');
    });
    const client = fachverfahrenHttp({ baseUrl: url, deadlines: { stateMs: 60 } });
    expect((await failureOf(client.state(ID))).code).toBe('timeout');
  });

  it('rejects with the reason of the abort, also in the middle of an answer', async () => {
    const controller = new AbortController();
    const reason = new Error('closed by the clerk');
    const url = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      controller.abort(reason);
    });
    await expect(fachverfahrenHttp({ baseUrl: url }).state(ID, controller.signal)).rejects.toBe(reason);
  });

  it('stops reading an answer that is too large', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let pulled = 0;
    const endless: Fetch = async () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            pulled += 1;
            controller.enqueue(chunk);
          },
        }),
        { headers: { 'content-type': 'application/json' } },
      );
    const client = fachverfahrenHttp({ baseUrl: 'https://fachverfahren.example', fetch: endless });
    expect((await failureOf(client.health())).code).toBe('protocol');
    expect(pulled).toBeLessThan(MAX_ANSWER_BYTES / chunk.length + 3);
  });

  it('delivers each answer once when the receiver repeats it', async () => {
    const answer = { kind: 'acknowledgement', answerId: ID, at: '2026-02-09T10:15:00.000Z' };
    const state = {
      ...RECEIVED,
      state: 'accepted',
      decidedAt: RECEIVED.receivedAt,
      reference: 'A1',
      answers: [answer, answer],
    };
    const client = fachverfahrenHttp({
      baseUrl: await answering(200, 'application/json', JSON.stringify(state)),
    });
    expect(await client.state(ID)).toEqual({ ...state, answers: [answer] });
  });

  it('hands out a certificate in PEM and nothing else', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
    const right = await answering(200, 'application/x-pem-file', pem);
    const wrong = await answering(200, 'application/x-pem-file', 'hello');
    expect(await fachverfahrenHttp({ baseUrl: right }).certificate()).toBe(pem);
    expect((await failureOf(fachverfahrenHttp({ baseUrl: wrong }).certificate())).code).toBe('protocol');
  });

  it('leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const quick: Fetch = async () =>
        new Response('{"status":"ok"}', { headers: { 'content-type': 'application/json' } });
      await fachverfahrenHttp({ baseUrl: 'https://fachverfahren.example', fetch: quick }).health();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['no URL', 'fachverfahren', 'malformed'],
    ['plain http to another machine', 'http://fachverfahren.example', 'not-allowed'],
    ['credentials', 'https://user:secret@fachverfahren.example', 'not-allowed'],
    ['a query', 'https://fachverfahren.example/?a=b', 'not-allowed'],
    ['another scheme', 'ftp://127.0.0.1', 'not-allowed'],
  ])('refuses an address with %s', (_, baseUrl, code) => {
    expect(() => fachverfahrenHttp({ baseUrl })).toThrow(
      expect.objectContaining({ name: 'InputError', code, path: 'baseUrl' }),
    );
  });

  it('refuses a wrong query or identity before anything is sent, and quotes no value', async () => {
    const fetch = vi.fn<Fetch>();
    const client = fachverfahrenHttp({ baseUrl: 'https://fachverfahren.example', fetch });
    const wrong = client.find({ ...QUERY, birthDate: CANARY });
    await expect(wrong).rejects.toMatchObject({ code: 'malformed', path: 'birthDate' });
    await expect(wrong).rejects.not.toThrow(CANARY);
    await expect(client.state('../health')).rejects.toBeInstanceOf(InputError);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('puts nothing personal into errors, whatever the receiver writes', async () => {
    const problem = JSON.stringify({ code: 'malformed', message: CANARY });
    const client = fachverfahrenHttp({ baseUrl: await answering(400, 'application/json', problem) });
    for (const call of [client.submit(SUBMISSION), client.find(QUERY)]) {
      const error = await failureOf(call);
      expect(error.code).toBe('rejected');
      expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(CANARY);
    }
  });
});
