import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { HttpRequestReader } from '../../src/printer/http-request-reader.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (body: Uint8Array | undefined): string => new TextDecoder().decode(body);

/** The requests in `text`, which comes in pieces of `size` bytes. */
function requestsIn(text: string, size: number) {
  const reader = new HttpRequestReader();
  const requests = [];
  for (let at = 0; at < text.length; at += size) {
    reader.push(bytes(text.slice(at, at + size)));
    for (let next = reader.next(); next !== undefined; next = reader.next()) requests.push(next);
  }
  return requests;
}

const THREE =
  'POST /ipp/print HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nHallo' +
  'POST /ipp/print HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n' +
  'GET /status HTTP/1.1\r\n\r\n';

describe('requests of HTTP from a pipe', () => {
  it.each([1, 7, 1_000])('are read one behind the other, in pieces of %s', (size) => {
    const requests = requestsIn(THREE, size);
    expect(requests.map(({ method, path, body }) => [method, path, textOf(body)])).toEqual([
      ['POST', '/ipp/print', 'Hallo'],
      ['POST', '/ipp/print', 'abcde'],
      ['GET', '/status', ''],
    ]);
    expect(requests[0]?.headers).toEqual({ host: 'localhost', 'content-length': '5' });
  });

  it.each([
    'ipp?\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n',
    'POST / HTTP/1.1\r\nno header\r\n\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
    `POST / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}`,
  ])('are refused where they make no sense: %j', (text) => {
    expect(() => requestsIn(text, 4_096)).toThrow(InputError);
  });

  it('are requests or refused, whatever comes in whatever pieces', () => {
    const words = fc.constantFrom(
      'POST / HTTP/1.1',
      '\r\n',
      'Content-Length: 3',
      'abc',
      '3',
      'Transfer-Encoding: chunked',
      '0',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const all = (by: number) => {
          try {
            return requestsIn(parts.join(''), by);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            return 'refused';
          }
        };
        expect(all(size)).toEqual(all(1_000));
      }),
    );
  });
});
