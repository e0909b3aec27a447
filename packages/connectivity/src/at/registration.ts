import { InputError } from '@buergerkoffer/formats';
import { answerFields, numberAt, optionalNumberAt, type AnswerField } from './answer-fields.js';

/** Values of `<stat>` by number (3GPP TS 27.007, 7.2, 10.1.20, 10.1.22). */
export const REGISTRATION_STATUS = [
  'off',
  'home',
  'searching',
  'denied',
  'unknown',
  'roaming',
  'sms-only-home',
  'sms-only-roaming',
  'emergency-only',
  'csfb-not-preferred-home',
  'csfb-not-preferred-roaming',
] as const;

/** Whether and how a network has taken the SIM in. */
export type RegistrationStatus = (typeof REGISTRATION_STATUS)[number];

/** Values of `<AcT>` by number (3GPP TS 27.007, 7.2). */
export const ACCESS_TECHNOLOGIES = [
  'gsm',
  'gsm-compact',
  'utran',
  'egprs',
  'hsdpa',
  'hsupa',
  'hspa',
  'lte',
  'ec-gsm-iot',
  'nb-iot',
  'lte-5gc',
  'nr-5gc',
  'ng-ran',
  'en-dc',
] as const;

/** Radio technology of the serving cell. */
export type AccessTechnology = (typeof ACCESS_TECHNOLOGIES)[number];

/** Which registration a line speaks of: circuit-switched, GPRS, or EPS (LTE). */
export type RegistrationDomain = 'CREG' | 'CGREG' | 'CEREG';

/** A registration line, asked for or unsolicited. */
export interface RegistrationLine {
  readonly domain: RegistrationDomain;
  /** `answer` to a question, or `event` that the modem sent by itself. */
  readonly source: 'answer' | 'event';
  readonly status: RegistrationStatus;
  readonly technology: AccessTechnology | 'unknown';
  /** Location or tracking area code, hexadecimal in capitals. */
  readonly areaCode?: string;
  /** Cell identity, hexadecimal in capitals. */
  readonly cellId?: string;
}

/**
 * Reads a `+CREG:`, `+CGREG:` or `+CEREG:` line. An answer is `<n>,<stat>[,"area","cell",AcT…]`, an event
 * `<stat>[,"area","cell",AcT…]`: a second field that is an unquoted number of one or two digits makes it an answer.
 * Trailing fields are ignored, an unknown technology is `unknown`. Errors carry the offset in the line.
 */
export function parseRegistration(line: string): RegistrationLine {
  const domain = (['CREG', 'CGREG', 'CEREG'] as const).find((name) => line.startsWith(`+${name}:`));
  if (domain === undefined) {
    throw new InputError('malformed', 'a registration line was expected', { offset: 0 });
  }
  const fields = answerFields(line, `+${domain}`);
  const second = fields[1];
  const isAnswer = second !== undefined && !second.quoted && /^\d{1,2}$/.test(second.text);
  const at = isAnswer ? 1 : 0;
  const last = REGISTRATION_STATUS.length - 1;
  const status = REGISTRATION_STATUS[numberAt(fields, at, 'stat', 0, last)] ?? 'unknown';
  const areaCode = hexAt(fields, at + 1, 'area');
  const cellId = hexAt(fields, at + 2, 'cell');
  const technology = optionalNumberAt(fields, at + 3, 'AcT', 0, 255);
  return {
    domain,
    source: isAnswer ? 'answer' : 'event',
    status,
    technology: technology === undefined ? 'unknown' : (ACCESS_TECHNOLOGIES[technology] ?? 'unknown'),
    ...(areaCode === undefined ? {} : { areaCode }),
    ...(cellId === undefined ? {} : { cellId }),
  };
}

function hexAt(fields: readonly AnswerField[], index: number, name: string): string | undefined {
  const field = fields[index];
  if (field === undefined || field.text === '') return undefined;
  if (/^[0-9A-Fa-f]{1,10}$/.test(field.text)) return field.text.toUpperCase();
  throw new InputError('malformed', `${name} is not hexadecimal`, { offset: field.offset, path: name });
}
