/** Every path into data of type `T`, as cells are named: `holder.birth.date`, `persons.0.givenNames`. */
export type PathIn<T> = T extends readonly (infer Item)[]
  ? `${number}` | `${number}.${PathIn<Item>}`
  : T extends object
    ? { [Key in keyof T & string]-?: Key | `${Key}.${PathIn<NonNullable<T[Key]>>}` }[keyof T & string]
    : never;

/** What lies at a path into data of type `T`. */
export type ValueAt<T, Path extends string> = T extends readonly (infer Item)[]
  ? Path extends `${number}.${infer Rest}`
    ? ValueAt<Item, Rest>
    : Path extends `${number}`
      ? Item
      : never
  : T extends object
    ? Path extends keyof T
      ? NonNullable<T[Path]>
      : Path extends `${infer Key}.${infer Rest}`
        ? Key extends keyof T
          ? ValueAt<NonNullable<T[Key]>, Rest>
          : never
        : never
    : never;

/** What lies at a path, `undefined` where nothing does. */
export function valueAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      data,
    );
}
