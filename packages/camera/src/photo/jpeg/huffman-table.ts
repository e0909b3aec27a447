/** So many bits are looked up at once. */
export const LOOKED_UP_BITS = 11;

/** Steps of an AC entry that ends its block, more than a block has. */
export const END_OF_BLOCK = 64;

/**
 * A Huffman table of a JPEG (ITU-T T.81, Annex C), ready to be looked up. An entry of {@link quick} for the next 11 bits
 * holds, where code and value lie within these: the value (from bit 16 on, signed), how many coefficients further it
 * stands (bits 8 to 14), and how many bits both take (bits 0 to 7). 0 is everything else.
 */
export interface HuffmanTable {
  readonly quick: Int32Array;
  /** Codes of each length 1 to 16 are below this, with as many bits before them as make up 16; -1 where there are none. */
  readonly limits: Int32Array;
  /** What leads from a code of each length to the place of its symbol. */
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/** The table of `counts` codes of each length from 1 to 16 for `symbols`; `undefined` where there are too many. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | undefined {
  const limits = new Int32Array(17).fill(-1);
  const offsets = new Int32Array(17);
  const quick = new Int32Array(1 << LOOKED_UP_BITS);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length += 1) {
    const count = counts[length - 1] ?? 0;
    offsets[length] = place - code;
    for (let one = 0; one < count; one += 1, code += 1, place += 1) {
      if (length <= LOOKED_UP_BITS) enter(quick, code, length, symbols[place] ?? 0);
    }
    // A code of nothing but ones is not allowed (T.81, C.2).
    if (code >= 1 << length) return undefined;
    if (count > 0) limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { quick, limits, offsets, symbols };
}

/** All ways in which the bits behind a code may go on. */
function enter(quick: Int32Array, code: number, length: number, symbol: number): void {
  const size = symbol & 15;
  const steps = stepsOf(symbol);
  if (steps === undefined || length + size > LOOKED_UP_BITS) return;
  const left = LOOKED_UP_BITS - length - size;
  for (let bits = 0; bits < 1 << size; bits += 1) {
    const entry = (signed(bits, size) << 16) | (steps << 8) | (length + size);
    const from = ((code << size) | bits) << left;
    quick.fill(entry, from, from + (1 << left));
  }
}

/** How many coefficients further the symbol's value stands; `undefined` for symbols that baseline has not. */
export function stepsOf(symbol: number): number | undefined {
  const run = symbol >> 4;
  if ((symbol & 15) !== 0 || run === 15) return run + 1;
  return run === 0 ? END_OF_BLOCK : undefined;
}

/** The value of `size` bits: those with a leading 0 are negative (T.81, table F.1). */
export function signed(bits: number, size: number): number {
  return size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}
