import { decodeBase64, encodeBase64, InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readTicket } from '../../src/epassfoto/index.js';
import { barcode, IV, KEY } from './own-barcode.js';

const VECTORS = new URL('../../../../../shared/data/camera/epassfoto/vectors.json', import.meta.url);

interface Vectors {
  readonly valid: readonly {
    name: string;
    url: string;
    photoId: string;
    algorithm: string;
    barcodeText: string;
  }[];
  readonly invalid: readonly { name: string; barcodeText: string }[];
}

function failure(text: string): unknown {
  try {
    return readTicket(text);
  } catch (error) {
    return error;
  }
}

/** Whether six bytes of `secret` in a row stand in `text` in hexadecimal or as Base64. */
function leaks(text: string, secret: Uint8Array): boolean {
  const hex = Buffer.from(secret).toString('hex');
  for (let at = 0; at + 12 <= hex.length; at += 2)
    if (text.toLowerCase().includes(hex.slice(at, at + 12))) return true;
  return false;
}

describe('the barcode of an E-Passfoto', () => {
  it('tells where the photo is and how it is encrypted', () => {
    const ticket = readTicket(barcode());
    expect(ticket.address.href).toBe('https://cloud.example/api');
    expect(ticket.photoId).toBe('00010203-0405-0607-0809-0a0b0c0d0e0f');
    expect(ticket.algorithm).toEqual({ keyBits: 256, mode: 'CFB' });
    expect(readTicket(`${barcode()}\r\n`).photoId).toBe(ticket.photoId);
  });

  it.each([
    ['AES_256_CFB', 'CFB'],
    ['aes-256-cfb128', 'CFB'],
    ['AES_256_CBC', 'CBC'],
    ['2.16.840.1.101.3.4.1.42', 'CBC'],
    ['2.16.840.1.101.3.4.1.44', 'CFB'],
    ['2.16.840.1.101.3.4.1.46', 'GCM'],
  ])('knows the algorithm %s', (algorithm, mode) => {
    const iv = mode === 'GCM' ? IV.subarray(0, 12) : IV;
    expect(readTicket(barcode({ algorithm, iv })).algorithm).toEqual({ keyBits: 256, mode });
  });

  it.each([
    [2, 128, 'CBC'],
    [24, 192, 'CFB'],
    [46, 256, 'GCM'],
  ])('knows the object identifier with the last arc %d', (arc, keyBits, mode) => {
    const iv = mode === 'GCM' ? IV.subarray(0, 12) : IV;
    const key = KEY.subarray(0, keyBits / 8);
    expect(readTicket(barcode({ algorithm: `2.16.840.1.101.3.4.1.${arc}`, iv, key })).algorithm).toEqual({
      keyBits,
      mode,
    });
  });

  it('knows the algorithm in C40, with the last value as ASCII or filled up with shifts', () => {
    // Worked out by hand from ISO/IEC 16022: A E S | shift 2, _, 2 | 5 6 shift 2 | _ C F | B.
    const values = [14, 18, 32, 1, 26, 6, 9, 10, 1, 26, 16, 19];
    const pairs = Array.from({ length: 4 }, (_, index) => {
      const [a = 0, b = 0, c = 0] = values.slice(index * 3, index * 3 + 3);
      const pair = 1600 * a + 40 * b + c + 1;
      return [pair >> 8, pair & 255];
    }).flat();
    const last = 1600 * 15 + 40 * 0 + 0 + 1;
    for (const end of [[254, 0x43], [0x43], [last >> 8, last & 255]]) {
      expect(readTicket(barcode({ algorithm: Uint8Array.of(...pairs, ...end) })).algorithm.mode).toBe('CFB');
    }
  });

  it.each<[string, string, string, number]>([
    ['another barcode', encodeBase64(Uint8Array.of(0xe1, 1, 2)), 'malformed', 0],
    ['nothing', '', 'malformed', 0],
    ['no Base64', '%%%%', 'malformed', 0],
    ['an address without TLS', barcode({ address: 'http://cloud.example/api' }), 'not-allowed', 3],
    ['an address with a password', barcode({ address: 'https://a:b@cloud.example' }), 'not-allowed', 3],
    ['an address that is none', barcode({ address: 'cloud' }), 'malformed', 3],
    [
      'an address of 101 characters',
      barcode({ address: `https://${'a'.repeat(85)}.example` }),
      'out-of-range',
      2,
    ],
    ['an unknown algorithm', barcode({ algorithm: 'DES_256_CBC' }), 'unsupported', 45],
    ['CFB with 8 bits of feedback', barcode({ algorithm: '2.16.840.1.101.3.4.1.43' }), 'unsupported', 45],
    ['an unknown padding', barcode({ padding: 'ZEROS' }), 'unsupported', 74],
    ['a key that is too short', barcode({ key: KEY.subarray(1) }), 'out-of-range', 74],
    ['an IV that is too short', barcode({ iv: IV.subarray(1) }), 'out-of-range', 56],
    ['a text longer than a symbol', 'A'.repeat(2336), 'too-large', 2335],
  ])('is refused when it is %s', (_, text, code, offset) => {
    expect(failure(text)).toMatchObject({ kind: 'input', code, offset });
  });

  it('is refused when it is cut off anywhere, or has a byte too many', () => {
    const bytes = decodeBase64(barcode());
    for (let length = 0; length < bytes.length; length++)
      expect(failure(encodeBase64(bytes.subarray(0, length))), `cut at ${length}`).toBeInstanceOf(InputError);
    expect(failure(encodeBase64(Uint8Array.of(...bytes, 0)))).toMatchObject({
      code: 'malformed',
      offset: bytes.length,
    });
  });

  it('is read or refused with an InputError that holds nothing of key and vector, whatever its bytes are', () => {
    const bytes = decodeBase64(barcode());
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(bytes.length), (changes, length) => {
        const damaged = bytes.slice(0, length);
        for (const [at, value] of changes) if (at < length) damaged[at] = value;
        const result = failure(encodeBase64(damaged));
        if (result instanceof Error) expect(result).toBeInstanceOf(InputError);
        const said = `${inspect(result, { depth: 9, showHidden: true })} ${JSON.stringify(result)}`;
        expect(leaks(said, KEY) || leaks(said, IV)).toBe(false);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(failure(text)).toBeInstanceOf(InputError);
      }),
    );
  });

  it('shows nothing of itself in JSON and in a console', () => {
    const ticket = readTicket(barcode());
    expect(JSON.stringify({ ticket })).toBe('{"ticket":{}}');
    expect(inspect(ticket, { depth: 9, showHidden: true })).not.toMatch(/cloud|0001|key|iv/i);
  });

  describe.skipIf(!existsSync(VECTORS))('of the vectors (needs ../shared)', () => {
    const vectors = (
      existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) : { valid: [], invalid: [] }
    ) as Vectors;

    it('is accepted when it is valid', () => {
      for (const { name, url, photoId, barcodeText } of vectors.valid) {
        const ticket = readTicket(barcodeText);
        expect(ticket.address.href, name).toBe(url);
        expect(ticket.photoId, name).toBe(photoId);
      }
      expect(vectors.valid.length).toBeGreaterThan(0);
    });

    it('is refused with code and offset when it is not', () => {
      for (const { name, barcodeText } of vectors.invalid) {
        expect(failure(barcodeText), name).toMatchObject({
          kind: 'input',
          offset: expect.any(Number) as number,
        });
      }
      expect(vectors.invalid.length).toBeGreaterThan(0);
    });
  });
});
