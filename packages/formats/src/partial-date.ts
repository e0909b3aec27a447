import { InputError } from './error.js';
import { dateParts, daysInMonth, localDate, parseLocalDate, type LocalDate } from './local-date.js';

/**
 * A date of which the day, or day and month, or everything may be unknown (XInneres
 * `teilbekanntesDatum`: `jahrMonatTag`, `jahrMonat`, `jahr`, `unbekannt`).
 */
export type PartialDate =
  | { readonly precision: 'day'; readonly date: LocalDate }
  | { readonly precision: 'month'; readonly year: number; readonly month: number }
  | { readonly precision: 'year'; readonly year: number }
  | { readonly precision: 'unknown' };

/**
 * How a partial date is written: `reduced` as XÖV does (`1950-03-12`, `1950-03`, `1950`, `XXXX` when
 * unknown), `xhd` as the order of documents does (`1950-03-XX`), `mrz` as ICAO 9303-3 does (`5003<<`),
 * `german` for people (`12.03.1950`, `03.1950`, `1950`, `unbekannt`).
 */
export type PartialDateStyle = 'reduced' | 'xhd' | 'mrz' | 'german';

/** The date of which every part is known. */
export function wholeDate(date: LocalDate): PartialDate {
  return { precision: 'day', date };
}

/**
 * Reads `YYYY-MM-DD`, `YYYY-MM`, `YYYY` and the forms with `XX` for an unknown day or month and
 * `XXXX` for an unknown year. Another shape, such as a known day in an unknown month, is
 * `InputError('malformed')`; a date that does not exist is `InputError('out-of-range')`.
 */
export function parsePartialDate(text: string, path?: string): PartialDate {
  const known = /^(XXXX|\d{4})(?:-(XX|\d{2})(?:-(XX|\d{2}))?)?$/.exec(text);
  const [, year = '', month = 'XX', day = 'XX'] = known ?? [];
  if (known === null || (year === 'XXXX' && month !== 'XX') || (month === 'XX' && day !== 'XX')) {
    throw new InputError('malformed', 'a date is written YYYY-MM-DD, with XX for unknown parts', {
      path,
    });
  }
  if (year === 'XXXX') return { precision: 'unknown' };
  if (month === 'XX') {
    return { precision: 'year', year: dateParts(parseLocalDate(`${year}-01-01`, path)).year };
  }
  if (day === 'XX') {
    const parts = dateParts(parseLocalDate(`${year}-${month}-01`, path));
    return { precision: 'month', year: parts.year, month: parts.month };
  }
  return wholeDate(parseLocalDate(text, path));
}

/** The date as text; see {@link PartialDateStyle}. */
export function formatPartialDate(date: PartialDate, style: PartialDateStyle = 'reduced'): string {
  const { year, month, day } = textParts(date);
  switch (style) {
    case 'reduced':
      return [year ?? 'XXXX', month, day].filter((part) => part !== undefined).join('-');
    case 'xhd':
      return `${year ?? 'XXXX'}-${month ?? 'XX'}-${day ?? 'XX'}`;
    case 'mrz':
      return `${year?.slice(2) ?? '<<'}${month ?? '<<'}${day ?? '<<'}`;
    case 'german':
      return [day, month, year].filter((part) => part !== undefined).join('.') || 'unbekannt';
    default:
      return style satisfies never;
  }
}

/** The first day that the date can mean, `undefined` when nothing is known. */
export function earliestDate(date: PartialDate): LocalDate | undefined {
  switch (date.precision) {
    case 'day':
      return date.date;
    case 'month':
      return localDate(date.year, date.month, 1);
    case 'year':
      return localDate(date.year, 1, 1);
    case 'unknown':
      return undefined;
    default:
      return date satisfies never;
  }
}

/** The last day that the date can mean, `undefined` when nothing is known. */
export function latestDate(date: PartialDate): LocalDate | undefined {
  switch (date.precision) {
    case 'day':
      return date.date;
    case 'month':
      return localDate(date.year, date.month, daysInMonth(date.year, date.month));
    case 'year':
      return localDate(date.year, 12, 31);
    case 'unknown':
      return undefined;
    default:
      return date satisfies never;
  }
}

interface TextParts {
  readonly year?: string;
  readonly month?: string;
  readonly day?: string;
}

function textParts(date: PartialDate): TextParts {
  const first = earliestDate(date);
  if (first === undefined) return {};
  const [year = '', month = '', day = ''] = first.split('-');
  if (date.precision === 'year') return { year };
  return date.precision === 'month' ? { year, month } : { year, month, day };
}
