/** Data types of DIN 91379:2022-08: A names of persons, B other names, C all normative, D with extended signs, E all. */
export type StringLatinType = 'A' | 'B' | 'C' | 'D' | 'E';

/** One bit per data type. */
export const TYPE_BIT: Readonly<Record<StringLatinType, number>> = { A: 1, B: 2, C: 4, D: 8, E: 16 };

/** First code point above every single character of the repertoire. */
export const REPERTOIRE_END = 0x2266;

/** Single characters by the data types that admit them: hexadecimal code points and ranges. */
const SINGLES: readonly (readonly [types: string, ranges: string])[] = [
  [
    'ABCDE',
    '20 27 2C-2E 41-5A 60-7A 7E A8 B4 B7 C0-D6 D8-F6 F8-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF ' +
      '1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292 2B9-2BA 2BE-2BF 2C8 2CC ' +
      '1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F ' +
      '1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9 2019 2021',
  ],
  ['BCDE', '21-26 28-2B 2F-40 5B-5F 7B-7D A1-A3 A5 A7 A9-AC AE-B3 B5-B6 B9-BB BF D7 F7 20AC'],
  ['CDE', 'A4 A6 B8 BC-BE'],
  ['CE', '9-A D A0'],
  [
    'DE',
    '192 2B0 2B3 2C6 2DC 2E2 386 388-38A 38C 38E-3A1 3A3-3CE 1D48 1D57 2018 201A 201C-201E 2020 2026 2030 ' +
      '2032-2033 2039-203A 2070 2074-2079 207F-2089 2122 221E 2264-2265',
  ],
  ['E', '40D 410-42A 42C 42E-44A 44C 44E-44F 45D'],
];

/**
 * Letters that have no code point of their own, in all five data types: the marks (hexadecimal, `+`
 * between several) and the base letters that take them.
 */
const SEQUENCES: readonly (readonly [marks: string, bases: string])[] = [
  ['300', 'CcFfGgKkMmPpSsTtZz'],
  ['301', 'JjĪīÿ'],
  ['302', 'DdKkLlMmNn'],
  ['304', 'CcFfHhKkNnPpSsTtZzÛûḲḳṢṣṬṭỤụ'],
  ['306', 'CcMmNnRrZzÇç'],
  ['307', 'KkUu'],
  ['308', 'CcTZzẠạỌọỤụ'],
  ['30B', 'Aa'],
  ['30C', 'J'],
  ['30D', 'ēō'],
  ['310', 'Mm'],
  ['315', 'CcKkPpTtČč'],
  ['31B', 'KkTt'],
  ['31B+304', 'Ss'],
  ['323', 'CcPpČč'],
  ['325', 'LlRr'],
  ['325+304', 'LlRr'],
  ['326', 'CcHhKkLlNnŽž'],
  ['327', 'ZzŽž'],
  ['328+306', 'Cc'],
  ['331', 'HSs'],
  ['35F+48', 'K'],
  ['35F+68', 'Kk'],
];

/** For each code point below {@link REPERTOIRE_END} the bits of the data types that admit it alone. */
export function singleCharacters(): Uint8Array {
  const table = new Uint8Array(REPERTOIRE_END);
  for (const [types, ranges] of SINGLES) {
    const bits = bitsOf(types);
    for (const range of ranges.split(' ')) {
      const [first = '', last = first] = range.split('-');
      table.fill(bits, Number.parseInt(first, 16), Number.parseInt(last, 16) + 1);
    }
  }
  return table;
}

/** For each base letter what may follow it to make one letter, longest first. */
export function letterSequences(): ReadonlyMap<string, readonly string[]> {
  const sequences = new Map<string, string[]>();
  for (const [marks, bases] of SEQUENCES) {
    const tail = marks
      .split('+')
      .map((mark) => String.fromCharCode(Number.parseInt(mark, 16)))
      .join('');
    for (const base of bases) {
      const tails = [...(sequences.get(base) ?? []), tail];
      sequences.set(
        base,
        tails.sort((a, b) => b.length - a.length),
      );
    }
  }
  return sequences;
}

function bitsOf(types: string): number {
  let bits = 0;
  for (const [type, bit] of Object.entries(TYPE_BIT)) if (types.includes(type)) bits |= bit;
  return bits;
}
