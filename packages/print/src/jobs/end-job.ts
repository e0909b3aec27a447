import { delay } from '@buergerkoffer/core';
import type { JobDesk } from './job-desk.js';
import { hasEnded } from './printer-job.js';

/** A printer that was just beginning the job has begun it by then, in milliseconds. */
const SECOND_LOOK_MS = 200;
const MOST_ATTEMPTS = 5;

/**
 * Cancels a job, and again where the printer took that and prints all the same: one that is just beginning a job can lose what it
 * was told (ippeveprinter of CUPS 2.4 does). Resolves when the job has ended or the printer says that it is ending it.
 */
export async function endJob(
  desk: Pick<JobDesk, 'cancel' | 'find'>,
  jobId: number,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const wasRunning = await desk.cancel(jobId, { signal });
    if (!wasRunning) return;
    await delay(SECOND_LOOK_MS, signal);
    const job = await desk.find(jobId, { signal });
    if (job === undefined || hasEnded(job) || job.reasons.includes('processing-to-stop-point')) return;
  }
}
