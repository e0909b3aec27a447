import { SdkError } from '@buergerkoffer/formats';
import { CommanderError } from 'commander';

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

/** The command line was used wrongly; `message` says how to use it right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The exit code that `error` stands for. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SdkError) return error.kind === 'input' ? EXIT.bad : EXIT.failed;
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  return EXIT.bug;
}

/** The worse of two exit codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}
