import { JOB_STATES, numberAttribute, stringAttribute, type IppAttribute } from '../../ipp/index.js';
import type { SimulatedJob } from './simulated-job.js';

/** All attributes of a job (RFC 8011, 5.3); times are seconds since the printer was switched on. */
export function jobAttributes(
  job: SimulatedJob,
  printerUri: string,
  upTimeS: number,
  counts: boolean,
): readonly IppAttribute[] {
  const { document, ticket } = job;
  return [
    numberAttribute('integer', 'job-id', job.id),
    stringAttribute('uri', 'job-uri', `${printerUri}/${job.id}`),
    stringAttribute('uri', 'job-printer-uri', printerUri),
    stringAttribute('name', 'job-name', job.name),
    stringAttribute('name', 'job-originating-user-name', job.user),
    numberAttribute('enum', 'job-state', JOB_STATES[job.state]),
    stringAttribute('keyword', 'job-state-reasons', ...(job.reasons.length === 0 ? ['none'] : job.reasons)),
    numberAttribute('integer', 'number-of-documents', document === undefined ? 0 : 1),
    ...(counts ? counted(job) : []),
    numberAttribute('integer', 'job-printer-up-time', upTimeS),
    timeAttribute('time-at-creation', job.createdAtMs),
    timeAttribute('time-at-processing', job.startedAtMs),
    timeAttribute('time-at-completed', job.endedAtMs),
    stringAttribute('keyword', 'sides', ticket.sides),
    stringAttribute('keyword', 'media', ticket.media),
    numberAttribute('integer', 'copies', ticket.copies),
  ];
}

/** How much there is of the job, and how much of it came out. */
function counted({ document, printed, sides, ticket }: SimulatedJob): readonly IppAttribute[] {
  return [
    numberAttribute('integer', 'job-impressions-completed', printed),
    ...(sides === 0 ? [] : [numberAttribute('integer', 'job-impressions', sides / ticket.copies)]),
    ...(document === undefined
      ? []
      : [numberAttribute('integer', 'job-k-octets', Math.ceil(document.bytes.length / 1024))]),
  ];
}

function timeAttribute(name: string, ms: number | undefined): IppAttribute {
  if (ms === undefined) return { name, values: [{ syntax: 'no-value' }] };
  return numberAttribute('integer', name, 1 + Math.floor(ms / 1000));
}
