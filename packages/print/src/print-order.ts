import { DeviceError } from '@buergerkoffer/core';
import type { ColorMode, PrintDocument, PrinterCapabilities, PrintOptions, Sides } from './printer.js';

/** A print job with every choice made and checked against the printer; drivers send it as it stands. */
export interface PrintOrder {
  readonly jobUuid: string;
  /** Name of the job, without personal data; see {@link jobName}. */
  readonly jobName: string;
  readonly document: PrintDocument;
  readonly copies: number;
  readonly sides: Sides;
  readonly media: string;
  readonly color: ColorMode;
  readonly patienceMs: number;
}

/** Longest wait between two events, in milliseconds, where the caller names none. */
const PATIENCE_MS = 120_000;
/** Largest document in bytes; the largest form with pictures has a tenth. */
const LARGEST_DOCUMENT = 32 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The order that `document` and `options` make, checked before anything is sent, because print servers accept
 * values that they cannot serve and drop the job later. Throws `invalid-request` or `unsupported`, naming the value.
 */
export function printOrder(
  document: PrintDocument,
  options: PrintOptions,
  capabilities: PrinterCapabilities,
): PrintOrder {
  const order: PrintOrder = {
    jobUuid: options.jobUuid.toLowerCase(),
    jobName: jobName(options.jobUuid),
    document: { bytes: document.bytes, mediaType: document.mediaType.toLowerCase() },
    copies: options.copies ?? 1,
    sides: options.sides ?? 'one-sided',
    media: options.media ?? 'iso_a4_210x297mm',
    color: options.color ?? 'auto',
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  };
  refuse(!UUID.test(order.jobUuid), 'jobUuid is no UUID');
  refuse(document.bytes.length === 0, 'the document is empty');
  refuse(document.bytes.length > LARGEST_DOCUMENT, `the document has more than ${LARGEST_DOCUMENT} bytes`);
  refuse(
    !(Number.isInteger(order.copies) && order.copies >= 1 && order.copies <= 99),
    'copies is outside 1 to 99',
  );
  refuse(!(order.patienceMs > 0), 'patienceMs is not positive');
  demand(capabilities.documentFormats, order.document.mediaType, 'document-format');
  demand(capabilities.sides, order.sides, 'sides');
  demand(capabilities.media, order.media, 'media');
  if (order.color === 'color' && !capabilities.color)
    demand(['auto', 'monochrome'], 'color', 'print-color-mode');
  return order;
}

/** How the names of all jobs of this SDK begin. */
export const OWN_JOBS = 'buergerkoffer-';

/** The name that a job has in queues and logs begins with `buergerkoffer-` and the first eight digits of its UUID. */
export function jobName(jobUuid: string): string {
  return `${OWN_JOBS}${jobUuid.slice(0, 8).toLowerCase()}`;
}

function refuse(condition: boolean, message: string): void {
  if (condition) throw new DeviceError('invalid-request', message);
}

function demand(supported: readonly string[], value: string, name: string): void {
  if (supported.includes(value)) return;
  if (supported.length === 0) {
    throw new DeviceError('unsupported', `the printer does not say which ${name} it has`, {
      remedy: 'a queue that was just made needs a moment; otherwise check it in the print server',
    });
  }
  throw new DeviceError('unsupported', `${name} ${value} is not among ${supported.join(', ')}`);
}
