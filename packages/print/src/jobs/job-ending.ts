import { DeviceError } from '@buergerkoffer/core';
import type { PrintEvent } from '../printer.js';
import type { PrinterJob } from './printer-job.js';

/** What the printer received or printed, where it is not known whether its whole document arrived. */
export interface Expected {
  readonly bytes: number;
  /** Sides, all copies together. */
  readonly sides: number | 'unknown';
  readonly unsure: boolean;
}

/** The last event of a job that is over; throws what went wrong with it. */
export function endingOf(job: PrinterJob, expected: Expected): PrintEvent {
  const pages = job.impressionsCompleted > 0 ? job.impressionsCompleted : 'unknown';
  switch (job.state) {
    case 'completed':
      if (expected.unsure) refusePart(job, expected);
      return { type: 'done', pages };
    case 'canceled':
      return { type: 'canceled', pages: job.impressionsCompleted };
    default:
      throw failureOf(job);
  }
}

/** A printer prints what it has of a document when the line breaks, and calls the job completed. */
function refusePart({ kOctets, impressionsCompleted }: PrinterJob, { bytes, sides }: Expected): void {
  const lacksBytes = kOctets !== undefined && kOctets > 0 && kOctets < Math.floor(bytes / 1024);
  const lacksSides = sides !== 'unknown' && impressionsCompleted > 0 && impressionsCompleted < sides;
  if (!lacksBytes && !lacksSides) return;
  throw new DeviceError('lost', 'the line broke in the document, and the printer printed what it had of it', {
    remedy: 'take the incomplete paper from the printer and destroy it, then print again with a new jobUuid',
  });
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
