import { InputError, SdkError, type ErrorShape, type InputErrorCode } from '@buergerkoffer/formats';
import { DEVICE_ERROR_CODES, DeviceError } from '../device-error.js';

const INPUT_CODES: Readonly<Record<InputErrorCode, true>> = {
  truncated: true,
  malformed: true,
  checksum: true,
  'out-of-range': true,
  'too-large': true,
  unsupported: true,
  'not-allowed': true,
  missing: true,
};

/** Longest message or remedy that is believed, in characters. */
const MAX_TEXT = 2_000;

/**
 * The error that the fields of an `ErrorShape` describe: a `DeviceError` or an `InputError`; families that core
 * does not know, and codes from a newer release, become a `protocol` DeviceError with the same sentences.
 */
export function errorOf(fields: ReadonlyMap<string, unknown>, path: string): SdkError {
  const kind = text(fields, 'kind', path);
  const code = text(fields, 'code', path);
  const message = text(fields, 'message', path);
  const details = {
    remedy: text(fields, 'remedy', path),
    germanRemedy: fields.has('germanRemedy') ? text(fields, 'germanRemedy', path) : undefined,
    path: fields.has('path') ? text(fields, 'path', path) : undefined,
    offset: fields.has('offset') ? count(fields, 'offset', path) : undefined,
  };
  if (kind === 'input' && isInputCode(code)) return new InputError(code, message, details);
  const known = kind === 'device' ? DEVICE_ERROR_CODES.find((one) => one === code) : undefined;
  return new DeviceError(known ?? 'protocol', message, details);
}

/** The fields of `error` as they travel, with sentences cut to what the other side believes. */
export function fieldsOf(error: { toJSON(): ErrorShape }): ErrorShape {
  const shape = error.toJSON();
  const { message, remedy, germanRemedy } = shape;
  return {
    ...shape,
    message: message.slice(0, MAX_TEXT),
    remedy: remedy.slice(0, MAX_TEXT),
    ...(germanRemedy === undefined ? {} : { germanRemedy: germanRemedy.slice(0, MAX_TEXT) }),
  };
}

/** `error` when it may leave the process; anything else as a sentence that holds nothing of it. */
export function presentable(error: unknown, what: string): SdkError {
  if (isSdkError(error)) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new DeviceError('protocol', `${what} failed in its process with ${name.slice(0, 60)}`);
}

function isSdkError(error: unknown): error is SdkError {
  return error instanceof SdkError;
}

function isInputCode(code: string): code is InputErrorCode {
  return Object.hasOwn(INPUT_CODES, code);
}

function text(fields: ReadonlyMap<string, unknown>, field: string, path: string): string {
  const value = fields.get(field);
  if (typeof value !== 'string' || value.length > MAX_TEXT) {
    throw new InputError('malformed', `an error without a proper ${field}`, { path });
  }
  return value;
}

function count(fields: ReadonlyMap<string, unknown>, field: string, path: string): number {
  const value = fields.get(field);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new InputError('malformed', `an error without a proper ${field}`, { path });
  }
  return value;
}
