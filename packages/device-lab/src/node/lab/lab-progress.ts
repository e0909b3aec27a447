import type { LabEvent } from './lab-event.js';

/** What happens in a run of the lab, as it happens; a `note` also tells what is being prepared. */
export type LabProgress =
  | LabEvent
  /** A machine is about to run a file. Files may run side by side, each in a guest of its own. */
  | {
      readonly type: 'machine';
      readonly where: 'guest' | 'host';
      readonly file: string;
      readonly needs: string;
    }
  /** Files that cannot run here. */
  | { readonly type: 'left-out'; readonly files: readonly string[]; readonly reason: string }
  /** A piece of what the file's machine wrote to its console. */
  | { readonly type: 'console'; readonly file: string; readonly text: string }
  | { readonly type: 'machine-end'; readonly file: string; readonly how: string; readonly ms: number };

/** How a run of the lab ended. */
export type LabResult =
  { readonly type: 'ran'; readonly passed: number; readonly failed: number } | SkippedLab;

/** The lab could not run. */
export interface SkippedLab {
  readonly type: 'skipped';
  readonly reason: string;
  readonly remedy?: string;
}

/** The last line of a run: `lab: N passed, N failed` or `lab: skipped: REASON`. */
export function lastLine(result: LabResult): string {
  return result.type === 'ran'
    ? `lab: ${result.passed} passed, ${result.failed} failed`
    : `lab: skipped: ${result.reason.replaceAll(/\s+/g, ' ').trim()}`;
}

/** The exit code of a run: 1 where a test failed, else 0. */
export function exitCodeOf(result: LabResult): 0 | 1 {
  return result.type === 'ran' && result.failed > 0 ? 1 : 0;
}
