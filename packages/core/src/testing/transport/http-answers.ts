import { expectThat } from '../contract.js';
import { begun, keeps, refuses, sameBytes } from './expectations.js';
import { answered, bodyOf, get, httpKit, textOf } from './http-kit.js';
import { HTTP_CUT_BYTES, HTTP_HELLO, HTTP_REFERENCE } from './http-protocol.js';
import { limitsOf } from './limits.js';
import { patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';

const MIB = 1024 * 1024;

/** What an HTTP transport promises of requests and their answers. */
export function httpAnswers(): readonly TransportCase<'http'>[] {
  return [
    {
      name: 'an answer has a status, headers in lower case, and a body',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const response = await keeps('an answer', patienceMs, get(service, HTTP_REFERENCE.hello));
          expectThat(
            response.headers['x-reference'] === 'Hello',
            'the header X-Reference is not x-reference: Hello',
          );
          const names = Object.keys(response.headers);
          expectThat(
            names.every((name) => name === name.toLowerCase()),
            `the headers are called ${names.join(', ')}`,
          );
          const text = await keeps('the body', patienceMs, textOf(response));
          expectThat(text === HTTP_HELLO, 'the body is another one');
        }),
    },
    {
      name: 'method, headers and bodies of every size go out',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          for (const size of [0, 1, 1000, 65_536, MIB]) {
            const body = patternBytes(size, size);
            const headers = { 'x-reference': `${size} bytes`, 'Content-Type': 'application/octet-stream' };
            const method = size % 2 === 0 ? 'POST' : 'PUT';
            const request = answered(service, { method, path: HTTP_REFERENCE.echo, headers, body });
            const response = await keeps(`an answer to ${size} bytes`, patienceMs, request);
            sameBytes(`${size} bytes`, await keeps('the body', patienceMs, bodyOf(response)), body);
            expectThat(response.headers['x-method'] === method, `${method} arrived as another method`);
            expectThat(response.headers['x-reference'] === `${size} bytes`, 'a header did not arrive');
          }
        }),
    },
    {
      name: 'every status is an answer, and a redirection is not followed',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          for (const status of [200, 201, 204, 301, 302, 304, 401, 404, 500, 503]) {
            const request = service.request({ method: 'GET', path: `${HTTP_REFERENCE.status}/${status}` });
            const response = await keeps(`an answer with ${status}`, patienceMs, request);
            expectThat(response.status === status, `status ${status} comes as ${response.status}`);
            await keeps('the body', patienceMs, bodyOf(response));
          }
        }),
    },
    {
      name: 'a body of megabytes comes whole',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const response = await keeps(
            'an answer',
            patienceMs,
            get(service, `${HTTP_REFERENCE.bytes}/${4 * MIB}/3`),
          );
          const body = await keeps('the body', patienceMs, bodyOf(response));
          sameBytes('4 MiB', body, patternBytes(4 * MIB, 3));
        }),
    },
    {
      name: 'requests run beside one another',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const slow = [1, 2, 3].map(() => begun(get(service, `${HTTP_REFERENCE.wait}/500`)));
          const fast = await keeps('an answer', patienceMs, get(service, HTTP_REFERENCE.hello));
          const first = await Promise.race([
            textOf(fast),
            ...slow.map(async (request) => (await request).status),
          ]);
          expectThat(first === HTTP_HELLO, 'a request waits for others');
          for (const request of slow) await keeps('the body', patienceMs, bodyOf(await request));
        }),
    },
    {
      name: 'a request that would leave its service or its head is invalid',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const wrong = [
            { method: 'GET', path: '//elsewhere.invalid/hello' },
            { method: 'GET', path: 'http://elsewhere.invalid/hello' },
            { method: 'GET\r\n', path: '/hello' },
            { method: 'GET', path: '/hello', headers: { 'x-a': 'b\r\nx-c: d' } },
            { method: 'GET', path: '/hello', headers: { 'x-a: b\r\nx-c': 'd' } },
          ];
          for (const request of wrong) {
            const what = `the request ${JSON.stringify(request)}`;
            await refuses(what, atOnceMs, service.request(request), 'invalid-request');
          }
          await keeps('an exchange', patienceMs, httpKit.exchange(service));
        }),
    },
    ...broken('what is not HTTP is a protocol error', HTTP_REFERENCE.garbage, 'protocol'),
    ...broken('a head without end is a protocol error', HTTP_REFERENCE.bigHead, 'protocol'),
    ...broken('a service that hangs up without a word is lost', HTTP_REFERENCE.hangUp, 'lost'),
    {
      name: 'a body that is cut off is lost, never taken for whole',
      needs: ['wire'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const response = await keeps('an answer', patienceMs, get(service, HTTP_REFERENCE.cut));
          await refuses('the body', patienceMs, bodyOf(response), 'lost');
          await keeps('an exchange', patienceMs, httpKit.exchange(service));
        }),
    },
    {
      name: 'bytes behind the end of a body are never part of it, nor of the next answer',
      needs: ['wire'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          // Whether the body is refused depends on what had come when its end was seen.
          const reading = begun(get(service, HTTP_REFERENCE.excess).then(bodyOf));
          const body = await reading.catch(() => undefined);
          if (body === undefined) await refuses('the body', patienceMs, reading, 'protocol');
          else sameBytes('the body', body, patternBytes(HTTP_CUT_BYTES, 1));
          await keeps('an exchange', patienceMs, httpKit.exchange(service));
        }),
    },
  ];
}

function broken(name: string, path: string, code: 'protocol' | 'lost'): readonly TransportCase<'http'>[] {
  return [
    {
      name: `${name}, and the next request is answered`,
      needs: ['wire'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          await refuses(path, patienceMs, service.request({ method: 'GET', path }), code);
          await keeps('an exchange', patienceMs, httpKit.exchange(service));
        }),
    },
  ];
}
