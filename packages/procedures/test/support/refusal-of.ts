import { InputError } from '@buergerkoffer/formats';

/** The InputError that `act` throws; anything else fails the test. */
export function refusalOf(act: () => unknown): InputError {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
