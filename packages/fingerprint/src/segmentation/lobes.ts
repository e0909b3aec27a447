import { squaredDistances } from './morphology.js';

/** Of two lobes the neck between them is narrower than this share of the thinner one. */
const NECK_SHARE = 0.78;

/**
 * Splits `mask` where it has necks, as between two phalanges and where two fingers touch: the number of its lobe
 * for each cell, from 1, and 0 for the rest; and how many lobes there are.
 *
 * Flooding from the cells deepest inside: two basins that meet become one unless the pass between them is a neck.
 */
export function lobesOf(
  mask: Uint8Array,
  columns: number,
  rows: number,
): { readonly lobe: Int32Array; readonly count: number } {
  const squared = squaredDistances(mask, columns, rows, 0);
  const depth = squared.map(Math.sqrt);
  const cells = deepestFirst(mask, squared);
  // Union-find over the cells; -1 for a cell that is not flooded yet. A root is the deepest cell of its basin.
  const parent = new Int32Array(mask.length).fill(-1);
  const rootOf = (cell: number): number => {
    let root = cell;
    for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) root = next;
    for (let at = cell; at !== root;) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const flooded = new Int32Array(8);
  for (const cell of cells) {
    const level = depth[cell] ?? 0;
    const column = cell % columns;
    let steepest = -1;
    let count = 0;
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const next = cell + dy * columns + dx;
        if (next < 0 || next >= mask.length || column + dx < 0 || column + dx >= columns) continue;
        if ((parent[next] ?? -1) < 0) continue;
        flooded[count++] = next;
        if (steepest < 0 || (depth[next] ?? 0) > (depth[steepest] ?? 0)) steepest = next;
      }
    }
    // The cell belongs to where it rises most steeply; the other basins around it may join that one here.
    parent[cell] = steepest < 0 ? cell : steepest;
    for (let i = 0; i < count; i += 1) {
      join(parent, depth, rootOf(steepest), rootOf(flooded[i] ?? 0), level);
    }
  }
  const lobe = new Int32Array(mask.length);
  const numbers = new Map<number, number>();
  for (const cell of cells) {
    const root = rootOf(cell);
    const number = numbers.get(root) ?? numbers.size + 1;
    numbers.set(root, number);
    lobe[cell] = number;
  }
  return { lobe, count: numbers.size };
}

/** The cells of `mask` by their squared depth, the deepest first, equally deep ones in order. */
function deepestFirst(mask: Uint8Array, squared: Float32Array): Int32Array {
  const keys = new Float64Array(mask.length);
  let count = 0;
  for (let cell = 0; cell < mask.length; cell += 1) {
    if (mask[cell] === 1) keys[count++] = cell - (squared[cell] ?? 0) * mask.length;
  }
  const sorted = keys.subarray(0, count).sort();
  return Int32Array.from(sorted.map((key) => ((key % mask.length) + mask.length) % mask.length));
}

/** Joins the basins `a` and `b` that meet at depth `level` unless that is a neck. */
function join(parent: Int32Array, depth: Float32Array, a: number, b: number, level: number): void {
  const [deep, shallow] = (depth[a] ?? 0) >= (depth[b] ?? 0) ? [a, b] : [b, a];
  if (level >= NECK_SHARE * (depth[shallow] ?? 0)) parent[shallow] = deep;
}
