import { DeviceError } from '@buergerkoffer/core';
import { germanTextOf, InputError, type ErrorDetails } from '@buergerkoffer/formats';
import { germanPrintFailure } from '@buergerkoffer/print';

/** What `work` gives; what it throws has a remedy for the clerk, in German, and behind it what the error itself advises. */
export async function forClerk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (error instanceof DeviceError) {
    const { code, message } = error;
    const german = germanPrintFailure(code).remedy;
    return new DeviceError(code, message, detailsOf(error, german, new DeviceError(code, '')));
  }
  if (error instanceof InputError) {
    const { code, message } = error;
    return new InputError(
      code,
      message,
      detailsOf(error, germanTextOf(error).remedy, new InputError(code, '')),
    );
  }
  return error;
}

/** What the error knows; its own remedy follows where it says more than any error of its code. */
function detailsOf(
  { remedy, path, offset, cause }: DeviceError | InputError,
  german: string,
  general: DeviceError | InputError,
): ErrorDetails {
  return { remedy: remedy === general.remedy ? german : `${german} (${remedy})`, path, offset, cause };
}
