import type { CaseServiceId, Place } from '../model/index.js';
import type { Capacity } from '../model/index.js';

/** Who wants to apply; an `Applicant` of the model is one, and so is the bare role. */
export type Acting =
  | { readonly role: 'holder' }
  | { readonly role: 'custodian' }
  | { readonly role: 'betreuer'; readonly aufenthaltsbestimmung: boolean }
  | {
      readonly role: 'bevollmaechtigter';
      readonly vollmacht: 'oeffentlich-beglaubigt' | 'beurkundet' | 'schriftlich';
    };

/** What the rules must know to answer; facts that were not asked are absent. */
export interface EligibilityQuestion {
  readonly service: CaseServiceId;
  /** `YYYY-MM-DD`, or an instant, which counts as its day in Europe/Berlin. */
  readonly on: string | Date;
  /** Birth date of the holder, partial where the register knows no more. */
  readonly born: string;
  readonly capacity: Capacity;
  readonly acting: Acting;
  readonly place: Place;
  /** Where the holder lives as seen from this authority: without dwelling the place of stay counts as `here`. */
  readonly residence: 'here' | 'elsewhere' | 'abroad';
  /** Whether the competent authority gave its Ermächtigung for an important reason. */
  readonly ermaechtigung?: boolean;
  /** ICAO code; German when absent. */
  readonly nationality?: string;
  /** AGS of the place of the visit; the authority's own when absent. */
  readonly ags?: string;
  /** Pflegegrad 1 to 5, 0 for none; absent: not asked. */
  readonly pflegegrad?: number;
  /** Merkzeichen of the Schwerbehindertenausweis, empty for none; absent: not asked. */
  readonly merkzeichen?: readonly string[];
}
