import type { InputErrorCode } from './error-codes.js';

/** What every error of the SDK looks like, in the process, on a wire and in `--json`. */
export interface ErrorShape {
  /** Which family: `input`, `device`, `storage` or `service`. */
  readonly kind: ErrorKind;
  /** A member of the family's closed set of codes. */
  readonly code: string;
  /** One English sentence for integrators; never holds personal data. */
  readonly message: string;
  /** What to do about it, in English, for integrators. */
  readonly remedy: string;
  /** What the clerk can do, in German, where the error knows more than the catalogue (`germanTextOf`) says for its code. */
  readonly germanRemedy?: string;
  /** Byte offset of the fault in the input. */
  readonly offset?: number;
  /** Path of the fault in structured data (`holder.birth.date`) or of the file on disk. */
  readonly path?: string;
}

/** The four families of errors. */
export type ErrorKind = 'input' | 'device' | 'storage' | 'service';

/** Where an error happened, why, and what to do about it. */
export interface ErrorDetails {
  readonly remedy?: string | undefined;
  readonly germanRemedy?: string | undefined;
  readonly offset?: number | undefined;
  readonly path?: string | undefined;
  readonly cause?: unknown;
}

/** Base of all typed errors; the families extend it with a closed set of codes. */
export abstract class SdkError<Code extends string = string> extends Error implements ErrorShape {
  abstract readonly kind: ErrorKind;
  readonly code: Code;
  readonly remedy: string;
  declare readonly germanRemedy?: string;
  declare readonly offset?: number;
  declare readonly path?: string;

  constructor(code: Code, message: string, remedy: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = remedy;
    if (details.germanRemedy !== undefined) this.germanRemedy = details.germanRemedy;
    if (details.offset !== undefined) this.offset = details.offset;
    if (details.path !== undefined) this.path = details.path;
  }

  /** The error as plain data; the cause stays behind, it may hold what must not leave the process. */
  toJSON(): ErrorShape {
    return {
      kind: this.kind,
      code: this.code,
      message: this.message,
      remedy: this.remedy,
      ...(this.germanRemedy === undefined ? {} : { germanRemedy: this.germanRemedy }),
      ...(this.offset === undefined ? {} : { offset: this.offset }),
      ...(this.path === undefined ? {} : { path: this.path }),
    };
  }
}

const INPUT_REMEDY: Readonly<Record<InputErrorCode, string>> = {
  truncated: 'transfer or export the data again: its end is missing',
  malformed: 'check that the data is of the expected kind',
  checksum: 'read or type the value again: a check digit does not fit',
  'out-of-range': 'give a value within the range that the message names',
  'too-large': 'give smaller data, or raise the limit where it is configured',
  unsupported: 'convert the data to a variant that the message names',
  'not-allowed': 'remove or replace what the message names',
  missing: 'supply what the message names',
};

/**
 * Bytes, a file or a value from outside is wrong; nothing was changed.
 * `offset` counts bytes from the start of the input, `path` names a field.
 */
export class InputError extends SdkError<InputErrorCode> {
  override readonly name = 'InputError';
  readonly kind = 'input';

  constructor(code: InputErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details.remedy ?? INPUT_REMEDY[code], details);
  }
}
