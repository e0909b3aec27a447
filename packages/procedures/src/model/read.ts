import { InputError, type InputErrorCode } from '@buergerkoffer/formats';
import type { z } from 'zod';

/** Longest JSON text that is read, in characters; artefacts are referenced, so real documents stay far below. */
export const MAX_JSON_LENGTH = 4 * 1024 * 1024;

/** Whether unknown field names may be repeated in a message: yes in a configuration, no where people are described. */
export interface ReadOptions {
  readonly nameUnknownFields?: boolean;
}

/**
 * The value that `schema` describes, from JSON text or parsed JSON.
 * The first fault becomes an InputError whose `path` names the field (`holder.birth.date`, `fees[0].amountCents`)
 * and whose message never repeats the value.
 */
export function readJson<S extends z.ZodType>(
  schema: S,
  json: unknown,
  what: string,
  options: ReadOptions = {},
): z.output<S> {
  const value = parseJson(json, what);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw inputError(result.error.issues, value, what, options);
}

/** The parsed value of JSON text up to {@link MAX_JSON_LENGTH}; what is no string is returned as it is. */
export function parseJson(json: unknown, what: string): unknown {
  if (typeof json !== 'string') return json;
  if (json.length > MAX_JSON_LENGTH) {
    throw new InputError('too-large', `${what}: more than ${MAX_JSON_LENGTH} characters`);
  }
  try {
    return JSON.parse(json);
  } catch {
    // The parser's own message quotes the text; it stays here.
    throw new InputError('malformed', `${what}: not JSON`);
  }
}

function inputError(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  what: string,
  options: ReadOptions,
): InputError {
  const [first] = issues;
  if (first === undefined) return new InputError('malformed', `${what}: not of the expected shape`);
  const issue = deepest(first);
  const path = pathText(issue.path);
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const at = path === '' ? '' : `${path}: `;
  return new InputError(codeOf(issue, value), `${what}: ${at}${textOf(issue, value, options)}${more}`, {
    path: path === '' ? undefined : path,
  });
}

/** The issue inside a union that got furthest, with its path made absolute: the branch that was meant. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap((branch) => branch.slice(0, 1))
    .map((each) => deepest({ ...each, path: [...issue.path, ...each.path] }));
  return inner.reduce((best, each) => (each.path.length > best.path.length ? each : best), issue);
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`,
    '',
  );
}

function isAbsent(path: readonly PropertyKey[], value: unknown): boolean {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return true;
    here = Reflect.get(here, key);
  }
  return here === undefined;
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): InputErrorCode {
  if (isAbsent(issue.path, value) && issue.code !== 'custom') return 'missing';
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
    case 'not_multiple_of':
      return 'out-of-range';
    case 'invalid_value':
    case 'unrecognized_keys':
      return 'not-allowed';
    case 'custom':
      return isCode(issue.params?.['code']) ? issue.params['code'] : 'not-allowed';
    case 'invalid_union':
      return isUnknownKind(issue) ? 'not-allowed' : 'malformed';
    case 'invalid_type':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
      return 'malformed';
    default:
      return issue satisfies never;
  }
}

function isCode(code: unknown): code is InputErrorCode {
  return code === 'missing' || code === 'not-allowed' || code === 'out-of-range' || code === 'malformed';
}

function textOf(issue: z.core.$ZodIssue, value: unknown, options: ReadOptions): string {
  if (isAbsent(issue.path, value) && issue.code !== 'custom') return 'is missing';
  if (issue.code === 'unrecognized_keys') {
    return options.nameUnknownFields === true ? `unknown field ${issue.keys.join(', ')}` : 'unknown field';
  }
  return isUnknownKind(issue) ? 'not one of the known kinds' : issue.message;
}

/** Whether a union fails because its discriminator names no branch. */
function isUnknownKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_union' && issue.errors.length === 0;
}
