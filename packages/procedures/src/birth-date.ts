import { formatPartialDate, InputError, parsePartialDate } from '@buergerkoffer/formats';
import type { LocalDate } from '@buergerkoffer/formats';
import { possibleBirthDays } from './model/index.js';
import type { PartialBirthDate } from './model/index.js';

/**
 * A birth date, partial where the register knows no more, that does not lie after `on`.
 * InputError with path `born`: `malformed`, `missing` for an unknown year, `out-of-range` for a day that does not exist
 * or a birth after `on`.
 */
export function readBirthDate(text: string, on: LocalDate): PartialBirthDate {
  const date = parsePartialDate(text, 'born');
  if (date.precision === 'unknown') {
    throw new InputError('missing', 'the year of birth is needed', { path: 'born' });
  }
  const born = formatPartialDate(date);
  if (possibleBirthDays(born).earliest > on) {
    throw new InputError('out-of-range', 'the birth date lies after the day asked for', { path: 'born' });
  }
  return born;
}
