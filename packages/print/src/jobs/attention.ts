import { attentionOf, type AttentionReason, type StateReason } from '../ipp/index.js';
import type { PrinterStatus } from '../printer.js';
import type { PrinterJob } from './printer-job.js';

/** What a job says of its own that asks for a hand (RFC 8011, 5.3.8; PWG 5100.14). */
const JOB_REASONS: Readonly<Record<string, AttentionReason>> = {
  'resources-are-not-ready': 'media-needed',
  'printer-stopped': 'other',
  'printer-stopped-partly': 'other',
};

/**
 * What has to be done at the printer for `job` to go on; undefined when it goes on by itself. Errors count, and in a job that does not
 * run also warnings that were not there `before` it: some printers call an empty tray a warning while they print.
 */
export function attentionFor(
  job: PrinterJob,
  now: PrinterStatus,
  before: PrinterStatus,
): AttentionReason | undefined {
  const errors = attentionOf(now.reasons);
  if (errors !== undefined) return errors;
  const isNew = ({ stem }: StateReason): boolean => before.reasons.every((one) => one.stem !== stem);
  const raised = now.reasons.filter((reason) => reason.severity === 'warning' && isNew(reason));
  const warned = attentionOf(raised.map(({ stem }) => ({ stem, severity: 'error' })));
  if (warned !== undefined && warned !== 'other') return warned;
  if (now.state === 'stopped' || job.state === 'processing-stopped') {
    return job.reasons.flatMap((reason) => JOB_REASONS[reason] ?? [])[0] ?? 'other';
  }
  return job.reasons.includes('resources-are-not-ready') ? 'media-needed' : undefined;
}
