import { DeviceError } from '@buergerkoffer/core';
import { germanTextOf, InputError } from '@buergerkoffer/formats';
import { germanPrintFailure } from '@buergerkoffer/print';

/** What `work` gives; what it throws says in German what the clerk can do: its own words, else those of the catalogue. */
export async function withGermanRemedy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inGerman(error);
  }
}

function inGerman(error: unknown): unknown {
  if (error instanceof InputError) return inputErrorInGerman(error, germanTextOf(error).remedy);
  if (!(error instanceof DeviceError) || error.germanRemedy !== undefined) return error;
  const germanRemedy = germanPrintFailure(error.code).remedy;
  return new DeviceError(error.code, error.message, { ...error.toJSON(), germanRemedy, cause: error });
}

/** `error` with these words for the clerk. */
export function inputErrorInGerman(error: InputError, germanRemedy: string): InputError {
  return new InputError(error.code, error.message, { ...error.toJSON(), germanRemedy, cause: error });
}
