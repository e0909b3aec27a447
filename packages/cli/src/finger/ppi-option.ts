import { UsageError } from '../exit-code.js';

/** The resolution that `--ppi` gives, in whole pixels per inch. */
export function ppiOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UsageError('--ppi is a whole number of pixels per inch', 'give 500 or 1000');
}
