import { groupOf, type AttributeSet, type IppAttribute, type IppMessage } from '../../ipp/index.js';
import type { PrinterCapabilities } from '../../printer.js';
import { Refusal } from './request.js';
import type { JobTicket } from './simulated-job.js';

/** A job that is asked for. */
export interface JobRequest {
  readonly name: string;
  readonly user: string;
  readonly ticket: JobTicket;
}

/** The attributes of a ticket that this printer knows, and their values. */
const TICKET = ['copies', 'sides', 'media', 'print-color-mode'];

/** The job that `request` asks for; without fidelity, what the printer cannot do is done otherwise. */
export function jobRequestOf(
  request: IppMessage,
  operation: AttributeSet,
  capabilities: PrinterCapabilities,
): JobRequest {
  checkFormat(operation, capabilities);
  const job = groupOf(request, 'job');
  const wrong = wrongValues(job, capabilities, attributesOf(request));
  if (operation.flag('ipp-attribute-fidelity') === true && wrong.length > 0) {
    throw new Refusal('client-error-attributes-or-values-not-supported', wrong);
  }
  const valid = (name: string): string | undefined => (wrong.includes(name) ? undefined : job.text(name));
  return {
    name: operation.text('job-name') ?? 'Untitled',
    user: operation.text('requesting-user-name') ?? 'anonymous',
    ticket: {
      copies: wrong.includes('copies') ? 1 : (job.number('copies') ?? 1),
      sides: valid('sides') ?? 'one-sided',
      media: valid('media') ?? 'na_letter_8.5x11in',
    },
  };
}

/** Refuses a document format and a compression that the printer does not take. */
export function checkFormat(operation: AttributeSet, { documentFormats }: PrinterCapabilities): void {
  const format = operation.text('document-format');
  if (format !== undefined && format !== 'application/octet-stream' && !documentFormats.includes(format)) {
    throw new Refusal('client-error-document-format-not-supported', ['document-format']);
  }
  if ((operation.text('compression') ?? 'none') !== 'none') {
    throw new Refusal('client-error-compression-not-supported', ['compression']);
  }
}

function wrongValues(
  job: AttributeSet,
  { sides, media, color }: PrinterCapabilities,
  names: readonly string[],
): readonly string[] {
  const copies = job.number('copies') ?? 1;
  const mode = job.text('print-color-mode') ?? 'auto';
  const modes = color ? ['auto', 'color', 'monochrome'] : ['auto', 'monochrome'];
  const isOf = (name: string, supported: readonly string[]): boolean => {
    const value = job.text(name);
    return value === undefined || supported.includes(value);
  };
  return [
    ...names.filter((name) => !TICKET.includes(name)),
    ...(copies >= 1 && copies <= 99 ? [] : ['copies']),
    ...(isOf('sides', sides) ? [] : ['sides']),
    ...(isOf('media', media) ? [] : ['media']),
    ...(modes.includes(mode) ? [] : ['print-color-mode']),
  ];
}

function attributesOf(request: IppMessage): readonly string[] {
  return request.groups
    .filter(({ group }) => group === 'job')
    .flatMap(({ attributes }) => attributes.map(({ name }: IppAttribute) => name));
}
