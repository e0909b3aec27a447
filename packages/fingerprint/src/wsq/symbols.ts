/**
 * The symbols that stand for whole numbers and runs of zeros (IAFIS-IC-0110 V3, table A.1). 1 to 100 is a run
 * of so many zeros, 107 to 254 a number by itself; the others are followed by 8 or 16 more bits.
 */
export const SYMBOL = {
  longestPlainRun: 100,
  positive8: 101,
  negative8: 102,
  positive16: 103,
  negative16: 104,
  run8: 105,
  run16: 106,
  /** Stands for 0, which is always part of a run: a number is its symbol less this one. */
  zero: 180,
} as const;

/** Smallest and largest number with a symbol of its own. */
export const PLAIN_RANGE = { from: -73, to: 74 } as const;

/** Longest run and largest amount that the additional 16 bits hold. */
export const MAX_16_BIT = 65_535;

/** How many bits follow the symbol. */
export function extraBits(symbol: number): 0 | 8 | 16 {
  if (symbol < SYMBOL.positive8 || symbol > SYMBOL.run16) return 0;
  return symbol === SYMBOL.positive16 || symbol === SYMBOL.negative16 || symbol === SYMBOL.run16 ? 16 : 8;
}

/** The token of a restart: no symbol is 0. */
export const RESTART = 0;
