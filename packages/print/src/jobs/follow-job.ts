import { delay, type DeviceError } from '@buergerkoffer/core';
import type { AttentionReason } from '../ipp/index.js';
import type { PrinterStatus, PrintEvent } from '../printer.js';
import { attentionFor } from './attention.js';
import { isAway, printerGone, unknownOutcome } from './broken-line.js';
import type { JobDesk } from './job-desk.js';
import type { PrinterJob } from './printer-job.js';

/** A job that is at the printer, and how it is watched. */
export interface Watch {
  readonly desk: JobDesk;
  readonly jobId: number;
  readonly status: (signal: AbortSignal) => Promise<PrinterStatus>;
  /** How the printer was before the job, where that is known. */
  readonly before: PrinterStatus | undefined;
  /** Sides that will be printed, all copies together. */
  readonly sides: number | 'unknown';
  readonly copies: number;
  readonly tell: (event: PrintEvent) => void;
  /** The longest pause between two questions, in milliseconds. */
  readonly pollMs: number;
  /** How long the printer may be away, in milliseconds. */
  readonly toleranceMs: number;
  readonly signal: AbortSignal;
}

/** The pause after something changed, in milliseconds; each is longer than the one before by half. */
const SHORTEST_MS = 10;
const LONGER = 1.5;

/** Tells what happens to the job until it has ended; resolves with it as it is then. Rejects when the printer stays away, or forgets the job. */
export async function followJob(watch: Watch): Promise<PrinterJob> {
  const { signal, tell, pollMs, toleranceMs } = watch;
  let { before } = watch;
  let printed = 0;
  let asked: AttentionReason | undefined;
  let last = '';
  let pauseMs = SHORTEST_MS;
  let awaySince: number | undefined;
  for (;;) {
    const seen = await lookAt(watch);
    if ('error' in seen) {
      awaySince ??= performance.now();
      if (performance.now() - awaySince >= toleranceMs) throw printerGone(seen.error);
    } else {
      const { job, now } = seen;
      awaySince = undefined;
      before ??= now;
      if (job === undefined) throw unknownOutcome();
      if (job.impressionsCompleted > printed) {
        printed = job.impressionsCompleted;
        tell({ type: 'printing', page: printed, of: expectedSides(watch, job, printed) });
      }
      if (isOver(job)) return job;
      const reason = attentionFor(job, now, before);
      if (reason !== undefined && reason !== asked) tell({ type: 'attention', reason });
      asked = reason;
      const picture = JSON.stringify([job, now.state, now.reasons]);
      if (picture !== last) pauseMs = SHORTEST_MS;
      last = picture;
    }
    await delay(Math.min(pauseMs, pollMs), signal);
    pauseMs = Math.min(pollMs, pauseMs * LONGER);
  }
}

type Seen =
  { readonly job: PrinterJob | undefined; readonly now: PrinterStatus } | { readonly error: DeviceError };

/** Job and printer as they are now, or why the printer cannot be asked. */
async function lookAt({ desk, jobId, status, signal }: Watch): Promise<Seen> {
  try {
    return { job: await desk.find(jobId, { signal }), now: await status(signal) };
  } catch (error) {
    if (signal.aborted || !isAway(error)) throw error;
    return { error };
  }
}

/**
 * Whether nothing more will come. CUPS leaves a document that it could not convert in `processing-stopped` for ever, and says
 * so in a reason.
 */
function isOver({ state, reasons }: PrinterJob): boolean {
  if (state === 'canceled' || state === 'aborted' || state === 'completed') return true;
  return state === 'processing-stopped' && reasons.includes('job-completed-with-errors');
}

function expectedSides({ sides, copies }: Watch, job: PrinterJob, printed: number): number | 'unknown' {
  const told = job.impressions !== undefined && job.impressions > 0 ? job.impressions * copies : undefined;
  const of = sides === 'unknown' ? told : sides;
  return of === undefined || of < printed ? 'unknown' : of;
}
