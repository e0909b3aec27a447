import { DeviceError } from '@buergerkoffer/core';
import type { PrintEvent } from '../printer.js';
import type { PrinterJob } from './printer-job.js';

/** What the printer was sent, where it is not known whether all of it arrived. */
export interface Expected {
  /** Size of the document as it was sent; 0 where that is not known. */
  readonly bytes: number;
  /** Sides, all copies together. */
  readonly sides: number | 'unknown';
  readonly copies: number;
  /** The line broke while the document was being sent. */
  readonly unsure: boolean;
}

/** The last event of a job that is over; throws what went wrong with it. */
export function endingOf(job: PrinterJob, expected: Expected): PrintEvent {
  const pages = job.impressionsCompleted > 0 ? job.impressionsCompleted : 'unknown';
  switch (job.state) {
    case 'completed':
      if (expected.unsure) refusePart(arrivedOf(job, expected));
      return { type: 'done', pages };
    case 'canceled':
      return { type: 'canceled', pages: job.impressionsCompleted };
    default:
      throw failureOf(job);
  }
}

/** Reasons of a job that was called completed although its document ended too early (RFC 8011, 5.3.8). */
const CUT_SHORT =
  /^(submission-interrupted|job-data-insufficient|job-completed-with-errors|document-format-error)$/;

/** How much of the document arrived, as far as the printer counts: its kilobytes, the sides in it, the sides that came out. */
function arrivedOf(job: PrinterJob, { bytes, sides, copies }: Expected): 'whole' | 'part' | 'unknown' {
  if (job.reasons.some((reason) => CUT_SHORT.test(reason))) return 'part';
  const least = Math.floor(bytes / 1024);
  const told = [
    bytes > 0 && job.kOctets !== undefined && job.kOctets > 0 ? job.kOctets >= least : undefined,
    sides !== 'unknown' && job.impressions !== undefined && job.impressions > 0
      ? job.impressions * copies >= sides
      : undefined,
    sides !== 'unknown' && job.impressionsCompleted > 0 ? job.impressionsCompleted >= sides : undefined,
  ].filter((each) => each !== undefined);
  if (told.length === 0) return 'unknown';
  return told.every(Boolean) ? 'whole' : 'part';
}

/** A printer prints what it has of a document when the line breaks, and calls the job completed. */
function refusePart(arrived: ReturnType<typeof arrivedOf>): void {
  switch (arrived) {
    case 'whole':
      return;
    case 'part':
      throw new DeviceError(
        'lost',
        'the line broke in the document, and the printer printed what it had of it',
        {
          remedy:
            'take the incomplete paper from the printer and destroy it, then print again with a new jobUuid',
        },
      );
    case 'unknown':
      throw new DeviceError(
        'lost',
        'the line broke in the document, and the printer does not count what it printed of it',
        {
          remedy:
            'count the pages in the printer: if all are there, the job is done; if not, destroy them and print again with a new jobUuid',
        },
      );
    default:
      arrived satisfies never;
  }
}

const UNREADABLE = /^(document-|unsupported-|job-completed-with-errors)/;

function failureOf({ reasons, state }: PrinterJob): DeviceError {
  const told = reasons.map((reason) => reason.slice(0, 60)).slice(0, 5);
  const what = `the printer gave the job up (${[state, ...told].join(', ')})`;
  if (reasons.some((reason) => UNREADABLE.test(reason))) {
    return new DeviceError('unsupported', what, {
      remedy: 'the printer cannot read this document: check it, or send it in another format',
    });
  }
  return new DeviceError('attention', what, {
    remedy: 'look at the printer and mend what its display names, then print again with a new jobUuid',
  });
}
