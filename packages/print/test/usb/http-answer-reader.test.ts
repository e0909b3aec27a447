import { DeviceError } from '@buergerkoffer/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpAnswerReader } from '../../src/usb/http-answer-reader.js';

/** A reader of `text` that comes in pieces of `size` bytes, and then breaks off. */
function readerOf(text: string | Uint8Array, size = 7): HttpAnswerReader {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  let at = 0;
  return new HttpAnswerReader(() => {
    if (at >= bytes.length) return Promise.reject(new DeviceError('lost', 'the end'));
    const piece = bytes.slice(at, at + size);
    at += size;
    return Promise.resolve(new Uint8Array(piece));
  });
}

describe('an answer of HTTP over a pipe', () => {
  it.each([1, 7, 1000])('is read to its end and no further, in pieces of %s', async (size) => {
    const two =
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A: b\r\n\r\nabcHTTP/1.0 404 Nein\r\ncontent-length: 0\r\n\r\n';
    const reader = readerOf(two, size);
    const first = await reader.answer();
    expect({ ...first, body: Buffer.from(first.body).toString() }).toMatchObject({
      status: 200,
      body: 'abc',
      headers: { 'x-a': 'b' },
    });
    expect(await reader.answer()).toMatchObject({ status: 404 });
  });

  it.each([1, 1000])('is read in chunks, with extensions and trailers, in pieces of %s', async (size) => {
    const text =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n';
    expect(Buffer.from((await readerOf(text, size).answer()).body).toString()).toBe('abc0123456789');
  });

  it.each([
    'ipp?\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n`,
    'HTTP/1.1 200 OK\r\nno header\r\n\r\n',
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`,
  ])('is refused where it makes no sense: %j', async (text) => {
    await expect(readerOf(text, 4_096).answer()).rejects.toMatchObject({ code: 'protocol' });
  });

  it('is an answer or a typed error, whatever comes', async () => {
    const pieces = fc.constantFrom(
      'HTTP/1.1 200 OK\r\n',
      'Content-Length: 2\r\n',
      '\r\n',
      '2\r\n',
      'ab',
      '0\r\n',
      'Transfer-Encoding: chunked\r\n',
      ':',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
        await readerOf(parts.join(''))
          .answer()
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(DeviceError);
          });
      }),
    );
  });
});
