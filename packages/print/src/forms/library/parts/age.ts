import {
  addDays,
  addMonths,
  ageReachedOn,
  earliestDate,
  latestDate,
  parseLocalDate,
  parsePartialDate,
} from '@buergerkoffer/formats';

/**
 * Whether somebody has reached `years` on a day (§ 187 (2), § 188 (2) BGB: born on 29 February, on 1 March of a common
 * year); `unknown` when the birth date is partial and both are possible.
 */
export function hasReached(birthDate: string, years: number, on: string): 'yes' | 'no' | 'unknown' {
  const born = parsePartialDate(birthDate);
  const [earliest, latest] = [earliestDate(born), latestDate(born)];
  if (latest !== undefined && on >= ageReachedOn(latest, years)) return 'yes';
  return earliest !== undefined && on < ageReachedOn(earliest, years) ? 'no' : 'unknown';
}

/** Whether a birth date, partial or not, certainly lies after a day. */
export function bornAfter(birthDate: string, on: string): boolean {
  return hasReached(birthDate, 0, on) === 'no';
}

/** The day so many months later; where that month lacks it, its last day (§ 188 (3) BGB). */
export function monthsAfter(day: string, months: number): string {
  return addMonths(parseLocalDate(day), months);
}

/** The day so many days later, or earlier. */
export function daysAfter(day: string, days: number): string {
  return addDays(parseLocalDate(day), days);
}
