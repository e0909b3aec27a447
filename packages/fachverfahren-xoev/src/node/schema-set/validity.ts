import type { LocalDate } from '@buergerkoffer/formats';
import { berlinDate, compareLocalDates } from '@buergerkoffer/formats';
import { daysOfRelease, KNOWN_VERSIONS } from '../../rules/served-version.js';

/** Days between which messages of a version are sent; nothing where they are not known. */
export interface SetValidity {
  readonly validFrom?: LocalDate;
  /** First day on which they are not sent any more. */
  readonly validBefore?: LocalDate;
}

/** What a day means for a version. */
export type ValidityState = 'not-yet' | 'in-force' | 'expired' | 'unknown';

/** The days of the set for a namespace: known ones, else those that its version stands for when the standard is XMeld. */
export function validityOf(namespace: string, version: string | undefined): SetValidity {
  const known = KNOWN_VERSIONS.find((each) => each.namespace === namespace);
  const { validFrom, validBefore } =
    known ?? (/\/xmeld\d/u.test(namespace) && version !== undefined ? daysOfRelease(version) : {});
  return {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validBefore === undefined ? {} : { validBefore }),
  };
}

/** Whether a version is in force at a moment, by the calendar of Germany. */
export function validityOn({ validFrom, validBefore }: SetValidity, moment: Date): ValidityState {
  if (validFrom === undefined && validBefore === undefined) return 'unknown';
  const day = berlinDate(moment);
  if (validFrom !== undefined && compareLocalDates(day, validFrom) < 0) return 'not-yet';
  return validBefore !== undefined && compareLocalDates(day, validBefore) >= 0 ? 'expired' : 'in-force';
}
