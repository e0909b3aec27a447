import { InputError, parsePartialDate } from '@buergerkoffer/formats';
import { z } from 'zod';
import { latinName } from './scalars.js';

/** A birth date as far as the register knows it: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; the year is always known. */
export const PartialBirthDate = z
  .string()
  .regex(/^[0-9]{4}(-[0-9]{2}){0,2}$/u, 'not a date (YYYY-MM-DD, YYYY-MM or YYYY)')
  .refine(exists, { message: 'not a date of the calendar', params: { code: 'malformed' }, abort: true });
/** A birth date as far as the register knows it. */
export type PartialBirthDate = z.output<typeof PartialBirthDate>;

function exists(text: string): boolean {
  try {
    parsePartialDate(text);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Day (or what is known of it), place and, when not Germany, state of birth. */
export const Birth = z
  .strictObject({
    date: PartialBirthDate,
    place: latinName(80),
    /** ICAO code of the state; absent for Germany, as in XMeld. */
    state: z
      .string()
      .regex(/^[A-Z]{3}$/u, 'not an ICAO code of three letters')
      .optional(),
  })
  .readonly();
/** Day, place and state of birth. */
export type Birth = z.output<typeof Birth>;
