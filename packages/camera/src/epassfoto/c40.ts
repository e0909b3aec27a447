import { InputError } from '@buergerkoffer/formats';

/** What C40's second set has besides letters and digits, by index (ISO/IEC 16022, table C.1). */
const SHIFT_2 = '!"#$%&\'()*+,-./:;<=>?@[\\]^_';
const UNLATCH = 254;

/**
 * Text of C40 codewords (ISO/IEC 16022, 5.2.5): pairs of bytes that hold three values each. A rest is ASCII codewords, after the
 * unlatch codeword 254 or as a single last byte. What is no such text is `InputError('malformed')`; `offset` is that of
 * the first byte in the whole input.
 */
export function decodeC40(bytes: Uint8Array, offset: number): string {
  const values: number[] = [];
  let at = 0;
  while (at + 1 < bytes.length && bytes[at] !== UNLATCH) {
    const pair = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) - 1;
    const first = Math.floor(pair / 1600);
    if (pair < 0 || first > 39) throw notC40(offset + at);
    values.push(first, Math.floor((pair % 1600) / 40), pair % 40);
    at += 2;
  }
  if (bytes[at] === UNLATCH) at++;
  return textOf(values, offset) + asciiOf(bytes.subarray(at), offset + at);
}

function textOf(values: readonly number[], offset: number): string {
  // Shifts at the very end fill the last pair.
  const end = values.findLastIndex((value) => value !== 0) + 1;
  let text = '';
  let set = 0;
  for (const value of values.slice(0, end)) {
    if (set === 0 && value < 3) {
      set = value + 1;
      continue;
    }
    const character = characterOf(set, value);
    if (character === undefined) throw notC40(offset);
    text += character;
    set = 0;
  }
  return text;
}

function characterOf(set: number, value: number): string | undefined {
  switch (set) {
    case 0:
      if (value === 3) return ' ';
      return String.fromCharCode(value < 14 ? 48 + value - 4 : 65 + value - 14);
    case 1:
      return value < 32 ? String.fromCharCode(value) : undefined;
    case 2:
      return SHIFT_2[value];
    default:
      return value < 32 ? String.fromCharCode(96 + value) : undefined;
  }
}

/** ASCII codewords: 1 to 128 a character, 130 to 229 two digits. */
function asciiOf(bytes: Uint8Array, offset: number): string {
  return Array.from(bytes, (codeword, index) => {
    if (codeword >= 1 && codeword <= 128) return String.fromCharCode(codeword - 1);
    if (codeword >= 130 && codeword <= 229) return String(codeword - 130).padStart(2, '0');
    throw notC40(offset + index);
  }).join('');
}

function notC40(offset: number): InputError {
  return new InputError('malformed', 'the field is no text in C40', { offset });
}
