import { SdkError, type ErrorDetails, type StorageErrorCode } from '@buergerkoffer/formats';

/** The memory of print jobs failed; nothing was sent to the printer because of it. */
export class JournalError extends SdkError<StorageErrorCode> {
  override readonly name = 'JournalError';
  readonly kind = 'storage';

  constructor(code: StorageErrorCode, message: string, details: ErrorDetails = {}) {
    super(
      code,
      message,
      details.remedy ?? 'mend the disk or the folder of the journal, then print again',
      details,
    );
  }
}
