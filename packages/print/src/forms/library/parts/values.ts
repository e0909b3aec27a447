import { checkStringLatin } from '@buergerkoffer/formats';
import { z } from 'zod';

/** A text of 1 to `max` characters, trimmed and in Unicode normal form C, in the letters and signs of registers (DIN 91379, type E). */
export function text(max: number) {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .superRefine((value, context) => {
      const fault = checkStringLatin(value, 'E');
      if (fault === undefined) return;
      const remedy = `Das Zeichen ${fault.codePoint} führt kein Register. Bitte schreiben Sie die Angabe in lateinischen Buchstaben, wie sie in der Urkunde steht.`;
      context.addIssue({
        code: 'custom',
        message: `${fault.codePoint} is not in String.Latin`,
        params: { code: 'unsupported', remedy },
      });
    });
}

/** A calendar day `YYYY-MM-DD` that exists. */
export const daySchema = z.iso.date();

/** A birth date of which month or day can be unknown: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
export const birthDateSchema = z.union([
  z.iso.date(),
  z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/u, 'a day, a month or a year'),
]);

/** An instant in ISO 8601 with its offset: `2026-11-20T10:15:00+01:00`. */
export const instantSchema = z.iso.datetime({ offset: true });

/** An amount in cents, up to 99 999.99 €; a reduction is negative. */
export const centsSchema = z.int().min(-9_999_999).max(9_999_999);

/** What stands for somebody of the authority on paper: a name or a sign. */
export const clerkSchema = text(60);

/** A place as it stands before a date. */
export const placeSchema = text(80);
