import { InputError } from './error.js';

/**
 * A German postal code: five digits, `01000` at least. Another shape is `InputError('malformed')`, a code that begins
 * with 00 `InputError('out-of-range')`; whether it is in use, only a directory of the day knows.
 */
export function parsePostalCode(text: string, path = 'postleitzahl'): string {
  if (!/^\d{5}$/.test(text)) {
    throw new InputError('malformed', 'a German postal code has five digits', { path });
  }
  if (text.startsWith('00')) {
    throw new InputError('out-of-range', 'no German postal code begins with 00', { path, offset: 0 });
  }
  return text;
}
