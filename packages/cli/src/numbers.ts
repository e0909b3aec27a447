import { InvalidArgumentError } from 'commander';

/** The number that an argument is; anything else is wrong use. */
export function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('not a number');
  return value;
}

/** The whole number of at most nine digits that an argument is; anything else is wrong use. */
export function wholeNumberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

/** The resolution that an argument is, in whole pixels per inch; anything else is wrong use. */
export function resolutionOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('give whole pixels per inch, such as 500');
  return Number(text);
}
