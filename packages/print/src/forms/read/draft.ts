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

/** The data without what is undefined, and without objects and places in arrays of which nothing is left. */
export function finished(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(finished).filter((item) => item !== undefined && !isHollow(item));
  if (!isTree(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, finished(item), isHollow(item)] as const);
  return Object.fromEntries(
    entries
      .filter(([, item, wasHollow]) => item !== undefined && (wasHollow || !isHollow(item)))
      .map(([key, item]) => [key, item]),
  );
}

/** An object without properties. */
function isHollow(value: unknown): boolean {
  return isTree(value) && !Array.isArray(value) && Object.keys(value).length === 0;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
