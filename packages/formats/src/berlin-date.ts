import { InputError } from './error.js';
import { localDate, type LocalDate } from './local-date.js';

let berlin: Intl.DateTimeFormat | undefined;

/** Made when it is first needed: it brings ten megabytes of calendars with it. */
function calendar(): Intl.DateTimeFormat {
  berlin ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  return berlin;
}

/** Milliseconds since 1970 at which the year 1 and the year 10000 begin (UTC). */
const YEAR_1 = -62_135_596_800_000;
const YEAR_10000 = 253_402_300_800_000;

/**
 * The date of law at this instant: the calendar day in Europe/Berlin.
 * Takes a `Date` or milliseconds since 1970; no instant, or one outside the years 1 to 9999, is `InputError('out-of-range')`.
 */
export function berlinDate(instant: Date | number): LocalDate {
  const time = typeof instant === 'number' ? instant : instant.getTime();
  if (!(time >= YEAR_1 && time < YEAR_10000)) {
    throw new InputError('out-of-range', 'this is no instant of the years 1 to 9999');
  }
  const parts = new Map(
    calendar()
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return localDate(parts.get('year') ?? 0, parts.get('month') ?? 0, parts.get('day') ?? 0);
}
