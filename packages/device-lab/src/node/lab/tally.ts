import type { LabEvent } from './lab-event.js';

/** Counts the tests of a run, and knows which of its files have not ended. */
export class Tally {
  readonly #open: Set<string>;
  #passed = 0;
  #failed = 0;

  constructor(files: readonly string[]) {
    this.#open = new Set(files);
  }

  get passed(): number {
    return this.#passed;
  }

  get failed(): number {
    return this.#failed;
  }

  count(event: LabEvent): void {
    if (event.type === 'file-end') this.#open.delete(event.file);
    if (event.type !== 'test') return;
    if (event.outcome === 'passed') this.#passed += 1;
    if (event.outcome === 'failed') this.#failed += 1;
  }

  /** These files count neither way. */
  leaveOut(files: readonly string[]): void {
    for (const file of files) this.#open.delete(file);
  }

  /** Those of `files`, by default of all, that have not ended fail; answers a failed test for each. */
  close(reason: string, files: readonly string[] = [...this.#open]): readonly LabEvent[] {
    return files
      .filter((file) => this.#open.delete(file))
      .map((file) => {
        const event = { type: 'test', file, name: [], outcome: 'failed', ms: 0, reason } as const;
        this.count(event);
        return event;
      });
  }
}
