import type { LocalDate } from '@buergerkoffer/formats';
import { berlinDate, compareLocalDates, localDate } from '@buergerkoffer/formats';

/** When messages of a version may be exchanged, and who says so. */
export interface SetValidity {
  readonly namespace: string;
  /** First day, in Germany. */
  readonly validFrom: LocalDate;
  /** Last day. */
  readonly validTo: LocalDate;
  readonly source: string;
}

/** What a day means for a version. */
export type ValidityState = 'not-yet' | 'in-force' | 'expired' | 'unknown';

/** Versions whose days are known here; an integrator adds those that follow. */
export const KNOWN_VALIDITY: readonly SetValidity[] = [
  {
    namespace: 'http://www.osci.de/xmeld2511a',
    validFrom: localDate(2025, 11, 1),
    validTo: localDate(2026, 4, 30),
    source:
      'Half-yearly change of OSCI-XMeld on 1 May and 1 November (KoSIT, www1.osci.de, releases 1.6 and 2.3: in force on 1 November); the next version is 26.05. The notice of 25.11a itself was not read.',
  },
];

/** Whether a version is in force at a moment. */
export function validityOn(validity: SetValidity | undefined, moment: Date): ValidityState {
  if (validity === undefined) return 'unknown';
  const day = berlinDate(moment);
  if (compareLocalDates(day, validity.validFrom) < 0) return 'not-yet';
  return compareLocalDates(day, validity.validTo) > 0 ? 'expired' : 'in-force';
}
