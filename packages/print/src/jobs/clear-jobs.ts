import type { CallOptions } from '@buergerkoffer/core';
import { OWN_JOBS } from '../print-order.js';
import type { ClearedJobs } from '../printer.js';
import type { JobDesk } from './job-desk.js';
import { hasEnded } from './printer-job.js';

/**
 * Cancels the jobs of this SDK that have not ended, and deletes those that have where the printer can (`purge`: CUPS, which
 * otherwise keeps documents for a day).
 */
export async function clearJobs(desk: JobDesk, purge: boolean, options: CallOptions): Promise<ClearedJobs> {
  const own = (await desk.all(options)).filter(({ name }) => name?.startsWith(OWN_JOBS) === true);
  const counts = { canceled: 0, deleted: 0, left: 0 };
  for (const job of own) {
    const done = purge || !hasEnded(job) ? await desk.cancel(job.id, { ...options, purge }) : false;
    if (!done) counts.left += 1;
    else if (hasEnded(job)) counts.deleted += 1;
    else counts.canceled += 1;
  }
  return counts;
}
