import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, encodeHex, findTlv, readTlv, readTlvs, writeTlv } from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

describe('readTlvs', () => {
  it('reads objects and what is inside constructed ones', () => {
    const [outer, next] = readTlvs(decodeHex('30068001ff5f2e008100'));
    expect(outer).toMatchObject({ tag: 0x30, offset: 0 });
    expect(outer?.children.map(({ tag, offset }) => [tag, offset])).toEqual([
      [0x80, 2],
      [0x5f2e, 5],
    ]);
    expect(next).toMatchObject({ tag: 0x81, offset: 8, value: new Uint8Array() });
  });

  it('counts offsets in the whole input', () => {
    expect(readTlvs(decodeHex('30028000'), { baseOffset: 50 })[0]?.children[0]?.offset).toBe(52);
  });

  it.each([
    ['80', 'truncated', 1],
    ['8005ff', 'truncated', 2],
    ['3003800200', 'truncated', 4],
    ['8082ff', 'truncated', 3],
    ['5f', 'truncated', 1],
    ['8084ffffffff', 'truncated', 6],
    ['308000', 'unsupported', 1],
    ['8085ffffffffff', 'unsupported', 1],
    ['5f81828300', 'unsupported', 0],
    ['5f8001', 'malformed', 0],
  ])('refuses %s as %s at %i', (hex, code, offset) => {
    expect(inputErrorOf(() => readTlvs(decodeHex(hex)))).toMatchObject({ code, offset });
  });

  it('wants the shortest length in DER only', () => {
    for (const hex of ['80810101', '8082000101', '808180'.padEnd(6 + 256, '0')]) {
      expect(readTlvs(decodeHex(hex))).toHaveLength(1);
    }
    expect(inputErrorOf(() => readTlvs(decodeHex('80810101'), { encoding: 'der' })).offset).toBe(1);
    expect(
      inputErrorOf(() => readTlvs(decodeHex('8082007f'.padEnd(8 + 254, '0')), { encoding: 'der' })).code,
    ).toBe('malformed');
    expect(readTlvs(decodeHex('808180'.padEnd(6 + 256, '0')), { encoding: 'der' })).toHaveLength(1);
  });

  it('bounds nesting and number', () => {
    let nested: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 17; depth += 1) nested = writeTlv(0x30, nested);
    expect(inputErrorOf(() => readTlvs(nested))).toMatchObject({ code: 'too-large', offset: 32 });
    expect(readTlvs(nested, { maxDepth: 17 })).toHaveLength(1);
    expect(inputErrorOf(() => readTlvs(new Uint8Array(30_000))).code).toBe('too-large');
  });

  it('answers any bytes with objects or an InputError', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('ber' as const, 'der' as const),
        (bytes, encoding) => {
          unlessInputError(() => readTlvs(bytes, { encoding }));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('readTlv', () => {
  it('takes exactly one object', () => {
    expect(readTlv(decodeHex('8001aa')).value).toEqual(Uint8Array.of(0xaa));
    expect(inputErrorOf(() => readTlv(new Uint8Array())).code).toBe('truncated');
    expect(inputErrorOf(() => readTlv(decodeHex('80008100')))).toMatchObject({
      code: 'malformed',
      offset: 2,
    });
  });
});

describe('writeTlv', () => {
  it('writes the shortest length of every size', () => {
    const lengthField = (size: number): string =>
      encodeHex(writeTlv(0x80, new Uint8Array(size)).subarray(1, 5));
    expect(lengthField(0x7f).slice(0, 2)).toBe('7f');
    expect(lengthField(0x80).slice(0, 4)).toBe('8180');
    expect(lengthField(0x100).slice(0, 6)).toBe('820100');
    expect(lengthField(0x10000)).toBe('83010000');
  });

  it('writes what is read back', () => {
    const tag = fc.constantFrom(0x80, 0x5f2e, 0x9f8101, 0x04);
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, fc.uint8Array({ maxLength: 300 }))), (objects) => {
        const written = writeTlv(
          0x30,
          objects.map(([inner, value]) => writeTlv(inner, value)),
        );
        const read = readTlv(written, { encoding: 'der' });
        expect(read.children.map(({ tag: inner, value }) => [inner, new Uint8Array(value)])).toEqual(objects);
        const [first] = objects;
        if (first !== undefined) expect(findTlv(read.children, first[0])).toBe(read.children[0]);
      }),
    );
  });

  it.each([-1, 1.5, 0x1_0000_0000, 0x5f, 0x8081])('refuses %i, which is no tag', (tag) => {
    expect(inputErrorOf(() => writeTlv(tag, new Uint8Array())).name).toBe('InputError');
  });
});
