/** A deep copy of `value` in which the field at `path` (`a.b[0].c`) is `replacement`, or gone when that is undefined. */
export function edit(value: unknown, path: string, replacement: unknown): unknown {
  const copy = structuredClone(value);
  const keys = path.split(/[.[\]]+/u).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  let here: object = asObject(copy);
  for (const key of keys) here = asObject(Reflect.get(here, key));
  if (replacement === undefined) Reflect.deleteProperty(here, last);
  else Reflect.set(here, last, replacement);
  return copy;
}

function asObject(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new TypeError('no object on the path');
}
