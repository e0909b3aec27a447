import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseCanonicalJson } from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

describe('canonicalJson', () => {
  it('sorts keys by UTF-16 code units and writes no white space', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 };
    expect(canonicalJson({ b: [1, { z: null, a: true }], a: 'x' })).toBe(
      '{"a":"x","b":[1,{"a":true,"z":null}]}',
    );
    expect(Object.values(value)).toHaveLength(7);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it.each([
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [-0, '0'],
    [4.5, '4.5'],
    [333333333.33333329, '333333333.3333333'],
    ['\u0007\b\t\u001f"\\/\u007f', '"\\u0007\\b\\t\\u001f\\"\\\\/\u007f"'],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
  ])('writes %j as RFC 8785 does', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it.each([
    [{ a: undefined }, 'a'],
    [{ a: [1, undefined] }, 'a[1]'],
    // eslint-disable-next-line no-sparse-arrays
    [[1, , 2], '[1]'],
    [{ a: { b: Number.NaN } }, 'a.b'],
    [[Number.POSITIVE_INFINITY], '[0]'],
    [{ a: 1n }, 'a'],
    [{ a: () => 1 }, 'a'],
    [{ a: new Date(0) }, 'a'],
    [{ a: new Map() }, 'a'],
    [{ a: Uint8Array.of(1) }, 'a'],
    [{ a: 'x\ud800' }, 'a'],
    [{ a: '\udc00\ud800' }, 'a'],
    [{ a: { [Symbol('s')]: 1 } }, 'a'],
  ])('refuses what JSON cannot hold (%#) with its path', (value, path) => {
    expect(inputErrorOf(() => canonicalJson(value))).toMatchObject({ code: 'not-allowed', path });
  });

  it('refuses cycles and deep nesting', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(inputErrorOf(() => canonicalJson(cycle)).code).toBe('too-large');
    expect(inputErrorOf(() => parseCanonicalJson('['.repeat(100_000) + ']'.repeat(100_000))).code).toBe(
      'too-large',
    );
  });

  it('does not depend on the order of keys and survives a round trip', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 5 }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonicalJson(text))).toBe(text);
        expect(parseCanonicalJson(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  });
});

describe('parseCanonicalJson', () => {
  it.each([
    ['{"b":1,"a":2}', 2],
    ['{"a": 1}', 5],
    ['[1.0]', 2],
    ['"\\u0041"', 1],
    ['{"a":1,"a":1}', 6],
    ['{}\n', 2],
    ['-0', 0],
  ])('refuses %j, which is not canonical, at %i', (text, offset) => {
    expect(inputErrorOf(() => parseCanonicalJson(text))).toMatchObject({ code: 'malformed', offset });
  });

  it('keeps a key that is called __proto__', () => {
    expect(canonicalJson(parseCanonicalJson('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });

  it('answers any text with a value or an InputError', () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.stringMatching(/^[[\]{}":,0-9.eE\\u-]{0,20}$/));
    fc.assert(
      fc.property(text, (candidate) => {
        const value = unlessInputError(() => parseCanonicalJson(candidate));
        if (value !== undefined) expect(canonicalJson(value)).toBe(candidate);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what is no JSON without repeating it', () => {
    const error = inputErrorOf(() => parseCanonicalJson('{"name":"Mustermann"'));
    expect(error.code).toBe('malformed');
    expect(`${error.message}${String(error.cause)}`).not.toContain('Muster');
  });
});
