import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkStringLatin,
  requireStringLatin,
  stringLatinCodePoints,
  transliterateAscii,
  transliterateMrz,
  type StringLatinType,
} from '../src/index.js';
import { anyText } from './any-text.js';
import { inputErrorOf } from './input-error-of.js';
import { sharedFile } from './shared-data.js';

const TYPES: readonly StringLatinType[] = ['A', 'B', 'C', 'D', 'E'];

describe('checkStringLatin', () => {
  it.each(['', 'Müller', 'Đặng Thị Hà', 'O’Neill-Łącka', 'C̨̆ K͟H k͟h S̛̄', 'Þórdís Ægisdóttir', 'ẞ'])(
    'takes %j as a name',
    (text) => {
      for (const type of TYPES) expect(checkStringLatin(text, type)).toBeUndefined();
    },
  );

  it.each([
    ['Иван', 'A', 0, 'U+0418'],
    ['Ω', 'C', 0, 'U+03A9'],
    ['Erika😀', 'E', 5, 'U+1F600'],
    ['Graﬁk', 'E', 3, 'U+FB01'],
    ['a\tb', 'A', 1, 'U+0009'],
    ['a\tb', 'B', 1, 'U+0009'],
    ['a\tb', 'D', 1, 'U+0009'],
    ['Erika 2', 'A', 6, 'U+0032'],
    ['x\ud800', 'E', 1, 'U+D800'],
    ['x\u0300', 'E', 1, 'U+0300'],
    ['a\u00ad', 'E', 1, 'U+00AD'],
    ['a\u{ffff}', 'E', 1, 'U+FFFF'],
  ] as const)('finds the first fault of %j in %s at %i', (text, type, position, codePoint) => {
    expect(checkStringLatin(text, type)).toMatchObject({
      reason: 'not-in-repertoire',
      type,
      position,
      codePoint,
    });
  });

  it.each([
    ['Иван Ж', 'E'],
    ['Ω', 'D'],
    ['a\tb', 'C'],
    ['a\tb', 'E'],
    ['Weg 2', 'B'],
  ] as const)('takes %j in %s', (text, type) => {
    expect(checkStringLatin(text, type)).toBeUndefined();
  });

  it('wants normal form C and says so', () => {
    const text = 'Großmu\u0308ller';
    expect(checkStringLatin(text, 'A')).toMatchObject({
      reason: 'not-nfc',
      position: 5,
      grapheme: 5,
      character: 'u\u0308',
    });
    expect(checkStringLatin(text.normalize('NFC'), 'A')).toBeUndefined();
  });

  it('counts characters as readers do', () => {
    expect(checkStringLatin('K͟HC̨̆!', 'A')).toMatchObject({ position: 6, grapheme: 3, character: '!' });
    expect(checkStringLatin('👩‍👩‍👧', 'A')).toMatchObject({ position: 0, grapheme: 0 });
  });

  it('is the type C of XMeld unless told otherwise', () => {
    expect(checkStringLatin('Ω')?.type).toBe('C');
  });

  it('accepts nothing that is not in normal form C', () => {
    const character = fc.constantFrom(...'aAcCkKsSuU\u0300\u0301\u0304\u0308\u031b\u0323\u0326ÇçĪṢṬạ');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 8 }), (characters) => {
        const text = characters.join('');
        if (checkStringLatin(text, 'E') === undefined) expect(text.normalize('NFC')).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('answers any text in bounded time', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...TYPES), (text, type) => {
        const fault = checkStringLatin(text, type);
        if (fault !== undefined) expect(fault.position).toBeLessThan(text.length);
      }),
    );
    const marks = `a${'\u0301'.repeat(200_000)}`;
    const start = performance.now();
    expect(checkStringLatin(marks, 'A')).toMatchObject({ reason: 'not-nfc', position: 0 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('checks 20,000 names in 50 ms', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `Großmüller-Đặng C̨̆ăr${'x'.repeat(index % 7)}`);
    for (const name of names) checkStringLatin(name, 'A');
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      for (const name of names) checkStringLatin(name, 'A');
      return process.cpuUsage(start).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('requireStringLatin', () => {
  it('returns a good text and names the place of a bad one without repeating it', () => {
    expect(requireStringLatin('Müller', 'A')).toBe('Müller');
    const error = inputErrorOf(() => requireStringLatin('Erika Иванова', 'A', 'holder.name'));
    expect(error).toMatchObject({ code: 'not-allowed', path: 'holder.name', offset: 6 });
    expect(error.message).toContain('character 7: U+0418');
    expect(error.message).not.toContain('Erika');
  });
});

describe('stringLatinCodePoints', () => {
  it('lists letters and the marks of letters without a code point, each once and in order', () => {
    const points = stringLatinCodePoints('A');
    expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
    expect(points).toEqual(expect.arrayContaining([0x41, 0x1e9e, 0x325, 0x35f]));
    expect(points).not.toContain(0x3b1);
    expect(stringLatinCodePoints('E')).toEqual(expect.arrayContaining([0x3b1, 0x416]));
  });
});

describe('the repertoire', () => {
  const xsd = sharedFile('xoev/shared-xsd/din-norm-91379-datatypes.xsd');

  it.skipIf(xsd === undefined).each(TYPES)(
    'of type %s is that of the official schema',
    (type) => {
      const pattern = patternOf(new TextDecoder().decode(xsd), type);
      const marks = [
        ...'\u0300\u0301\u0302\u0304\u0306\u0307\u0308\u030b\u030c\u030d\u0310\u0315\u031b\u0323\u0325\u0326\u0327\u0328\u0331\u035f',
      ];
      const pairs = marks.flatMap((first) => [...marks, 'H', 'h'].map((second) => first + second));
      const differences: string[] = [];
      const compare = (text: string): void => {
        const isOurs = checkStringLatin(text, type) === undefined;
        if (isOurs !== pattern.test(text)) differences.push(text);
      };
      for (let code = 0; code < 0x2300; code += 1) compare(String.fromCharCode(code));
      for (let code = 0x2300; code <= 0x10ffff; code += 0xfd) compare(String.fromCodePoint(code));
      for (let code = 0x41; code < 0x1f00; code += 1) {
        const letter = String.fromCharCode(code);
        if (checkStringLatin(letter, type) !== undefined) continue;
        for (const mark of marks) compare(letter + mark);
        if (code < 0x80) for (const pair of pairs) compare(letter + pair);
      }
      expect(differences).toEqual([]);
    },
    60_000,
  );

  it.skipIf(xsd === undefined)('has a transliteration for every character and sequence', () => {
    const schema = new TextDecoder().decode(xsd);
    const [typeA, typeC] = [patternOf(schema, 'A'), patternOf(schema, 'C')];
    const texts = Array.from({ length: 0x2266 }, (_, code) => String.fromCodePoint(code));
    for (const text of texts) {
      if (typeA.test(text)) expect(transliterateMrz(text)).toMatch(/^[A-Z<]{0,2}$/);
      if (typeC.test(text)) expect(transliterateAscii(text)).toMatch(/^[\t\n\r -~]{1,4}$/);
    }
  });
});

/** The pattern of a data type as a regular expression: character references resolved, what JavaScript would read as syntax escaped. */
function patternOf(schema: string, type: StringLatinType): RegExp {
  const start = schema.indexOf(`name="datatype${type}"`);
  const value = /xs:pattern value="([^"]*)"/.exec(schema.slice(start))?.[1] ?? '';
  const source = value.replace(/\\?&#x([0-9A-F]+);/g, (_, hex: string) => `\\u{${hex}}`);
  return new RegExp(`^(?:${source})$`, 'u');
}
