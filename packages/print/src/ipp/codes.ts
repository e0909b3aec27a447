import { byNumber } from './tags.js';

/** Operations that this SDK asks for (RFC 8011, 5.4.15; PWG 5100.13 for Identify-Printer). */
export const OPERATION = {
  'Print-Job': 0x0002,
  'Validate-Job': 0x0004,
  'Create-Job': 0x0005,
  'Send-Document': 0x0006,
  'Cancel-Job': 0x0008,
  'Get-Job-Attributes': 0x0009,
  'Get-Jobs': 0x000a,
  'Get-Printer-Attributes': 0x000b,
  'Identify-Printer': 0x003c,
} as const;

/** Name of an operation. */
export type OperationName = keyof typeof OPERATION;

/** Statuses (RFC 8011, 4.1.8 and appendix B). */
export const STATUS = {
  'successful-ok': 0x0000,
  'successful-ok-ignored-or-substituted-attributes': 0x0001,
  'successful-ok-conflicting-attributes': 0x0002,
  'client-error-bad-request': 0x0400,
  'client-error-forbidden': 0x0401,
  'client-error-not-authenticated': 0x0402,
  'client-error-not-authorized': 0x0403,
  'client-error-not-possible': 0x0404,
  'client-error-timeout': 0x0405,
  'client-error-not-found': 0x0406,
  'client-error-gone': 0x0407,
  'client-error-request-entity-too-large': 0x0408,
  'client-error-request-value-too-long': 0x0409,
  'client-error-document-format-not-supported': 0x040a,
  'client-error-attributes-or-values-not-supported': 0x040b,
  'client-error-uri-scheme-not-supported': 0x040c,
  'client-error-charset-not-supported': 0x040d,
  'client-error-conflicting-attributes': 0x040e,
  'client-error-compression-not-supported': 0x040f,
  'client-error-compression-error': 0x0410,
  'client-error-document-format-error': 0x0411,
  'client-error-document-access-error': 0x0412,
  'server-error-internal-error': 0x0500,
  'server-error-operation-not-supported': 0x0501,
  'server-error-service-unavailable': 0x0502,
  'server-error-version-not-supported': 0x0503,
  'server-error-device-error': 0x0504,
  'server-error-temporary-error': 0x0505,
  'server-error-not-accepting-jobs': 0x0506,
  'server-error-busy': 0x0507,
  'server-error-job-canceled': 0x0508,
  'server-error-multiple-document-jobs-not-supported': 0x0509,
  'server-error-printer-is-deactivated': 0x050a,
} as const;

/** Name of a status. */
export type StatusName = keyof typeof STATUS;

const STATUS_NAMES = byNumber(STATUS);

/** The name of a status, or its number as `0x0123`. */
export function statusName(code: number): string {
  return STATUS_NAMES.get(code) ?? `0x${code.toString(16).padStart(4, '0')}`;
}

/** Whether a status says that the operation was done, if with exceptions (RFC 8011, appendix B.1.2). */
export function isSuccess(code: number): boolean {
  return code < 0x0100;
}

/** States of a job (RFC 8011, 5.3.7). */
export const JOB_STATES = {
  pending: 3,
  'pending-held': 4,
  processing: 5,
  'processing-stopped': 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;

/** State of a job. */
export type JobState = keyof typeof JOB_STATES;

/** States of a printer (RFC 8011, 5.4.11). */
export const PRINTER_STATES = { idle: 3, processing: 4, stopped: 5 } as const;

/** State of a printer. */
export type PrinterState = keyof typeof PRINTER_STATES;

const JOB_STATE_NAMES = byNumber(JOB_STATES);
const PRINTER_STATE_NAMES = byNumber(PRINTER_STATES);

/** The name of a `job-state`; undefined for a number that is none. */
export function jobStateOf(value: number | undefined): JobState | undefined {
  return value === undefined ? undefined : JOB_STATE_NAMES.get(value);
}

/** The name of a `printer-state`; undefined for a number that is none. */
export function printerStateOf(value: number | undefined): PrinterState | undefined {
  return value === undefined ? undefined : PRINTER_STATE_NAMES.get(value);
}
