import { checkStringLatin, isLocalDate } from '@buergerkoffer/formats';
import { z } from 'zod';

/** A day of the calendar, `YYYY-MM-DD`; 30 February is refused. */
export const IsoDate = z.string().refine((day): boolean => isLocalDate(day), {
  message: 'not a day of the calendar (YYYY-MM-DD)',
  params: { code: 'malformed' },
});
/** A day of the calendar, `YYYY-MM-DD`. */
export type IsoDate = z.output<typeof IsoDate>;

/** A point in time in UTC, `2026-03-02T08:15:00.000Z`. */
export const Instant = z.iso.datetime('not an instant in UTC (YYYY-MM-DDTHH:MM:SSZ)');
/** A point in time in UTC, ISO 8601. */
export type Instant = z.output<typeof Instant>;

/** Random identity of a case; § 20 (3) PAuswG forbids to build it from a serial number. */
export const CaseId = z.uuid('not a UUID');
/** Random identity of a case, a UUID. */
export type CaseId = z.output<typeof CaseId>;

/** SHA-256 of bytes, 64 lower-case hex digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u, 'not a SHA-256 in lower-case hex');
/** SHA-256 of bytes, 64 lower-case hex digits. */
export type Sha256 = z.output<typeof Sha256>;

/** MD5 of bytes, 32 lower-case hex digits; names a file, protects nothing. */
export const Md5 = z.string().regex(/^[0-9a-f]{32}$/u, 'not an MD5 in lower-case hex');

/** Amtlicher Gemeindeschlüssel, 8 digits; whether it exists is a question for the code list. */
export const Ags = z.string().regex(/^[0-9]{8}$/u, 'not an AGS (8 digits)');
/** Amtlicher Gemeindeschlüssel, 8 digits. */
export type Ags = z.output<typeof Ags>;

/** Serial number of an identity document as printed: 9 or 10 characters of the serial number alphabet. */
export const SerialNumber = z
  .string()
  .regex(/^[A-Z][0-9A-Z]{7,9}$/u, 'not a serial number (8 to 10 capital letters and digits)');

/** Identity of a clerk as the authority assigns it; no name. */
export const ClerkId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/u, 'not a clerk id (letters, digits, . _ @ -)');

/** An identifier of ours in kebab-case, such as a rule, a fee line or a step. */
export const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'not an identifier in kebab-case');

/** Free German text of one to `max` characters without control characters, for reasons and notices. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(max, `longer than ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'holds a control character');
}

/** A name or place in the letters of DIN 91379 datatype A, one to `max` characters, no leading or trailing space. */
export function latinName(max: number) {
  return z
    .string()
    .min(1, 'is empty')
    .max(max, `longer than ${max} characters`)
    .refine((value) => value.trim() === value, 'begins or ends with a space')
    .refine(
      (value) => checkStringLatin(value, 'A') === undefined,
      'holds a character outside DIN 91379 datatype A',
    );
}
