import { InputError, type InputErrorCode } from '@buergerkoffer/formats';
import type { z } from 'zod';
import type { FontSet } from './pdf/fonts.js';

/**
 * The data as the schema gives them back. @throws InputError with the path of the first fault: `missing` for a field that is
 * not there, `too-large` for a value too long, `out-of-range` for a number, `unsupported` for a character that registers do not have,
 * `not-allowed` for a field the form does not have or one that contradicts another, else `malformed`.
 */
export function parseData<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new InputError('malformed', 'the data do not fit the form');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknown].map((key) => String(key).slice(0, 60)).join('.');
  throw new InputError(issueCode(issue, data), `${path === '' ? 'the data' : path}: ${issue.message}`, {
    path,
    germanRemedy: remedyOf(issue),
  });
}

/** What the clerk can do, where the schema tells more than the catalogue of errors does. */
function remedyOf(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'custom': {
      const remedy: unknown = issue.params?.['remedy'];
      return typeof remedy === 'string' ? remedy : undefined;
    }
    case 'too_big':
      if (issue.origin === 'string') return `Bitte kürzen Sie die Angabe auf ${issue.maximum} Zeichen.`;
      if (issue.origin === 'array') return `Bitte tragen Sie höchstens ${issue.maximum} Einträge ein.`;
      return `Bitte prüfen Sie die Zahl: Sie darf höchstens ${issue.maximum} sein.`;
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return undefined;
      return `Bitte prüfen Sie die Zahl: Sie muss mindestens ${issue.minimum} sein.`;
    default:
      return undefined;
  }
}

/** The code of a fault that a schema found in these data. */
export function issueCode(issue: z.core.$ZodIssue, data: unknown): InputErrorCode {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too-large' : 'out-of-range';
    case 'too_small':
      return 'out-of-range';
    case 'unrecognized_keys':
      return 'not-allowed';
    case 'custom':
      return issue.params?.['code'] === 'unsupported' ? 'unsupported' : 'not-allowed';
    default:
      return valueAt(data, issue.path) === undefined ? 'missing' : 'malformed';
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
}

/** Characters that are not seen and change how others are: joiners, directions of writing, marks of order (Unicode, category Cf). */
const UNSEEN = /^[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]$/u;

/**
 * Nothing when every text inside `value` can be set in the fonts.
 * @throws InputError `unsupported` with the path and the code point of the first character that cannot, or that is not seen.
 */
export function checkCharacters(value: unknown, fonts: FontSet, path: string): void {
  if (typeof value === 'string') {
    for (const character of value) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (codePoint === 0x0a) continue;
      if (codePoint >= 0x20 && fonts.covers(codePoint) && !UNSEEN.test(character)) continue;
      const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
      throw new InputError('unsupported', `${name} cannot be printed`, {
        path,
        germanRemedy: `Das Zeichen ${name} lässt sich nicht drucken. Bitte schreiben Sie die Angabe in lateinischen Buchstaben, wie sie in der Urkunde steht.`,
      });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      checkCharacters(item, fonts, path === '' ? key : `${path}.${key}`);
  }
}
