/** `max` characters of the widest kind, in words as names have them. */
export function widest(max: number): string {
  return 'WÜMMELWITZ-'.repeat(Math.ceil(max / 11)).slice(0, max - 1) + 'W';
}

/** One word without a place to break, of the widest letters. */
export function unbroken(max: number): string {
  return 'W'.repeat(max);
}

/** Letters of String.Latin (DIN 91379) that need marks placed on letters, stroked, dotted and doubled. */
export const EXTREME_NAME =
  'J\u030c C\u0328\u0306 M\u0302 L\u0325\u0304 r\u0325\u0304 Z\u0327 h\u0331 N\u0304 s\u0300 x\u0323 ẞ Ə Ɖ ʼn Ǖ ğ ŧ Ŋ ʿ ʾ';
