import { SdkError, type ErrorDetails, type StorageErrorCode } from '@buergerkoffer/formats';

export type { StorageErrorCode } from '@buergerkoffer/formats';

const STORAGE_REMEDY: Readonly<Record<StorageErrorCode, string>> = {
  full: 'free space on the disk, then try again; what was stored before is intact',
  'read-only': 'mount the disk writable or choose another folder',
  corrupt: 'keep the file, make a copy and give it to support; nothing was changed',
  locked: 'end the other process that has it open, or close it there',
  missing: 'check the name and the folder',
  denied: 'give the account that runs the program read and write access to the folder',
  closed: 'open it again',
};

/** The disk, a file or a folder failed or is not what it should be; `offset` counts bytes from the start of the file. */
export class StorageError extends SdkError<StorageErrorCode> {
  override readonly name = 'StorageError';
  readonly kind = 'storage';

  constructor(code: StorageErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details.remedy ?? STORAGE_REMEDY[code], details);
  }
}
