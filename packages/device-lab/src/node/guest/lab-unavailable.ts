/** The lab cannot run on this computer; the message is the reason on the last line, `remedy` is what to do about it. */
export class LabUnavailable extends Error {
  override readonly name = 'LabUnavailable';
  readonly remedy: string;

  constructor(reason: string, remedy: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.remedy = remedy;
  }
}
