import type { JobJournal } from '../jobs/job-journal.js';
import type { PageRenderer } from '../page-renderer.js';

/** How printing is done, on whichever way to the printer. */
export interface IppPrinterOptions {
  /** Where jobs are remembered. Default in memory, for as long as the driver lives. */
  readonly journal?: JobJournal;
  /** Makes raster of PDF, for printers that take no PDF. Default none: such a printer refuses PDF. */
  readonly renderer?: PageRenderer;
  /** The longest pause between two questions while a job runs, in milliseconds. Default 1000. */
  readonly pollMs?: number;
  /** How long a printer may be away before it counts as lost, in milliseconds. Default 15 000. */
  readonly toleranceMs?: number;
  /** How often an open printer is asked whether it is still there, in milliseconds. Default 15 000. */
  readonly watchMs?: number;
}
