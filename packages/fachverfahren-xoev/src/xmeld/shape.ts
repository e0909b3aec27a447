import { InputError } from '@buergerkoffer/formats';
import type * as z from 'zod';

/**
 * The value in the schema's type, or `InputError` `malformed` with the path of the first fault.
 * The message names the kind of fault and never a value: values are personal data.
 */
export function requireShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue === undefined ? '' : fieldPath(issue.path);
  const fault = issue === undefined ? 'invalid' : issue.code.replaceAll('_', ' ');
  throw new InputError('malformed', `${what} has a field of the wrong shape (${fault})`, { path });
}

function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join('');
}
