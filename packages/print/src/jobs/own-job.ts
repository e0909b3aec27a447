import { DeviceError, type CallOptions } from '@buergerkoffer/core';
import type { PrintOrder } from '../print-order.js';
import { sealedName } from './job-seal.js';
import type { JobDesk } from './job-desk.js';
import type { JobNote } from './job-journal.js';
import { hasEnded, type PrinterJob } from './printer-job.js';

/**
 * The job of `order` at the printer, whoever sent it and when: by its name, else by the number that was noted. Of several attempts the
 * one that was not given up, the newest of them. `invalid-request` where a job has this UUID and another document.
 */
export async function ownJob(
  desk: JobDesk,
  order: PrintOrder,
  seal: string,
  note: JobNote | undefined,
  options: CallOptions,
): Promise<PrinterJob | undefined> {
  const name = sealedName(order, seal);
  const same = (await desk.all(options)).filter((job) => job.name?.startsWith(`${order.jobName}-`) === true);
  if (same.some((job) => job.name !== name)) throw otherDocument();
  const [best] = [...same].sort((a, b) => Number(isGivenUp(a)) - Number(isGivenUp(b)) || b.id - a.id);
  if (best !== undefined || note === undefined) return best;
  const noted = await desk.find(note.jobId, options);
  // After a restart a printer may begin its numbers anew.
  return noted?.name === undefined || noted.name === name ? noted : undefined;
}

/** The job of another attempt that was begun before `jobId`, by whichever process, and was not given up. */
export async function earlierJob(
  desk: JobDesk,
  order: PrintOrder,
  seal: string,
  jobId: number,
): Promise<PrinterJob | undefined> {
  const name = sealedName(order, seal);
  const same = (await desk.all()).filter((job) => job.name === name && job.id < jobId && !isGivenUp(job));
  return same.sort((a, b) => a.id - b.id)[0];
}

/** The document is not the one that was printed under this UUID. */
export function otherDocument(): DeviceError {
  return new DeviceError('invalid-request', 'the jobUuid belongs to another document', {
    path: 'jobUuid',
    remedy: 'make a new jobUuid for each document',
  });
}

function isGivenUp(job: PrinterJob): boolean {
  return hasEnded(job) && job.state !== 'completed';
}
