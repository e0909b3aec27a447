import { encodeHex, InputError } from '@buergerkoffer/formats';

/**
 * Set in a node's byte where it is a leaf; the lowest bit is the leaf's vote then, else the byte is the
 * variable.
 */
export const LEAF = 0x80;

/** Bounds of a forest; NIST's has 100 trees, 138,428 nodes, and 25 levels. */
export const MAX_TREES = 1000;
export const MAX_NODES = 2_000_000;

/** A random forest of two classes: every split asks whether one variable is at most a threshold. */
export interface Forest {
  /** MD5 of the file that the forest was made from, 32 hexadecimal digits. */
  readonly modelHash: string;
  /** How many variables it was trained with. */
  readonly variables: number;
  /** First node of each tree. */
  readonly roots: Uint32Array;
  /** One byte per node, tree by tree, each node before what hangs on it, left before right. */
  readonly nodes: Uint8Array;
  /** Threshold of each node, 0 for leaves. */
  readonly thresholds: Float32Array;
  /** Where the right branch of each split begins; the left one follows the split. */
  readonly right: Uint32Array;
}

/** What a forest is made from: its nodes in order and the thresholds of the splits among them. */
export interface ForestParts {
  readonly hash: Uint8Array;
  readonly variables: number;
  readonly trees: number;
  readonly nodes: Uint8Array;
  readonly splits: Float32Array;
}

/** Hangs the nodes of `parts` on each other; nodes that make no whole trees are `InputError('malformed')`. */
export function forestOf(parts: ForestParts): Forest {
  const { nodes, splits, variables, trees } = parts;
  const thresholds = new Float32Array(nodes.length);
  const right = new Uint32Array(nodes.length);
  // Splits whose right branch has not begun yet.
  const open: number[] = [];
  const roots: number[] = [];
  let split = 0;
  for (let node = 0, isRoot = true; node < nodes.length; node += 1) {
    const kind = nodes[node] ?? 0;
    if (isRoot) roots.push(node);
    if (kind < LEAF) {
      if (kind >= variables || split >= splits.length) throw malformed(`node ${node} is no split`);
      thresholds[node] = splits[split] ?? 0;
      split += 1;
      open.push(node);
      isRoot = false;
      continue;
    }
    if (kind > LEAF + 1) throw malformed(`node ${node} is no leaf`);
    const parent = open.pop();
    if (parent !== undefined) right[parent] = node + 1;
    isRoot = parent === undefined;
  }
  if (open.length > 0 || roots.length !== trees || split !== splits.length) {
    throw malformed(`the nodes do not make ${trees} whole trees`);
  }
  const modelHash = encodeHex(parts.hash);
  return { modelHash, variables, roots: Uint32Array.from(roots), nodes, thresholds, right };
}

/** How many trees vote for class 1; `values` are the variables, NaN goes right. */
export function votesOf({ nodes, thresholds, right, roots }: Forest, values: Float32Array): number {
  let votes = 0;
  for (const root of roots) {
    let node = root;
    let kind = nodes[node] ?? LEAF;
    while (kind < LEAF) {
      node = (values[kind] ?? Number.NaN) <= (thresholds[node] ?? 0) ? node + 1 : (right[node] ?? 0);
      kind = nodes[node] ?? LEAF;
    }
    votes += kind & 1;
  }
  return votes;
}

function malformed(message: string): InputError {
  return new InputError('malformed', message);
}
