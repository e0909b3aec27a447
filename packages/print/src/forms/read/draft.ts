/** Data that are put together path by path; arrays may have gaps until {@link finished}. */
export type Tree = { [key: string]: unknown } | unknown[];

/** Sets a value, making objects and arrays on the way: a number in the path is a place in an array. */
export function setAt(root: Tree, path: readonly string[], value: unknown): void {
  let here: Tree = root;
  for (const [index, key] of path.slice(0, -1).entries()) {
    const next: unknown = Reflect.get(here, key);
    const tree: Tree = isTree(next) ? next : /^\d+$/u.test(path[index + 1] ?? '') ? [] : {};
    if (tree !== next) Reflect.set(here, key, tree);
    here = tree;
  }
  Reflect.set(here, path.at(-1) ?? '', value);
}

/** The value at a path, undefined where there is none. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => (isTree(here) ? Reflect.get(here, key) : undefined), root);
}

/** Stands in a {@link Tree} for a box that was left empty. */
export const UNTICKED = Symbol('unticked');

/** A place of which only the schema knows whether it holds this value or nothing: an empty box, a list whose rows were left empty. */
export interface Leftover {
  readonly path: readonly string[];
  readonly value: false | readonly never[];
}

/** The data without what is undefined, and without objects, lists and places in lists of which nothing is left. */
export function finished(draft: Tree): { readonly data: Tree; readonly leftovers: readonly Leftover[] } {
  const leftovers: Leftover[] = [];
  const data = pruned(draft, [], leftovers);
  return { data: isTree(data) ? data : {}, leftovers };
}

function pruned(value: unknown, path: readonly string[], leftovers: Leftover[]): unknown {
  if (value === UNTICKED) {
    leftovers.push({ path, value: false });
    return undefined;
  }
  if (!isTree(value)) return value;
  if (Array.isArray(value)) return prunedList(value, path, leftovers);
  const entries = Object.entries(value)
    .map(([key, item]) => [key, pruned(item, [...path, key], leftovers)] as const)
    .filter(([, item]) => item !== undefined);
  // What was an empty object from the beginning says so.
  return entries.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(entries);
}

function prunedList(items: readonly unknown[], path: readonly string[], leftovers: Leftover[]): unknown {
  const left: unknown[] = [];
  for (const item of items) {
    const inside: Leftover[] = [];
    const kept = pruned(item, [...path, String(left.length)], inside);
    if (kept === undefined) continue;
    left.push(kept);
    leftovers.push(...inside);
  }
  if (left.length > 0 || items.length === 0) return left;
  leftovers.push({ path, value: [] });
  return undefined;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
