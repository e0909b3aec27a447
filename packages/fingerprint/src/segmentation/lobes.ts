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
  const depth = squaredDistances(mask, columns, rows, 0).map(Math.sqrt);
  const cells = Int32Array.from(mask.keys())
    .filter((cell) => mask[cell] === 1)
    .sort((a, b) => (depth[b] ?? 0) - (depth[a] ?? 0) || a - b);
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
  for (const cell of cells) {
    const level = depth[cell] ?? 0;
    const column = cell % columns;
    const flooded: number[] = [];
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const next = cell + dy * columns + dx;
        if (next < 0 || next >= mask.length || column + dx < 0 || column + dx >= columns) continue;
        if ((parent[next] ?? -1) >= 0) flooded.push(next);
      }
    }
    // The cell belongs to where it rises most steeply; the other basins around it may join that one here.
    flooded.sort((a, b) => (depth[b] ?? 0) - (depth[a] ?? 0));
    const [steepest = cell] = flooded;
    parent[cell] = steepest;
    for (const next of flooded) join(parent, depth, rootOf(steepest), rootOf(next), level);
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

/** Joins the basins `a` and `b` that meet at depth `level` unless that is a neck. */
function join(parent: Int32Array, depth: Float32Array, a: number, b: number, level: number): void {
  const [deep, shallow] = (depth[a] ?? 0) >= (depth[b] ?? 0) ? [a, b] : [b, a];
  if (level >= NECK_SHARE * (depth[shallow] ?? 0)) parent[shallow] = deep;
}
