import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex, readBit, writeBit, writeTlv, type FingerPosition } from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';
import { sharedFile } from './shared-data.js';

const record = Uint8Array.of(0x46, 0x49, 0x52, 0x00);

describe('writeBit', () => {
  it('writes the template of a right index finger as BSI TR-03121-3 prints it', () => {
    expect(encodeHex(writeBit({ type: 'fingerprint', position: 2, record }))).toBe(
      '7f601b' + 'a112' + '80020101' + '810108' + '820109' + '87020101' + '88020007' + '5f2e04' + '46495200',
    );
  });

  it('writes the template of a face', () => {
    expect(encodeHex(writeBit({ type: 'face', record }))).toContain('810102820100870201018802000' + '8');
  });

  it.each([
    [1, '05'],
    [6, '06'],
    [2, '09'],
    [7, '0a'],
    [3, '0d'],
    [8, '0e'],
    [4, '11'],
    [9, '12'],
  ] as const)('gives finger position %i the subtype %s', (position, subtype) => {
    expect(encodeHex(writeBit({ type: 'fingerprint', position, record })).slice(24, 30)).toBe(
      `8201${subtype}`.slice(0, 6),
    );
  });

  it('writes what is read back', () => {
    const position = fc.constantFrom<FingerPosition>(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    fc.assert(
      fc.property(position, fc.uint8Array({ maxLength: 400 }), (finger, data) => {
        const information = { type: 'fingerprint' as const, position: finger, record: data };
        expect(readBit(writeBit(information))).toEqual(information);
      }),
    );
  });
});

describe('readBit', () => {
  const header = (...fields: readonly Uint8Array[]): Uint8Array => writeTlv(0xa1, fields);
  const fields = {
    version: writeTlv(0x80, Uint8Array.of(1, 1)),
    type: writeTlv(0x81, Uint8Array.of(8)),
    subtype: writeTlv(0x82, Uint8Array.of(0x0a)),
    owner: writeTlv(0x87, Uint8Array.of(1, 1)),
    format: writeTlv(0x88, Uint8Array.of(0, 7)),
  };

  it('takes the fields in any order', () => {
    const { version, type, subtype, owner, format } = fields;
    const bit = writeTlv(0x7f60, [writeTlv(0x5f2e, record), header(format, owner, subtype, type, version)]);
    expect(readBit(bit)).toMatchObject({ type: 'fingerprint', position: 7 });
  });

  it('misses each required field', () => {
    for (const left of Object.keys(fields)) {
      const kept = Object.entries(fields).filter(([name]) => name !== left);
      const bit = writeTlv(0x7f60, [header(...kept.map(([, field]) => field)), writeTlv(0x5f2e, record)]);
      expect(inputErrorOf(() => readBit(bit)).code).toBe('missing');
    }
    expect(inputErrorOf(() => readBit(writeTlv(0x7f60, header(...Object.values(fields))))).code).toBe(
      'missing',
    );
  });

  it('refuses records of another kind', () => {
    const { version, subtype, owner, format } = fields;
    const iris = writeTlv(0x81, Uint8Array.of(0x10));
    const bit = writeTlv(0x7f60, [header(version, iris, subtype, owner, format), writeTlv(0x5f2e, record)]);
    expect(inputErrorOf(() => readBit(bit)).code).toBe('unsupported');
    expect(inputErrorOf(() => readBit(writeTlv(0x30, record.subarray(0, 0)))).code).toBe('malformed');
  });

  it('refuses a template cut at any byte', () => {
    const bit = writeBit({ type: 'face', record });
    for (let length = 0; length < bit.length; length += 1) {
      expect(inputErrorOf(() => readBit(bit.subarray(0, length))).code).toBe('truncated');
    }
  });

  it('answers a template with any changed byte with a reading or an InputError', () => {
    const bit = writeBit({ type: 'face', record });
    fc.assert(
      fc.property(fc.nat(bit.length - 1), fc.nat(255), (at, byte) => {
        unlessInputError(() => readBit(bit.with(at, byte)));
      }),
    );
  });

  it('reads a reference face template and writes the same bytes', (context) => {
    const bit = sharedFile('camera/iso19794/face.bit');
    const face = sharedFile('camera/iso19794/face.bdb');
    if (bit === undefined || face === undefined) return context.skip();
    const information = readBit(bit);
    expect(information).toEqual({ type: 'face', record: face });
    expect(writeBit(information)).toEqual(bit);
  });
});
