import { delay, DeviceError } from '@buergerkoffer/core';
import type { JobNote } from './job-journal.js';
import { ownJob } from './own-job.js';
import type { Placement } from './placement.js';
import { awaitsDocument, hasEnded, type PrinterJob } from './printer-job.js';

/** Pause between two looks at a job, in milliseconds. */
const PAUSE_MS = 250;
/**
 * How often a printer must say that it still waits for a document before that is believed: it may not have noticed yet that the
 * line broke, and print what it has of it.
 */
const LOOKS = 4;

/** Whether after `error` it is not known what reached the printer. */
export function isBrokenLine(error: unknown): boolean {
  return error instanceof DeviceError && error.code !== 'access-denied' && error.code !== 'closed';
}

/**
 * The job at the printer. One that still waits for its document is given up, which the printer must confirm, and counts as none:
 * a document sent to it now could be its second.
 */
async function lookForJob(placement: Placement, note: JobNote | undefined): Promise<PrinterJob | undefined> {
  const { desk, order, seal, signal, givenUp } = placement;
  let job = await ownJob(desk, order, seal, note, { signal });
  for (let look = 1; job !== undefined && awaitsDocument(job) && look < LOOKS; look += 1) {
    await delay(PAUSE_MS, signal);
    job = await desk.find(job.id, { signal });
  }
  if (job !== undefined && awaitsDocument(job)) {
    const isCanceled = await desk.cancel(job.id, { signal });
    job = await confirmed(placement, job, isCanceled);
  }
  if (job?.state === 'aborted' && job.documents === 0) givenUp.add(job.id);
  return job === undefined || givenUp.has(job.id) ? undefined : job;
}

/** {@link lookForJob}, for as long as is tolerated that the printer cannot be reached. */
export function findAgain(placement: Placement, note: JobNote | undefined): Promise<PrinterJob | undefined> {
  return reached(placement, () => lookForJob(placement, note));
}

/** What `work` gives, which changes nothing and is done again while the printer cannot be reached; rejects when it stays away. */
export async function reached<T>({ signal, toleranceMs }: Placement, work: () => Promise<T>): Promise<T> {
  const endMs = performance.now() + toleranceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      if (performance.now() >= endMs) throw printerGone(error);
      await delay(PAUSE_MS, signal);
    }
  }
}

/** Whether `error` says that the printer cannot be reached; an answer that makes no sense is something else. */
export function isAway(error: unknown): error is DeviceError {
  return error instanceof DeviceError && ['lost', 'not-found', 'timeout'].includes(error.code);
}

/** The printer stays away, `lost` or without an answer; `cause` is why it cannot be reached. */
export function printerGone(cause: DeviceError): DeviceError {
  return new DeviceError(
    cause.code === 'timeout' ? 'timeout' : 'lost',
    `the printer has gone: ${cause.message}`,
    {
      cause,
      remedy:
        'check the printer and its cable or network; printing again with the same jobUuid never prints twice',
    },
  );
}

/** Whether `error` says that the printer stays away, rather than that a job is lost. */
export function isGone(error: unknown): error is DeviceError {
  return error instanceof DeviceError && error.code === 'lost' && error.cause instanceof DeviceError;
}

/** Nobody can say whether the job was printed: the printer had, or may have had, the document, and knows the job no more. */
export function unknownOutcome(): DeviceError {
  return new DeviceError('lost', 'the printer does not know the job any more: it may have been printed', {
    remedy: 'look at the printer; if the paper is not there, print again with a new jobUuid',
  });
}

/** A job that was given up and has ended without being printed is remembered, and counts as none. */
async function confirmed(
  { desk, signal, givenUp }: Placement,
  { id }: PrinterJob,
  isCanceled: boolean,
): Promise<PrinterJob | undefined> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const job = await desk.find(id, { signal });
    if (job === undefined && !isCanceled) throw unknownOutcome();
    if (job === undefined || (hasEnded(job) && job.state !== 'completed' && job.impressionsCompleted === 0)) {
      givenUp.add(id);
      return undefined;
    }
    if (!awaitsDocument(job)) return job;
    await delay(PAUSE_MS, signal);
  }
  throw new DeviceError(
    'protocol',
    'the printer neither takes the document of the job nor gives the job up',
    {
      remedy: 'delete the job at the printer, then print again with a new jobUuid',
    },
  );
}
