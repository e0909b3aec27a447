/** A block at another size: `side` samples a side from as many of its lowest coefficients. */
export type ReducedSide = 1 | 2 | 3 | 4;

/** Coefficients a side that are kept to make reduced pictures. */
export const KEPT_SIDE = 4;

/** For each size the share of coefficient u in sample i, at `i * side + u`. */
const BASES: Readonly<Record<ReducedSide, Float32Array>> = {
  1: basisOf(1),
  2: basisOf(2),
  3: basisOf(3),
  4: basisOf(4),
};

/** The orthonormal DCT of `side` samples; the mean of a block stays what it was. */
function basisOf(side: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, index) => {
    const [sample, order] = [Math.floor(index / side), index % side];
    const norm = Math.sqrt((order === 0 ? 1 : 2) / side) * Math.sqrt(side / 8);
    return norm * Math.cos(((2 * sample + 1) * order * Math.PI) / (2 * side));
  });
}

const between = new Float32Array(KEPT_SIDE * KEPT_SIDE);

/**
 * Samples of a block whose 4 x 4 lowest coefficients lie at `at`, multiplied by their factors: `across` x `down` of them, each
 * the mean of as large a part of the block as the coefficients allow.
 */
export function reducedDct(
  kept: Int16Array,
  at: number,
  across: ReducedSide,
  down: ReducedSide,
  to: Uint8ClampedArray,
  place: number,
  stride: number,
): void {
  let rest = 0;
  for (let index = at + 1; index < at + KEPT_SIDE * KEPT_SIDE; index += 1) rest |= kept[index] ?? 0;
  if (rest === 0) {
    const level = 128 + (kept[at] ?? 0) / 8;
    for (let y = 0, from = place; y < down; y += 1, from += stride) to.fill(level, from, from + across);
    return;
  }
  const columns = BASES[across];
  const rows = BASES[down];
  for (let v = 0; v < down; v += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let u = 0; u < across; u += 1)
        sum += (columns[x * across + u] ?? 0) * (kept[at + v * KEPT_SIDE + u] ?? 0);
      between[v * KEPT_SIDE + x] = sum;
    }
  }
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 128;
      for (let v = 0; v < down; v += 1) sum += (rows[y * down + v] ?? 0) * (between[v * KEPT_SIDE + x] ?? 0);
      to[place + y * stride + x] = sum;
    }
  }
}
