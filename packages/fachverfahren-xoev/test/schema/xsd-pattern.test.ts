import { describe, expect, it } from 'vitest';
import { patternOf } from '../../src/schema/index.js';

describe('a pattern of XML Schema', () => {
  it.each([
    ['\\d{9}', '123456789', '12345678'],
    ['[0-9]{2}([0][0-9]|[1][0-2])', '9912', '9913'],
    ['[\\p{L}0-9./ ]*', 'Straße 1./', 'a-b'],
    ['[^\\n\\t\\r]*', 'a b', 'a\nb'],
    ['.{1,4}', 'a^$b', 'abcde'],
    ['a|b', 'b', 'ab'],
    ["[a-zA-Z0-9:?,-/|\\.|\\+|\\(|\\)|'| ]*", "a:(b)'", 'ä'],
    ['\\i\\c*', 'a-1', '1a'],
    ['[a-z-[aeiou]]+', 'xyz', 'xaz'],
    ['a^b$', 'a^b$', 'ab'],
    ['[\\-+]?[0-9]', '-1', '--1'],
    ['00|([0-9]+)[E]', '17E', '0'],
    ['[\\p{IsBasicLatin}\\p{IsLatin-1Supplement}]+', 'aß', 'ő'],
    ['\\P{IsCyrillic}', 'a', 'Ж'],
  ])('%s matches a whole text', (pattern, match, other) => {
    expect(patternOf(pattern).test(match)).toBe(true);
    expect(patternOf(pattern).test(other)).toBe(false);
  });

  it.each(['\\p{IsThai}', '[a', '(a'])('%s is refused', (pattern) => {
    expect(() => patternOf(pattern)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
