/** A Huffman code as files hold it (DHT; the same as in JPEG, ITU-T T.81, C.2). */
export interface HuffmanCode {
  /** How many codes have 1 to 16 bits; 16 entries. */
  readonly counts: Uint8Array;
  /** Their symbols, shortest code first. */
  readonly symbols: Uint8Array;
}

/** Longest code, in bits. */
export const MAX_CODE_BITS = 16;

/**
 * The code for symbols that occur as often as `frequencies` says (256 entries), none longer than 16 bits and
 * none of ones only (ITU-T T.81, K.2). Without any occurrence it has the one symbol 1, because a table is
 * never empty.
 */
export function huffmanCodeFor(frequencies: Uint32Array): HuffmanCode {
  const lengths = codeLengths(frequencies);
  const counts = limited(countsOf(lengths));
  const symbols = [...frequencies.keys()]
    .filter((symbol) => (lengths[symbol] ?? 0) > 0)
    .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  if (symbols.length === 0) {
    counts[0] = 1;
    symbols.push(1);
  }
  return { counts, symbols: Uint8Array.from(symbols) };
}

/** Codes in the order of the code's symbols: the next number, one bit longer where the length grows. */
export function codesOf({
  counts,
}: HuffmanCode): readonly { readonly code: number; readonly bits: number }[] {
  const codes: { code: number; bits: number }[] = [];
  let code = 0;
  counts.forEach((count, index) => {
    for (let each = 0; each < count; each += 1) codes.push({ code: code++, bits: index + 1 });
    code *= 2;
  });
  return codes;
}

/**
 * Optimal length of each symbol's code; 257 entries, the last one an unused symbol that takes the code of
 * ones only.
 */
function codeLengths(frequencies: Uint32Array): Uint16Array {
  const weights = [...frequencies, 1];
  const lengths = new Uint16Array(257);
  // Each list holds the symbols of one tree.
  const trees = weights.map((weight, symbol) => (weight > 0 ? { weight, symbols: [symbol] } : undefined));
  for (;;) {
    const [rarest, next] = twoRarest(trees);
    if (rarest === undefined || next === undefined) return lengths;
    const [first, second] = [trees[rarest], trees[next]];
    if (first === undefined || second === undefined) return lengths;
    const symbols = [...first.symbols, ...second.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    trees[rarest] = { weight: first.weight + second.weight, symbols };
    trees[next] = undefined;
  }
}

/**
 * Places of the two trees of least weight; of equal ones the last counts as rarer, so that the unused symbol
 * is.
 */
function twoRarest(
  trees: readonly ({ readonly weight: number } | undefined)[],
): readonly (number | undefined)[] {
  let rarest: number | undefined;
  let next: number | undefined;
  trees.forEach((tree, index) => {
    if (tree === undefined) return;
    if (rarest === undefined || tree.weight <= (trees[rarest]?.weight ?? 0)) {
      next = rarest;
      rarest = index;
    } else if (next === undefined || tree.weight <= (trees[next]?.weight ?? 0)) {
      next = index;
    }
  });
  return [rarest, next];
}

/** How many codes there are of each length; entry 0 is one bit. */
function countsOf(lengths: Uint16Array): number[] {
  const counts: number[] = [];
  for (const length of lengths) if (length > 0) counts[length - 1] = (counts[length - 1] ?? 0) + 1;
  return Array.from(counts, (count: number | undefined) => count ?? 0);
}

/** Counts without codes of more than 16 bits (ITU-T T.81, figure K.3), and without the unused symbol's. */
function limited(counts: number[]): Uint8Array<ArrayBuffer> {
  const at = (index: number): number => counts[index] ?? 0;
  for (let longest = counts.length - 1; longest >= MAX_CODE_BITS;) {
    if (at(longest) === 0) {
      longest -= 1;
      continue;
    }
    // Two of the longest go: one takes the prefix of both, the other splits a shorter code.
    let shorter = longest - 2;
    while (at(shorter) === 0) shorter -= 1;
    counts[longest] = at(longest) - 2;
    counts[longest - 1] = at(longest - 1) + 1;
    counts[shorter + 1] = at(shorter + 1) + 2;
    counts[shorter] = at(shorter) - 1;
  }
  const result = Uint8Array.from({ length: MAX_CODE_BITS }, (_, index) => at(index));
  const last = result.findLastIndex((count) => count > 0);
  if (last >= 0) result[last] = (result[last] ?? 0) - 1;
  return result;
}
