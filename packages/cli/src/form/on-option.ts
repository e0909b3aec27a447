import { Option } from 'commander';
import { berlinDate, parseLocalDate } from '@buergerkoffer/formats';

/** The day for which a form is right; today in Berlin unless given. */
export function onOption(): Option {
  return new Option('--on <date>', 'the day that counts in law, YYYY-MM-DD (default: today in Berlin)');
}

/** The day of `--on`. */
export function dayOf(on: string | undefined): string {
  return on === undefined ? berlinDate(new Date()) : parseLocalDate(on, 'on');
}
