import { codesOf, MAX_CODE_BITS, type HuffmanCode } from './huffman-code.js';

/** Bits by which most codes are found at once. */
export const FAST_BITS = 11;

/** A code turned round, for reading. */
export interface HuffmanTable {
  /**
   * By the next {@link FAST_BITS} bits: symbol, and the bits of its code above (`bits << 8`); 0 for longer
   * codes.
   */
  readonly fast: Uint16Array;
  /** By code length: the last code of that length, -1 where there is none; 17 entries. */
  readonly lastCode: Int32Array;
  /** By code length: what added to a code gives the place of its symbol; 17 entries. */
  readonly offset: Int32Array;
  readonly symbols: Uint8Array;
}

/** The table by which a code is read. */
export function huffmanTable(code: HuffmanCode): HuffmanTable {
  const fast = new Uint16Array(1 << FAST_BITS);
  const lastCode = new Int32Array(MAX_CODE_BITS + 1).fill(-1);
  const offset = new Int32Array(MAX_CODE_BITS + 1);
  codesOf(code).forEach(({ code: value, bits }, place) => {
    if (lastCode[bits] === -1) offset[bits] = place - value;
    lastCode[bits] = value;
    if (bits > FAST_BITS) return;
    const first = value << (FAST_BITS - bits);
    fast.fill((bits << 8) | (code.symbols[place] ?? 0), first, first + (1 << (FAST_BITS - bits)));
  });
  return { fast, lastCode, offset, symbols: code.symbols };
}
