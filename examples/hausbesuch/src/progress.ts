import type { ErrorShape } from '@buergerkoffer/formats';
import type { CaseEventType } from '@buergerkoffer/procedures/model';

/** What the demo tells while it works, German where a person reads it. */
export type Progress =
  /** A part of the visit begins. */
  | { readonly type: 'chapter'; readonly title: string }
  /** A step is done. */
  | { readonly type: 'done'; readonly text: string }
  /** Something is worth knowing. */
  | { readonly type: 'note'; readonly text: string }
  /** A device or a person needs help, or the demo shows a fault. */
  | { readonly type: 'attention'; readonly text: string }
  /** The event is durable; `seq` is its place in the case, from 0. */
  | { readonly type: 'event'; readonly event: CaseEventType; readonly seq: number }
  /** How the run ended; the last one. */
  | ({ readonly type: 'result' } & DemoResult);

/** How a run of the demo ended. */
export interface DemoResult {
  /** `delivered`: accepted; `rejected`: refused with a reason; `waiting`: sealed in the outbox. */
  readonly outcome: 'delivered' | 'rejected' | 'waiting';
  readonly caseId: string;
  readonly submissionId: string;
  /** Folder of the exhibit; absent while the case waits. */
  readonly out?: string;
  /** What the Fachverfahren said, by code. */
  readonly reason?: string;
  readonly durationMs: number;
  /** Errors that were survived on the way. */
  readonly survived: readonly ErrorShape[];
}

/** Receives the progress. */
export type Tell = (progress: Progress) => void;
