import { InputError } from '../src/index.js';

/** The InputError that the call throws; anything else, or nothing, fails the test. */
export function inputErrorOf(call: () => unknown): InputError {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

/** The InputError that the promise rejects with. */
export async function rejectedInputError(promise: Promise<unknown>): Promise<InputError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the promise was not rejected');
}

/** The result, or undefined for an InputError; every other error goes on. */
export function unlessInputError<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
