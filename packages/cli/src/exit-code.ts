import { SdkError } from '@buergerkoffer/formats';

/** Exit codes of `koffer`; of several inputs the worst counts. */
export const EXIT = {
  done: 0,
  /** The input or the answer is judged bad. */
  bad: 1,
  /** Wrong use: unknown flags, missing arguments. */
  usage: 2,
  /** A device, the disk or a service failed. */
  failed: 3,
  /** Our bug. */
  bug: 70,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line was used wrongly; `message` says what is wrong, `remedy` where to read how it is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** The exit code that `error` stands for. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SdkError) return error.kind === 'input' ? EXIT.bad : EXIT.failed;
  return error instanceof UsageError ? EXIT.usage : EXIT.bug;
}

/** The worse of two exit codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}
