import { InputError, type InputErrorCode } from '@buergerkoffer/formats';
import type { AnyForm, FormDefinition } from '../definition.js';
import { SIGNATURE_FIELDS } from '../layout/signatures.js';
import { attachmentName, parseSubject, type Marking } from '../marking.js';
import { issueCode } from '../validate.js';
import { attachedNames, readAttachment } from './attachment.js';
import { inputCells, pattern, type InputCell } from './cells.js';
import { chosenOf, decodeChoice, decodeField, isTicked, saidBy, type Decoded } from './decode.js';
import { finished, setAt, UNTICKED, type Tree } from './draft.js';
import { readFields, type PdfFieldValue } from './pdf-fields.js';
import { PdfFile } from './pdf-file.js';
import { pdfText } from './pdf-text.js';
import { settle } from './settle.js';

/** A form that came back. */
export interface ReturnedForm<T> {
  readonly formId: string;
  /** Case and edition as the file says; nothing where a program took that out. */
  readonly marking: Marking | undefined;
  /** The data, when they are complete and right. */
  readonly data: T | undefined;
  /** What was read, complete or not. */
  readonly read: unknown;
  readonly findings: readonly FieldFinding[];
  /** Lines that hold an electronic signature; it is not verified here. */
  readonly signed: readonly string[];
}

/** Something to know about a field of a returned form; messages name places, never contents. */
export interface FieldFinding {
  /** `changed`: the field no longer says what was attached when the form was made; the field is taken. */
  readonly code: InputErrorCode | 'changed' | 'unknown-field';
  readonly path: string;
  readonly message: string;
}

/**
 * Reads the fields of a returned fillable form into its data. What stands in a field counts; data attached when the form was made
 * fill in what is no field, and say what was changed.
 * @throws InputError for bytes that are no readable PDF (`malformed truncated too-large unsupported`), have no fields (`missing`)
 * or are another form (`not-allowed`). What is wrong inside the fields is a finding.
 */
export async function readForm<T>(form: FormDefinition<T>, bytes: Uint8Array): Promise<ReturnedForm<T>> {
  const file = await PdfFile.open(bytes);
  const marking = markingOf(file);
  if (marking !== undefined && marking.formId !== form.id) {
    throw new InputError('not-allowed', `the file is the form ${marking.formId}, not ${form.id}`);
  }
  const fields = readFields(file);
  const base =
    form.attachment === undefined
      ? form.schema.safeParse(await readAttachment(file, attachmentName(form.id)))
      : undefined;
  const known = base?.success === true ? base.data : undefined;
  const findings: FieldFinding[] = [];
  const draft = finished(merge(form, fields, known, findings));
  const result = settle(form.schema, draft);
  const read = draft.data;
  for (const issue of result.error?.issues ?? []) {
    findings.push({
      code: issueCode(issue, read),
      path: issue.path.map(String).join('.'),
      message: issue.message,
    });
  }
  const unreadable = findings.some(({ code }) => code !== 'changed' && code !== 'unknown-field');
  return {
    formId: form.id,
    marking,
    data: result.success && !unreadable ? result.data : undefined,
    read,
    findings,
    signed: signedLines(fields),
  };
}

/** As {@link readForm}, for whichever of these forms the file is. @throws InputError `unsupported` also for a file that is none of them. */
export async function readAnyForm(
  forms: readonly AnyForm[],
  bytes: Uint8Array,
): Promise<ReturnedForm<unknown>> {
  const file = await PdfFile.open(bytes);
  const marking = markingOf(file);
  const ids = [...(marking === undefined ? [] : [marking.formId]), ...attachedNames(file)];
  const versions = forms.filter(({ id }) => ids.includes(id));
  const form = versions.find(({ validFrom }) => validFrom === marking?.validFrom) ?? versions[0];
  if (form === undefined) throw new InputError('unsupported', 'the file is none of the forms known here');
  return readForm(form, bytes);
}

function markingOf(file: PdfFile): Marking | undefined {
  const subject = file.resolve(file.dict(file.trailer.get('Info')).get('Subject'));
  return subject instanceof Uint8Array ? parseSubject(pdfText(subject)) : undefined;
}

function signedLines(fields: ReadonlyMap<string, PdfFieldValue>): string[] {
  const prefix = `${SIGNATURE_FIELDS}.`;
  return [...fields].flatMap(([name, field]) =>
    name.startsWith(prefix) && field.type === 'signature' && field.signed ? [name.slice(prefix.length)] : [],
  );
}

/** The known data with what the fields say laid over them. */
function merge(
  form: AnyForm,
  fields: ReadonlyMap<string, PdfFieldValue>,
  known: unknown,
  findings: FieldFinding[],
): Tree {
  const cells = cellsOf(form, known);
  const printed = known === undefined ? new Map<string, InputCell>() : inputCells(form, known);
  const data = structuredClone(known ?? {}) as Tree;
  for (const [name, field] of fields) {
    if (name.startsWith(`${SIGNATURE_FIELDS}.`)) continue;
    const cell = cells.get(name) ?? cells.get(pattern(name));
    if (cell === undefined) {
      findings.push({ code: 'unknown-field', path: name, message: 'the form has no such field' });
      continue;
    }
    const before = printed.get(name);
    if (before !== undefined && isUnchanged(before, field)) continue;
    const decoded = decode(cell, field);
    if (before !== undefined)
      findings.push({ code: 'changed', path: name, message: 'differs from the attached data' });
    if (decoded.type === 'unreadable') {
      findings.push({ code: 'malformed', path: name, message: `expected ${decoded.expected}` });
    } else {
      const empty = cell.type === 'check' && cell.unchecked !== 'absent' ? UNTICKED : undefined;
      setAt(data, name.split('.'), decoded.type === 'value' ? decoded.value : empty);
    }
  }
  return data;
}

/** Places by name, and by the pattern of their names for rows that the layout of these data does not have. */
function cellsOf(form: AnyForm, known: unknown): ReadonlyMap<string, InputCell> {
  const cells = new Map<string, InputCell>();
  for (const layout of [inputCells(form, {}), ...(known === undefined ? [] : [inputCells(form, known)])]) {
    for (const [name, cell] of layout) cells.set(name, cell).set(pattern(name), cell);
  }
  return cells;
}

function decode(cell: InputCell, field: PdfFieldValue): Decoded {
  switch (cell.type) {
    case 'field':
      return decodeField(cell, saidBy(field));
    case 'choice':
      return decodeChoice(cell, field);
    case 'check':
      return isTicked(field) ? { type: 'value', value: true } : { type: 'empty' };
    default:
      return cell satisfies never;
  }
}

/** Whether a field still says what was put into it when the form was made. */
function isUnchanged(cell: InputCell, field: PdfFieldValue): boolean {
  switch (cell.type) {
    case 'field':
      return plain(saidBy(field)) === plain(cell.value ?? '');
    case 'choice':
      return chosenOf(cell, field)?.value === cell.value;
    case 'check':
      return isTicked(field) === (cell.value ?? false);
    default:
      return cell satisfies never;
  }
}

function plain(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n').replaceAll('\u00a0', ' ').trim().normalize('NFC');
}
