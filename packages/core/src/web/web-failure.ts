import { DeviceError, type DeviceErrorCode } from '../device-error.js';

/** What a browser's error means in one situation. */
export interface Meaning {
  readonly code: DeviceErrorCode;
  /** What to do, where the remedy of the code does not fit a browser. */
  readonly remedy?: string;
}

/** What errors mean in one situation, by their name; names that are missing are `protocol`. */
export type Meanings = Readonly<Record<string, Meaning>>;

/** The device went away during the call. */
export const LOST: Meaning = { code: 'lost' };
/** The caller asked for what does not exist. */
export const INVALID: Meaning = { code: 'invalid-request' };
/** The page, or another program, has it. */
export const BUSY: Meaning = { code: 'busy' };
/** The device did not do what it was told. */
export const PROTOCOL: Meaning = { code: 'protocol' };

/** How long after a failed call the browser may take to say that the device was unplugged, in milliseconds. */
export const UNPLUG_MS = 500;
/** The longest text that is taken over from an error, in characters. */
const TEXT_LENGTH = 200;

/** The name of whatever was thrown: that of a DOMException tells what happened (Web IDL, 2.8.1). */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** The name and the message of whatever was thrown, on one line. */
export function textOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}, ${error.message}` : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, TEXT_LENGTH);
}

/** `error` as a DeviceError: itself when it is one, else what its name means in this situation. */
export function webFailure(what: string, error: unknown, meanings: Meanings): DeviceError {
  if (error instanceof DeviceError) return error;
  const { code, remedy } = meanings[nameOf(error)] ?? PROTOCOL;
  return new DeviceError(code, `${what}: ${textOf(error)}`, {
    cause: error,
    ...(remedy === undefined ? {} : { remedy }),
  });
}
