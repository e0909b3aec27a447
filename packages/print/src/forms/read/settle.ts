import type { z } from 'zod';
import { setAt, valueAt, type finished, type Leftover } from './draft.js';

/** The data, with each leftover put in that the schema misses, and what the schema says of them then. */
export function settle<T>(
  schema: z.ZodType<T>,
  { data, leftovers }: ReturnType<typeof finished>,
): z.ZodSafeParseResult<T> {
  let open = leftovers;
  for (;;) {
    const result = schema.safeParse(data);
    const missed = (result.error?.issues ?? []).map(({ path }) => path.map(String).join('.'));
    const isMissed = ({ path }: Leftover): boolean =>
      missed.includes(path.join('.')) && valueAt(data, path) === undefined;
    const wanted = open.filter(isMissed);
    if (wanted.length === 0) return result;
    for (const { path, value } of wanted) setAt(data, path, value);
    open = open.filter((leftover) => !wanted.includes(leftover));
  }
}
