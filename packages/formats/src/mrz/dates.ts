import { InputError } from '../error.js';
import { dateParts, localDate, type LocalDate } from '../local-date.js';
import { earliestDate, wholeDate, type PartialDate } from '../partial-date.js';

/** Oldest age in years that a date of birth is read as. */
const OLDEST_AGE = 125;

/** `YYMMDD` with unknown parts as `<`; the century is still open. */
export interface ShortDate {
  /** 0 to 99, `undefined` when nothing is known. */
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
}

/** Reads `YYMMDD`, `YYMM<<`, `YY<<<<` or `<<<<<<` (ICAO 9303-3, 4.8); another shape is `undefined`. */
export function shortDate(text: string): ShortDate | undefined {
  const match = /^(?:(\d\d)(?:(\d\d)(?:(\d\d)|<<)|<<<<)|<<<<<<)$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

/** The readings of a date of birth: the latest that is not in the future first, then a century earlier if a person can be that old. */
export function birthDates(date: ShortDate, reference: LocalDate): readonly PartialDate[] {
  const { year: now } = dateParts(reference);
  return candidates(date, now, 2).filter((candidate) => {
    const earliest = earliestDate(candidate);
    if (earliest === undefined) return true;
    return earliest <= reference && dateParts(earliest).year >= now - OLDEST_AGE;
  });
}

/** The reading of a last day of validity that is nearest to the reference year (50 years back, 49 ahead). */
export function expiryDates(date: ShortDate, reference: LocalDate): readonly PartialDate[] {
  const { year: now } = dateParts(reference);
  return candidates(date, now + 49, 1);
}

/** Up to `count` whole dates of the years up to `latestYear`, latest first; days that do not exist fall out. */
function candidates(date: ShortDate, latestYear: number, count: number): readonly PartialDate[] {
  if (date.year === undefined) return [{ precision: 'unknown' }];
  const found: PartialDate[] = [];
  const newest = latestYear - ((((latestYear - date.year) % 100) + 100) % 100);
  for (let index = 0; index < count; index += 1) {
    const candidate = dated(newest - 100 * index, date);
    if (candidate !== undefined) found.push(candidate);
  }
  return found;
}

function dated(year: number, { month, day }: ShortDate): PartialDate | undefined {
  try {
    const whole = localDate(year, month ?? 1, day ?? 1);
    if (month === undefined) return { precision: 'year', year };
    return day === undefined ? { precision: 'month', year, month } : wholeDate(whole);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
