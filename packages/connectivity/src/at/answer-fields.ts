import { InputError } from '@buergerkoffer/formats';

/** Longest answer line that is read, in characters; modems answer in far less. */
const LONGEST_LINE = 1_024;

/** One field of an answer: its text without quotes, and where it began in the line. */
export interface AnswerField {
  readonly text: string;
  readonly quoted: boolean;
  readonly offset: number;
}

/**
 * The fields behind `prefix` (such as `+CSQ`) of one answer line, split at commas outside quotes, blanks around
 * them dropped; a field may be empty. Errors with the offset in the line: `malformed` for another prefix or an
 * open quote, `too-large` (3GPP TS 27.007; V.250 for the form of a line).
 */
export function answerFields(line: string, prefix: string): readonly AnswerField[] {
  if (line.length > LONGEST_LINE) {
    throw new InputError('too-large', `an answer line may have ${LONGEST_LINE} characters`, {
      offset: LONGEST_LINE,
    });
  }
  if (!line.startsWith(`${prefix}:`)) {
    throw new InputError('malformed', `an answer ${prefix}: was expected`, { offset: 0 });
  }
  const fields: AnswerField[] = [];
  let start = prefix.length + 1;
  let quote = -1;
  for (let at = start; at <= line.length; at += 1) {
    const character = line[at];
    if (character === '"') {
      quote = quote < 0 ? at : -1;
    } else if ((character === ',' && quote < 0) || at === line.length) {
      fields.push(field(line.slice(start, at), start));
      start = at + 1;
    }
  }
  if (quote >= 0) throw new InputError('malformed', 'a quote stays open', { offset: quote });
  return fields;
}

/** Field `index` as a decimal number within `low` to `high`; `missing`, `malformed` or `out-of-range`. */
export function numberAt(
  fields: readonly AnswerField[],
  index: number,
  name: string,
  low: number,
  high: number,
): number {
  const value = optionalNumberAt(fields, index, name, low, high);
  if (value !== undefined) return value;
  throw new InputError('missing', `${name} is missing`, { offset: fields[index]?.offset, path: name });
}

/** Like {@link numberAt}, but undefined where the field is absent or empty. */
export function optionalNumberAt(
  fields: readonly AnswerField[],
  index: number,
  name: string,
  low: number,
  high: number,
): number | undefined {
  const found = fields[index];
  if (found === undefined || found.text === '') return undefined;
  const where = { offset: found.offset, path: name };
  if (!/^\d{1,9}$/.test(found.text)) throw new InputError('malformed', `${name} is no number`, where);
  const value = Number(found.text);
  if (value >= low && value <= high) return value;
  throw new InputError('out-of-range', `${name} is outside ${low} to ${high}`, where);
}

function field(raw: string, start: number): AnswerField {
  const trimmed = raw.trim();
  const offset = start + raw.length - raw.trimStart().length;
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return { text: quoted ? trimmed.slice(1, -1) : trimmed, quoted, offset };
}
