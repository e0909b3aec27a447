import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpBus, type HttpLogin } from '@buergerkoffer/core/node';
import { readChallenges } from '../../../src/node/net/challenges.js';
import { bestDigest, digestAuthorization } from '../../../src/node/net/digest.js';
import { httpServer } from './support/servers.js';

const LOGIN: HttpLogin = { user: 'koffer', password: 'Zwölf: Ämter' };

const open = async (answer: RequestListener, login: HttpLogin = LOGIN) =>
  httpBus({ login: () => login }).open(await portOf(answer), {});

const POST = { method: 'POST', path: '/ipp/print', body: new Uint8Array([1, 2, 3]) } as const;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** What a service checks that wants Digest with MD5 or SHA-256. */
class DigestService {
  nonce = 'first';
  /** Numbers of requests with their nonces, as they were let in. */
  readonly letIn: string[] = [];
  asked = 0;
  readonly #hash: (text: string) => string;
  readonly #offer: string;

  constructor(offer = 'algorithm=MD5', hash = md5) {
    this.#offer = offer;
    this.#hash = hash;
  }

  readonly answer: RequestListener = (request, response) => {
    this.asked += 1;
    const said = readChallenges(request.headers.authorization ?? '')[0]?.parameters;
    request.resume().on('end', () => {
      if (said?.['nonce'] === this.nonce && this.#isRight(request, said)) {
        this.letIn.push(`${this.nonce} ${String(said['nc'])}`);
        response.end('in');
        return;
      }
      const stale = said !== undefined && said['nonce'] !== this.nonce ? ', stale=true' : '';
      const digest = `Digest realm="Druck, Flur", qop="auth", nonce="${this.nonce}", ${this.#offer}${stale}`;
      response.writeHead(401, { 'www-authenticate': ['Basic realm="Druck"', digest] }).end('who?');
    });
  };

  #isRight(request: IncomingMessage, said: Readonly<Partial<Record<string, string>>>): boolean {
    const key = this.#hash(`${LOGIN.user}:Druck, Flur:${LOGIN.password}`);
    const asked = this.#hash(`${String(request.method)}:${String(request.url)}`);
    const covered = ['nonce', 'nc', 'cnonce', 'qop'].map((name) => said[name]).join(':');
    return said['response'] === this.#hash(`${key}:${covered}:${asked}`) && said['uri'] === request.url;
  }
}

