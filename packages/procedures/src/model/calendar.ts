import {
  addDays,
  ageReachedOn,
  earliestDate,
  latestDate,
  parseLocalDate,
  parsePartialDate,
} from '@buergerkoffer/formats';
import type { LocalDate } from '@buergerkoffer/formats';
import type { PartialBirthDate } from './birth.js';

/**
 * The last day of a term of `years` that begins on `from`: the day before its anniversary, so that a card of
 * 2 August 2021 for 10 years ends on 1 August 2031. A term from 29 February ends on the last day of February.
 */
export function lastDayOfTerm(from: string, years: number): LocalDate {
  return addDays(ageReachedOn(parseLocalDate(from), years), -1);
}

/**
 * Whether somebody has reached `years` on a day (§ 187 (2), § 188 (2) BGB: born on 29 February, on 1 March of a common
 * year); `unknown` when the birth date is partial and both are possible.
 */
export function hasReached(born: PartialBirthDate, years: number, on: string): 'yes' | 'no' | 'unknown' {
  const { earliest, latest } = possibleBirthDays(born);
  if (on >= ageReachedOn(latest, years)) return 'yes';
  return on < ageReachedOn(earliest, years) ? 'no' : 'unknown';
}

/** First and last day on which somebody with this birth date can have been born. */
export function possibleBirthDays(born: PartialBirthDate): {
  readonly earliest: LocalDate;
  readonly latest: LocalDate;
} {
  const date = parsePartialDate(born);
  return {
    earliest: earliestDate(date) ?? parseLocalDate('0001-01-01'),
    latest: latestDate(date) ?? parseLocalDate('9999-12-31'),
  };
}
