/** Paths of all values in data, a list of texts being one value: `holder.birth.date`, `persons.0.givenNames`. */
export function leavesOf(data: unknown, path = ''): string[] {
  if (typeof data !== 'object' || data === null) return [path];
  if (Array.isArray(data) && data.every((item) => typeof item === 'string')) return [path];
  return Object.entries(data).flatMap(([key, value]) =>
    leavesOf(value, path === '' ? key : `${path}.${key}`),
  );
}

/** The data with one free text longer by a letter, for each of its free texts. */
export function withLongerText(data: unknown): unknown[] {
  return textPaths(data, []).map((path) => structuredClone(changed(data, path, (text) => `${text}W`)));
}

/** The data with another value in the place of one of their texts, for each of them, and where. */
export function withOtherText(
  data: unknown,
  other: string,
  path: readonly string[] = [],
  root: unknown = data,
): { readonly path: string; readonly data: unknown }[] {
  if (typeof data === 'string') return [{ path: path.join('.'), data: changed(root, path, () => other) }];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => withOtherText(value, other, [...path, key], root));
}

function textPaths(data: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof data === 'string') return /^[WÜMELITZ -]{4,}$/u.test(data) ? [path] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => textPaths(value, [...path, key]));
}

function changed(
  data: unknown,
  [key, ...rest]: readonly string[],
  change: (text: string) => string,
): unknown {
  if (key === undefined) return change(String(data));
  if (Array.isArray(data)) {
    return data.map((item: unknown, index) => (String(index) === key ? changed(item, rest, change) : item));
  }
  return { ...(data as object), [key]: changed((data as Record<string, unknown>)[key], rest, change) };
}
