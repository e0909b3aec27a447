import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, encodeHex, InputError, writeTlv } from '@buergerkoffer/formats';
import { readCardAccess, writeCardAccess, type SecurityInfo } from '@buergerkoffer/eid';
import { SPECIMEN_SECURITY_INFOS } from '@buergerkoffer/eid/simulator';
import { decodeOid, encodeOid } from '../../src/card-access/object-identifier.js';

const RECORDED = new URL('../../../../../shared/data/eid/card-files.json', import.meta.url);
const sorted = (infos: readonly SecurityInfo[]): readonly string[] =>
  infos.map((info) => JSON.stringify(info)).sort();

/** EF.CardAccess of the recorded card: the first two answers, without their status words. */
function recordedCardAccess(): Uint8Array {
  const { apdu } = JSON.parse(readFileSync(RECORDED, 'utf8')) as {
    apdu: readonly (readonly [string, string])[];
  };
  return decodeHex(
    apdu
      .slice(0, 2)
      .map(([, answer]) => answer.slice(0, -4))
      .join(''),
  );
}

describe('readCardAccess', () => {
  it('reads back what was written', () => {
    expect(sorted(readCardAccess(writeCardAccess(SPECIMEN_SECURITY_INFOS)))).toEqual(
      sorted(SPECIMEN_SECURITY_INFOS),
    );
  });

  it('ignores what lies behind the set, because files may be longer than their content', () => {
    const file = new Uint8Array([...writeCardAccess(SPECIMEN_SECURITY_INFOS), 0, 0, 0xff]);
    expect(readCardAccess(file)).toHaveLength(SPECIMEN_SECURITY_INFOS.length);
  });

  it('keeps an unknown object identifier with all of its bytes', () => {
    const der = writeTlv(0x30, [writeTlv(0x06, encodeOid('1.2.3.4')), writeTlv(0x04, new Uint8Array(200))]);
    const infos = readCardAccess(writeTlv(0x31, [der]));
    expect(infos).toEqual([{ type: 'unknown', oid: '1.2.3.4', der }]);
    expect(encodeHex(writeCardAccess(infos))).toBe(encodeHex(writeTlv(0x31, [der])));
  });

  it('marks explicit domain parameters instead of reading them', () => {
    const algorithm = writeTlv(0x30, [writeTlv(0x06, encodeOid('1.2.840.10045.2.1')), writeTlv(0x30, [])]);
    const info = writeTlv(0x30, [writeTlv(0x06, encodeOid('0.4.0.127.0.7.2.2.3.2')), algorithm]);
    expect(readCardAccess(writeTlv(0x31, [info]))).toMatchObject([{ parameterId: 'explicit' }]);
  });

  it.each([
    ['3000', 'malformed', 0],
    ['310430020403', 'truncated', 6],
    ['31023000', 'missing', 2],
    ['3103020102', 'malformed', 2],
    ['31820010', 'malformed', 1],
    ['31820110', 'truncated', 4],
    ['310c300a060804007f0007020202', 'missing', 2],
    ['310e300c060a04007f00070202040202', 'missing', 2],
    ['3111300f060a04007f00070202040202020180', 'out-of-range', 16],
    ['', 'truncated', 0],
  ])('refuses %s as %s at %i', (hex, code, offset) => {
    expect(() => readCardAccess(decodeHex(hex))).toThrow(expect.objectContaining({ code, offset }));
  });

  it('answers every truncation and every changed byte with infos or an InputError', () => {
    const good = writeCardAccess(SPECIMEN_SECURITY_INFOS);
    for (let length = 0; length < good.length; length += 1) {
      expect(() => readCardAccess(good.subarray(0, length))).toThrow(InputError);
    }
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const changed = good.slice();
        changed[at] = byte;
        try {
          readCardAccess(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a file that claims to be huge before reading it', () => {
    expect(() => readCardAccess(decodeHex('3184ffffffff'))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it.skipIf(!existsSync(RECORDED))(
    'reads the recorded card, whose infos are those of the specimen in another order (skipped without ../shared)',
    () => {
      const infos = readCardAccess(recordedCardAccess());
      expect(sorted(infos)).toEqual(sorted(SPECIMEN_SECURITY_INFOS));
      expect(writeCardAccess(infos)).toHaveLength(recordedCardAccess().length);
    },
  );
});

describe('object identifiers', () => {
  it.each([
    ['0.4.0.127.0.7.2.2.4.2.2', '04007f00070202040202'],
    ['1.2.840.113549', '2a864886f70d'],
    ['2.999', '8837'],
  ])('writes and reads %s as %s', (oid, hex) => {
    expect(encodeHex(encodeOid(oid))).toBe(hex);
    expect(decodeOid(decodeHex(hex))).toBe(oid);
  });

  it('refuses padding, open ends, giants and what is no identifier', () => {
    expect(() => decodeOid(decodeHex('2a8001'))).toThrow(
      expect.objectContaining({ code: 'malformed', offset: 1 }),
    );
    expect(() => decodeOid(decodeHex('2a86'))).toThrow(expect.objectContaining({ code: 'truncated' }));
    expect(() => decodeOid(decodeHex('2affffffffff7f'))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect(() => decodeOid(new Uint8Array(64).fill(1))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect(() => encodeOid('1')).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
