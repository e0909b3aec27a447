import { berlinDate, InputError, parseLocalDate } from '@buergerkoffer/formats';
import type { LocalDate } from '@buergerkoffer/formats';

/**
 * The day that counts in law: a `YYYY-MM-DD` as it is, an instant (ISO 8601 with zone, or a Date) as the day in
 * Europe/Berlin. InputError with `path` for anything else.
 */
export function dayOfLaw(when: string | Date, path = 'on'): LocalDate {
  if (typeof when === 'string' && !when.includes('T')) return parseLocalDate(when, path);
  const instant = typeof when === 'string' ? new Date(when) : when;
  const hasZone = typeof when !== 'string' || /(Z|[+-][0-9]{2}:[0-9]{2})$/u.test(when);
  if (Number.isNaN(instant.getTime()) || !hasZone) {
    throw new InputError('malformed', 'not a date (YYYY-MM-DD) and not an instant with its zone', { path });
  }
  return berlinDate(instant);
}
