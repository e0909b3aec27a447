import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, InputError } from '../src/index.js';
import { inputErrorOf } from './input-error-of.js';

describe('ByteReader', () => {
  it('reads numbers in both byte orders', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    const big = new ByteReader(bytes);
    expect([big.u8(), big.u16(), big.u24(), big.u32()]).toEqual([1, 0x0203, 0x040506, 0x0708090a]);
    const little = new ByteReader(bytes, { order: 'little' });
    expect([little.u8(), little.u16(), little.u24(), little.u32()]).toEqual([
      1, 0x0302, 0x060504, 0x0a090807,
    ]);
    expect(new ByteReader(bytes).u16('little')).toBe(0x0201);
  });

  it('reads signed numbers', () => {
    const reader = new ByteReader(Uint8Array.of(0xff, 0xff, 0xff, 0xfe, 0x80, 0x00));
    expect([reader.i32(), reader.i16()]).toEqual([-2, -0x8000]);
  });

  it('reports what is missing with the offset in the whole input and stays where it was', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3), { baseOffset: 100 });
    reader.u8();
    const error = inputErrorOf(() => reader.u32());
    expect([error.code, error.offset]).toEqual(['truncated', 101]);
    expect(reader.u16()).toBe(0x0203);
  });

  it('bounds a reader of a part to that part', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3, 4));
    reader.skip(1);
    const part = reader.sub(2);
    expect(part.u16()).toBe(0x0203);
    expect(inputErrorOf(() => part.u8())).toMatchObject({ code: 'truncated', offset: 3 });
    expect(reader.u8()).toBe(4);
  });

  it('refuses bytes that are left over', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2));
    reader.u8();
    expect(inputErrorOf(() => reader.expectEnd())).toMatchObject({ code: 'malformed', offset: 1 });
  });

  it('reads ASCII and points at the first byte that is none', () => {
    expect(new ByteReader(Uint8Array.of(0x46, 0x49, 0x52)).ascii(3)).toBe('FIR');
    const error = inputErrorOf(() => new ByteReader(Uint8Array.of(0x46, 0xfc)).ascii(2));
    expect(error).toMatchObject({ code: 'malformed', offset: 1 });
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a length', (length) => {
    expect(inputErrorOf(() => new ByteReader(new Uint8Array(9)).bytes(length)).code).toBe('out-of-range');
  });
});

describe('ByteWriter', () => {
  it('writes what the reader reads', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('big' as const, 'little' as const),
        fc.nat(0xff),
        fc.nat(0xffff),
        fc.nat(0xffffff),
        fc.nat(0xffffffff),
        fc.integer(),
        fc.uint8Array({ maxLength: 300 }),
        (order, a, b, c, d, e, rest) => {
          const bytes = new ByteWriter(order).u8(a).u16(b).u24(c).u32(d).i32(e).bytes(rest).toBytes();
          const reader = new ByteReader(bytes, { order });
          expect([reader.u8(), reader.u16(), reader.u24(), reader.u32(), reader.i32()]).toEqual([
            a,
            b,
            c,
            d,
            e,
          ]);
          expect(reader.bytes(rest.length)).toEqual(rest);
          reader.expectEnd();
        },
      ),
    );
  });

  it.each([-1, 256, 1.5, Number.NaN])('refuses %d as a byte', (value) => {
    expect(() => new ByteWriter().u8(value)).toThrow(InputError);
  });

  it('refuses text that is not ASCII', () => {
    expect(inputErrorOf(() => new ByteWriter().ascii('Fü'))).toMatchObject({ offset: 1 });
  });
});
