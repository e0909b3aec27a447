import { InputError } from './error.js';

/** Year, month and day of two digits each, unknown ones `00`, then six digits (XInneres AZRNummer, version 3). */
const AZR_NUMBER = /^\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{6}$/;

/**
 * A number of the Ausländerzentralregister: 12 digits, of which the first six are a date. It has no check digit.
 * Other characters or another length are `InputError('malformed')`, a month over 12 or a day over 31 `InputError('out-of-range')`.
 */
export function parseAzrNumber(text: string, path = 'azrNummer'): string {
  if (!/^\d{12}$/.test(text)) throw new InputError('malformed', 'an AZR number has 12 digits', { path });
  if (!AZR_NUMBER.test(text)) {
    throw new InputError('out-of-range', 'an AZR number begins with a date, YYMMDD', { path, offset: 2 });
  }
  return text;
}
