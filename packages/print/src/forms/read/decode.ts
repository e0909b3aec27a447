import { berlinDate, isLocalDate } from '@buergerkoffer/formats';
import type { ChoiceCell, ChoiceOption, FieldCell } from '../definition.js';
import type { PdfFieldValue } from './pdf-fields.js';

/** What a field says as data; `empty` where nothing was filled in. */
export type Decoded =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'empty' }
  /** It says something that the codec of its place cannot read. */
  | { readonly type: 'unreadable'; readonly expected: string };

const EMPTY: Decoded = { type: 'empty' };

/** The text of a field in the data's form, by the codec of its place. */
export function decodeField(cell: FieldCell, text: string): Decoded {
  const written = text.replaceAll(/\r\n?/gu, '\n').trim().normalize('NFC');
  if (written === '') return EMPTY;
  const codec = cell.as ?? 'text';
  switch (codec) {
    case 'text':
      return { type: 'value', value: written };
    case 'list':
      return { type: 'value', value: written.split(/\s*[,;\n]\s*/u).filter((item) => item !== '') };
    case 'day':
      return known(isoDay(written), 'a day like 03.05.1990');
    case 'partial-date':
      return known(isoPartial(written), 'a date like 03.05.1990, 05.1990 or 1990');
    case 'instant':
      return known(isoInstant(written), 'a time like 20.11.2026, 10:15 Uhr');
    case 'integer':
      return known(integer(written), 'a whole number');
    case 'cents':
      return known(cents(written), 'an amount like 46,00 €');
    default:
      return codec satisfies never;
  }
}

/** What was chosen, as the data hold it. */
export function decodeChoice(cell: ChoiceCell, field: PdfFieldValue): Decoded {
  const said = saidBy(field);
  if (said.trim() === '') return EMPTY;
  const option = chosenOf(cell, field);
  if (option === undefined) return { type: 'unreadable', expected: 'one of the answers offered' };
  const codec = cell.as ?? 'text';
  switch (codec) {
    case 'text':
      return { type: 'value', value: option.value };
    case 'integer':
      return known(integer(option.value), 'a whole number');
    case 'boolean':
      return { type: 'value', value: option.value === 'true' };
    default:
      return codec satisfies never;
  }
}

/** The option that was chosen, by its value or, as some viewers save it, by its label. */
export function chosenOf(cell: ChoiceCell, field: PdfFieldValue): ChoiceOption | undefined {
  const said = saidBy(field);
  return cell.options.find(({ value }) => value === said) ?? cell.options.find(({ label }) => label === said);
}

/** What a field of any kind says in one text; empty where nothing was filled in. */
export function saidBy(field: PdfFieldValue): string {
  switch (field.type) {
    case 'text':
      return field.text;
    case 'choice':
      return field.chosen[0] ?? '';
    case 'button':
      return field.state ?? '';
    case 'signature':
      return '';
    default:
      return field satisfies never;
  }
}

/** Whether a box is ticked. */
export function isTicked(field: PdfFieldValue): boolean {
  return field.type === 'button' && field.state !== undefined;
}

function known(value: unknown, expected: string): Decoded {
  return value === undefined ? { type: 'unreadable', expected } : { type: 'value', value };
}

/** `3.5.1990`, `03.05.1990`, `3. 5. 1990` or `1990-05-03`. */
function isoDay(written: string): string | undefined {
  const german = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/u.exec(written);
  const day = german === null ? written : [german[3], two(german[2]), two(german[1])].join('-');
  return isLocalDate(day) ? day : undefined;
}

function isoPartial(written: string): string | undefined {
  const [, month, year] = /^(?:00\.\s*)?(\d{1,2})\.\s*(\d{4})$/u.exec(written) ?? [];
  if (/^\d{4}$/u.test(written)) return written;
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(written)) return written;
  if (month === undefined || year === undefined) return isoDay(written);
  const number = Number(month);
  return number >= 1 && number <= 12 ? `${year}-${two(month)}` : undefined;
}

/** A day and a time of German law as an instant with its offset. */
function isoInstant(written: string): string | undefined {
  const [, day, hours, minutes] = /^(.+?),?\s+(\d{1,2})[:.](\d{2})(?:\s*Uhr)?$/u.exec(written) ?? [];
  const date = day === undefined ? undefined : isoDay(day.trim());
  if (date === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const local = `${date}T${two(hours)}:${minutes ?? ''}:00`;
  return ['+01:00', '+02:00']
    .map((offset) => local + offset)
    .find((instant) => isBerlin(new Date(instant), local));
}

const CLOCK = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
});

function isBerlin(instant: Date, local: string): boolean {
  return berlinDate(instant) === local.slice(0, 10) && CLOCK.format(instant) === local.slice(11, 16);
}

function integer(written: string): number | undefined {
  const digits = /^([+-]?\d{1,15})(?:\s*\D.*)?$/u.exec(written)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `46`, `46,5`, `46,00 €`, `1.234,56`; dots are thousands. */
function cents(written: string): number | undefined {
  const [, sign, whole, fraction = ''] =
    /^([-\u2212]?)(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,2}|-{1,2}|\u2013))?\s*(?:€|EUR|Euro)?$/u.exec(
      written,
    ) ?? [];
  if (whole === undefined) return undefined;
  const amount =
    Number(whole.replaceAll('.', '')) * 100 + Number(fraction.replaceAll(/\D/gu, '').padEnd(2, '0'));
  return sign === '' ? amount : -amount;
}

function two(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}