describe('a service that asks who is there', () => {
  it('is told by Digest, with each further request at once and counted', async () => {
    const service = new DigestService();
    const http = await open(service.answer);
    for (let i = 0; i < 3; i += 1) expect((await http.request(POST)).status).toBe(200);
    expect(service.letIn).toEqual(['first 00000001', 'first 00000002', 'first 00000003']);
    expect(service.asked).toBe(4);
    await http.close();
  });

  it('is told with SHA-256 where it takes that', async () => {
    const service = new DigestService('algorithm=SHA-256', (text) =>
      createHash('sha256').update(text).digest('hex'),
    );
    const http = await open(service.answer);
    expect((await http.request(POST)).status).toBe(200);
    await http.close();
  });

  it('is told again when its nonce has become too old', async () => {
    const service = new DigestService();
    const http = await open(service.answer);
    await http.request(POST);
    service.nonce = 'second';
    expect((await http.request(POST)).status).toBe(200);
    expect(service.letIn).toEqual(['first 00000001', 'second 00000001']);
    await http.close();
  });

  it('that refuses the login is not asked with it again', async () => {
    const service = new DigestService();
    const http = await open(service.answer, { ...LOGIN, password: 'falsch' });
    await expect(http.request(POST)).rejects.toMatchObject({ code: 'access-denied' });
    expect(service.asked).toBe(2);
    const error: unknown = await http.request(POST).catch((reason: unknown) => reason);
    expect(service.asked).toBe(3);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/falsch|koffer"/u);
    await http.close();
  });

  it('gives up on one that calls every nonce stale', async () => {
    let nonce = 0;
    const http = await open((request, response) => {
      nonce += 1;
      const digest = `Digest realm="x", nonce="${nonce}", stale=true`;
      request.resume().on('end', () => response.writeHead(401, { 'www-authenticate': digest }).end());
    });
    await expect(http.request(POST)).rejects.toMatchObject({ code: 'access-denied' });
    expect(nonce).toBe(3);
    await http.close();
  });

  it('is told no password over an open connection, unless that was allowed', async () => {
    const said: (string | undefined)[] = [];
    const basic: RequestListener = (request, response) => {
      const { authorization } = request.headers;
      said.push(authorization);
      if (authorization !== undefined) response.end();
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="x", charset="UTF-8"' }).end();
    };
    const careful = await open(basic);
    await expect(careful.request(POST)).rejects.toMatchObject({
      code: 'access-denied',
      remedy: expect.stringContaining('ipps://') as string,
    });
    expect(said).toEqual([undefined]);
    const allowed = await open(basic, { ...LOGIN, basicInTheClear: true });
    expect((await allowed.request(POST)).status).toBe(200);
    expect(said.at(-1)).toBe(`Basic ${Buffer.from('koffer:Zwölf: Ämter').toString('base64')}`);
    await careful.close();
    await allowed.close();
  });

  it('gets its refusal handed on where nobody was named', async () => {
    const service = new DigestService();
    const http = await httpBus().open(await portOf(service.answer), {});
    expect((await http.request(POST)).status).toBe(401);
    await http.close();
  });

  it.each(['Negotiate', 'Digest realm="x", nonce="1", algorithm=WHIRLPOOL', '', 'Basic'.repeat(2)])(
    'in a way that is not known is refused: %s',
    async (challenge) => {
      const http = await open((_, response) =>
        response.writeHead(401, challenge === '' ? {} : { 'www-authenticate': challenge }).end(),
      );
      await expect(http.request(POST)).rejects.toMatchObject({ code: 'unsupported' });
      await http.close();
    },
  );
});

async function portOf(answer: RequestListener) {
  const url = `http://127.0.0.1:${await httpServer(answer)}/ipp/print`;
  return { bus: 'http', id: url, path: url, physical: 'net:127.0.0.1', url } as const;
}

describe('an answer by Digest', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('with %s is that of RFC 7616, 3.9.1', (algorithm, response) => {
    const offer =
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
    const challenge = bestDigest(readChallenges(offer));
    if (challenge === undefined) throw new Error('the offer was not read');
    const said = digestAuthorization(
      challenge,
      { user: 'Mufasa', password: 'Circle of Life' },
      { method: 'GET', target: '/dir/index.html' },
      1,
      'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    );
    expect(said).toContain(`response="${response}"`);
    expect(said).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  });

  it('takes the better hash of two, and Digest from among other ways', () => {
    const offers = readChallenges(
      'Negotiate YIIabc==, Basic realm="a, b=\\"c\\"", Digest realm="r", nonce="1", Digest realm="r", nonce="2", algorithm=SHA-256',
    );
    expect(offers.map(({ scheme }) => scheme)).toEqual(['negotiate', 'basic', 'digest', 'digest']);
    expect(offers[1]?.parameters).toEqual({ realm: 'a, b="c"' });
    expect(bestDigest(offers)).toMatchObject({ nonce: '2', hash: 'SHA-256' });
  });

  it('is asked for by any header, however long, without delay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 2_000 }), (header) => {
        expect(readChallenges(`Digest ${header}`).length).toBeLessThanOrEqual(16);
      }),
    );
    const begin = performance.now();
    readChallenges(`Digest a=${'\t '.repeat(100_000)}`);
    readChallenges(`Digest ${'a="\\'.repeat(50_000)}`);
    readChallenges(`${'a '.repeat(100_000)}`);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
