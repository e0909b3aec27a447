import type { IppAttribute } from '../ipp/index.js';
import type { PrintOrder } from '../print-order.js';
import type { PrintDocument } from '../printer.js';
import type { JobDesk } from './job-desk.js';
import type { JobJournal } from './job-journal.js';

/** A job to be placed, and with what. */
export interface Placement {
  readonly desk: JobDesk;
  readonly journal: JobJournal;
  /** The printer's UUID or address. */
  readonly printer: string;
  readonly order: PrintOrder;
  readonly seal: string;
  readonly ticket: readonly IppAttribute[];
  /** What is sent: the order's document, or what it is made into for this printer. */
  readonly document: () => Promise<PrintDocument>;
  /** Whether the printer takes job and document one after the other. */
  readonly inTwoSteps: boolean;
  /** Told as soon as the job has a number: from then on it can be cancelled. */
  readonly created: (jobId: number) => void;
  /** How long a printer is looked for after the line broke, in milliseconds. */
  readonly toleranceMs: number;
  /** Jobs that were begun and given up: nothing was printed of them. */
  readonly givenUp: Set<number>;
  readonly signal: AbortSignal;
}
