import { inspect } from 'node:util';
import type { LabEvent } from '../lab/lab-event.js';

/** The part of an event of `node:test` that outcomes are made of (Node 20, `TestsStream`). */
export interface TestReport {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: {
    readonly duration_ms: number;
    readonly type?: string | undefined;
    readonly error?: unknown;
  };
}

/**
 * Turns what `node:test` tells of one file after the other into the outcomes of its tests. Counted are tests without
 * tests inside them, and whatever failed by itself: a suite's hook, a file that does not load, a process that crashed.
 * A file without any test fails: it shows nothing.
 */
export class TestOutcomes {
  readonly #names: string[] = [];
  /** Number of reports at each nesting since the one that holds them. */
  readonly #reports: number[] = [];

  /** A test or suite begins. */
  started({ name, nesting }: Pick<TestReport, 'name' | 'nesting'>): void {
    this.#names.length = nesting;
    this.#names[nesting] = name;
  }

  /** A test or suite has passed (or was left out) or failed; undefined: it does not count by itself. */
  ended(verdict: 'passed' | 'failed', report: TestReport): Extract<LabEvent, { type: 'test' }> | undefined {
    const { nesting, details, name, file = '' } = report;
    const isLeaf = (this.#reports[nesting + 1] ?? 0) === 0;
    this.#reports.length = nesting + 1;
    this.#reports[nesting] = (this.#reports[nesting] ?? 0) + 1;
    const isFile = nesting === 0 && name === file;
    const base = {
      type: 'test',
      file,
      name: isFile ? [] : [...this.#names.slice(0, nesting), name],
      ms: Math.round(details.duration_ms),
    } as const;
    if (verdict === 'failed') {
      if (report.todo !== undefined) return { ...base, outcome: 'skipped', reason: 'todo' };
      const { isOwn, reason } = failure(details.error);
      return isOwn || isLeaf ? { ...base, outcome: 'failed', reason } : undefined;
    }
    if (isFile) return { ...base, outcome: 'failed', reason: 'the file has no test' };
    if (!isLeaf || details.type === 'suite') return undefined;
    const leftOut = report.skip ?? report.todo;
    if (leftOut === undefined || leftOut === false) return { ...base, outcome: 'passed' };
    return { ...base, outcome: 'skipped', ...(typeof leftOut === 'string' ? { reason: leftOut } : {}) };
  }
}

/** Whether something failed by itself and not only what it holds, and why. */
function failure(error: unknown): { readonly isOwn: boolean; readonly reason: string } {
  if (!(error instanceof Error)) return { isOwn: true, reason: inspect(error) };
  const isOwn = !('failureType' in error && error.failureType === 'subtestsFailed');
  const { cause } = error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : error.message;
  const exit =
    'exitCode' in error && typeof error.exitCode === 'number' ? [`exit code ${error.exitCode}`] : [];
  const signal = 'signal' in error && typeof error.signal === 'string' ? [error.signal] : [];
  return { isOwn, reason: [text, ...exit, ...signal].join('; ') };
}
