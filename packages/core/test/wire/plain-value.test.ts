import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { decodeValue, encodeValue } from '../../src/wire/plain-value.js';

const over = (value: unknown): unknown => decodeValue(JSON.parse(JSON.stringify(encodeValue(value))));

describe('a value on its way to another process', () => {
  it('arrives as it was', () => {
    const plain = fc.anything({
      withDate: true,
      withTypedArray: true,
      withBigInt: true,
      withNullPrototype: false,
      withSparseArray: false,
    });
    fc.assert(
      fc.property(plain, (value) => {
        let arrived: unknown;
        try {
          arrived = over(value);
        } catch (error) {
          // Invalid dates and typed arrays that are not listed are refused, never changed.
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        expect(arrived).toStrictEqual(value);
      }),
    );
  });

  it.each([
    ['undefined in lists and objects', [undefined, { a: undefined }, null]],
    ['numbers that JSON lacks', [Number.NaN, Infinity, -Infinity, -0]],
    ['an object that looks tagged', { $: 'undefined', a: 1 }],
    ['a hostile key', JSON.parse('{"__proto__":{"a":1}}')],
    ['no bytes', new Uint8Array(0)],
    ['bytes beyond one chunk', new Uint8Array(30_000).map((_, i) => i)],
    ['clamped bytes', new Uint8ClampedArray([1, 255])],
    ['samples', new Float32Array([0.5, -1])],
    ['a buffer', new Uint8Array([1, 2, 3]).buffer],
  ])('%s', (_, value) => {
    expect(over(value)).toStrictEqual(value);
  });

  it('takes the part that a view shows, and Node buffers as plain bytes', () => {
    expect(over(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toStrictEqual(new Uint8Array([2, 3]));
    expect(over(Buffer.from([1, 2]))).toStrictEqual(new Uint8Array([1, 2]));
  });

  it('stays a typed error', () => {
    const error = over(new DeviceError('attention', 'no paper', { remedy: 'add paper' }));
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({ code: 'attention', message: 'no paper', remedy: 'add paper' });
    const input = over(new InputError('truncated', 'cut off', { offset: 7, path: 'page' }));
    expect(input).toBeInstanceOf(InputError);
    expect(input).toMatchObject({ code: 'truncated', offset: 7, path: 'page' });
  });

  it('is refused with its path when it is no plain data', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    for (const [value, path] of [
      [{ a: [() => 1] }, 'a[0]'],
      [{ when: new Map() }, 'when'],
      [Symbol('x'), ''],
      [new (class Channel {})(), ''],
    ] as const) {
      expect(() => encodeValue(value)).toThrow(InputError);
      expect(() => encodeValue(value)).toThrow(expect.objectContaining({ code: 'unsupported', path }));
    }
    expect(() => encodeValue(cyclic)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it.each([
    [{ $: 'nonsense' }],
    [{ $: 'number', text: '12' }],
    [{ $: 'bigint', text: '1.5' }],
    [{ $: 'date', text: 'yesterday' }],
    [{ $: 'binary', type: 'Uint8Array', base64: 'A' }],
    [{ $: 'binary', type: 'Uint16Array', base64: 'AQ==' }],
    [{ $: 'binary', type: 'Blob', base64: '' }],
    [{ $: 'error', kind: 'device', code: 'lost' }],
    [{ $: 'object', entries: [['a']] }],
  ])('%o from outside is malformed', (json) => {
    expect(() => decodeValue({ at: json })).toThrow(
      expect.objectContaining({ code: 'malformed', path: 'at' }),
    );
  });

  it('from outside is refused when it is nested without end', () => {
    const json = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown;
    expect(() => decodeValue(json)).toThrow(InputError);
  });
});
