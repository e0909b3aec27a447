import { DeviceError } from '@buergerkoffer/core';
import { groupOf, groupsOf, jobStateOf, type AttributeSet, type JobState } from '../ipp/index.js';

/** What is asked of a job. */
export const JOB_ATTRIBUTES = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-impressions',
  'job-impressions-completed',
  'job-k-octets',
  'number-of-documents',
] as const;

/** A job as the printer tells it. */
export interface PrinterJob {
  readonly id: number;
  /** Absent where the printer hides it. */
  readonly name: string | undefined;
  readonly state: JobState;
  readonly reasons: readonly string[];
  /** Printed sides so far; 0 where the printer does not count. */
  readonly impressionsCompleted: number;
  readonly impressions: number | undefined;
  /** Size of what the printer received, in units of 1024 octets. */
  readonly kOctets: number | undefined;
  readonly documents: number | undefined;
}

/** The job in `attributes`; `protocol` where it has no number or no state. */
export function jobOf(attributes: AttributeSet): PrinterJob {
  const id = attributes.number('job-id');
  const state = jobStateOf(attributes.number('job-state'));
  if (id === undefined || state === undefined) {
    throw new DeviceError('protocol', 'the printer tells of a job without its number or state');
  }
  return {
    id,
    name: attributes.text('job-name'),
    state,
    reasons: attributes.texts('job-state-reasons').filter((reason) => reason !== 'none'),
    impressionsCompleted: Math.max(0, attributes.number('job-impressions-completed') ?? 0),
    impressions: attributes.number('job-impressions'),
    kOctets: attributes.number('job-k-octets'),
    documents: attributes.number('number-of-documents'),
  };
}

/** The jobs in an answer to Get-Jobs; one that cannot be understood is left out. */
export function jobsOf(message: Parameters<typeof groupsOf>[0]): readonly PrinterJob[] {
  return groupsOf(message, 'job').flatMap((group) => {
    try {
      return [jobOf(group)];
    } catch {
      return [];
    }
  });
}

/** The job in an answer to Get-Job-Attributes or Create-Job. */
export function jobIn(message: Parameters<typeof groupOf>[0]): PrinterJob {
  return jobOf(groupOf(message, 'job'));
}

/** Whether nothing more will come of the job. */
export function hasEnded({ state }: PrinterJob): boolean {
  return state === 'canceled' || state === 'aborted' || state === 'completed';
}

/** Whether the printer still waits for the document of the job (RFC 8011, 5.3.8). */
export function awaitsDocument(job: PrinterJob): boolean {
  if (hasEnded(job) || job.state === 'processing') return false;
  if (job.documents !== undefined) return job.documents === 0;
  return job.reasons.some((reason) => reason === 'job-incoming' || reason === 'job-data-insufficient');
}
