import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
} from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('hexadecimal digits', () => {
  it('go both ways', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(decodeHex(encodeHex(data))).toEqual(data);
      }),
    );
    expect(decodeHex('0aFf')).toEqual(Uint8Array.of(10, 255));
  });

  it.each([
    ['0', 'truncated', 1],
    ['0g', 'malformed', 1],
    ['00 11', 'malformed', 2],
    ['0x00', 'malformed', 1],
  ])('refuse %j as %s at %i', (text, code, offset) => {
    expect(inputErrorOf(() => decodeHex(text))).toMatchObject({ code, offset });
  });
});

describe('Base64', () => {
  it('agrees with Node in both alphabets', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const node = Buffer.from(data);
        expect(encodeBase64(data)).toBe(node.toString('base64'));
        expect(encodeBase64Url(data)).toBe(node.toString('base64url'));
        expect(decodeBase64(encodeBase64(data))).toEqual(data);
        expect(decodeBase64Url(encodeBase64Url(data))).toEqual(data);
      }),
    );
  });

  it.each(['QQ', 'QQ=', 'QQ===', 'Q', 'QQ==\n', 'QR==', 'QQ_=', 'Q=Q=', '====', 'QUI', 'QUJD='])(
    'refuses %j, which is not the one form of any bytes',
    (text) => {
      expect(inputErrorOf(() => decodeBase64(text)).name).toBe('InputError');
    },
  );

  it.each(['QQ==', 'QR', 'Q', 'Q+', 'Q/', 'Q Q'])('for addresses refuses %j', (text) => {
    expect(inputErrorOf(() => decodeBase64Url(text)).name).toBe('InputError');
  });

  it('has one text for any bytes and one meaning for any text', () => {
    const text = fc.stringMatching(/^[A-Za-z0-9+/]{0,9}={0,3}$/);
    fc.assert(
      fc.property(text, (digits) => {
        const data = unlessInputError(() => decodeBase64(digits));
        if (data !== undefined) expect(encodeBase64(data)).toBe(digits);
      }),
      { numRuns: 2000 },
    );
  });
});
