import { DeviceError } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';

/** `error` as a `DeviceError`: bytes that do not follow the protocol are `protocol`, with their offset. */
export function protocolError(what: string, error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const { message, offset } = error;
  return new DeviceError('protocol', `${what}: ${message}`, { cause: error, offset });
}

/** What `read` makes of bytes from a camera; InputError becomes `protocol`. */
export function understood<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw protocolError(what, error);
  }
}
