import { InputError } from './error.js';

declare const localDateBrand: unique symbol;

/** A date of law in the Gregorian calendar, `YYYY-MM-DD`, 0001-01-01 to 9999-12-31, without time and zone. */
export type LocalDate = string & { readonly [localDateBrand]: true };

/** The numbers of a date; `month` 1 to 12, `day` 1 to 31. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_BEFORE_1970 = 719_468;

/** Whether the text is a date that exists, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  const match = SHAPE.exec(text);
  return match !== null && exists(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * The date that `YYYY-MM-DD` names. Another shape is `InputError('malformed')`, a day that no
 * calendar has (30 February, month 13, year 0) is `InputError('out-of-range')`; `path` names the field.
 */
export function parseLocalDate(text: string, path?: string): LocalDate {
  if (isLocalDate(text)) return text;
  if (!SHAPE.test(text)) {
    throw new InputError('malformed', 'a date is written YYYY-MM-DD', { path });
  }
  throw new InputError('out-of-range', 'this day does not exist in the calendar', { path });
}

/** The date with these numbers; one that does not exist is `InputError('out-of-range')`. */
export function localDate(year: number, month: number, day: number, path?: string): LocalDate {
  if (!exists(year, month, day)) {
    throw new InputError('out-of-range', 'this day does not exist in the calendar', { path });
  }
  return parseLocalDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`, path);
}

/** The numbers that a date is made of. */
export function dateParts(date: LocalDate): DateParts {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** Negative when `a` is earlier than `b`, 0 when equal, positive when later; fits `Array.prototype.sort`. */
export function compareLocalDates(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(dateParts(to)) - dayNumber(dateParts(from));
}

/** The date `days` later (or earlier); outside the years 1 to 9999 `InputError('out-of-range')`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  requireInteger(days);
  const { year, month, day } = fromDayNumber(dayNumber(dateParts(date)) + days);
  return localDate(year, month, day);
}

/** The same day `months` later (or earlier); where that month lacks the day, its last day (§ 188 (3) BGB). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  requireInteger(months);
  const { year, month, day } = dateParts(date);
  const monthIndex = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(monthIndex / 12);
  const targetMonth = monthIndex - targetYear * 12 + 1;
  return localDate(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** The same day `years` later (or earlier); 29 February becomes 28 February where there is none (§ 188 (3) BGB). */
export function addYears(date: LocalDate, years: number): LocalDate {
  requireInteger(years);
  return addMonths(date, years * 12);
}

/**
 * The first day on which a person born on `born` is `years` old.
 *
 * The day of birth counts in full (§ 187 (2) sentence 2 BGB), so a year of life ends with the day
 * before the birthday (§ 188 (2) BGB). For 29 February that is 28 February in every year: the new
 * age begins on 29 February in a leap year and on 1 March in any other.
 */
export function ageReachedOn(born: LocalDate, years: number): LocalDate {
  const { year, month, day } = dateParts(born);
  return day > daysInMonth(year + years, month)
    ? localDate(year + years, month + 1, 1)
    : localDate(year + years, month, day);
}

/** Completed years of life on the day `on` (see {@link ageReachedOn}); a birth after `on` is `InputError('out-of-range')`. */
export function ageOn(born: LocalDate, on: LocalDate): number {
  if (born > on) {
    throw new InputError('out-of-range', 'the date of birth lies after the day asked about', {
      path: 'birthDate',
    });
  }
  const years = dateParts(on).year - dateParts(born).year;
  return years > 0 && on < ageReachedOn(born, years) ? years - 1 : years;
}

/** Days of the month, 28 to 31 (proleptic Gregorian calendar). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function exists(year: number, month: number, day: number): boolean {
  return (
    [year, month, day].every((part) => Number.isInteger(part)) &&
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** Days since 1970-01-01; years begin in March, so that the leap day comes last. */
function dayNumber({ year, month, day }: DateParts): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  return (
    marchYear * 365 +
    Math.floor(marchYear / 4) -
    Math.floor(marchYear / 100) +
    Math.floor(marchYear / 400) +
    Math.floor((153 * monthsSinceMarch + 2) / 5) +
    (day - 1) -
    DAYS_BEFORE_1970
  );
}

function fromDayNumber(number: number): DateParts {
  const days = number + DAYS_BEFORE_1970;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthsSinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthsSinceMarch + 2) % 12) + 1;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthsSinceMarch + 2) / 5) + 1,
  };
}

function requireInteger(count: number): void {
  if (!Number.isSafeInteger(count)) {
    throw new InputError('out-of-range', 'dates move by whole days, months or years');
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
