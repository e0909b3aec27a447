import { DeviceError } from '@buergerkoffer/core';
import { germanTextOf, InputError, type ErrorDetails } from '@buergerkoffer/formats';
import { germanPrintFailure } from '@buergerkoffer/print';

/**
 * What `work` gives; what it throws has a remedy for the clerk, in German: its own where it has one, else that of the catalogue. What an
 * error advises in English stands behind it, for whoever set the suitcase up.
 */
export async function withGermanRemedy<T>(work: () => Promise<T>): Promise<T> {
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

function detailsOf(
  { remedy, path, offset, cause }: DeviceError | InputError,
  german: string,
  general: DeviceError | InputError,
): ErrorDetails {
  const isGerman = remedy.includes('Bitte');
  const said = isGerman ? remedy : remedy === general.remedy ? german : `${german} (${remedy})`;
  return { remedy: said, path, offset, cause };
}
