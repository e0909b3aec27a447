import type { PaAntrag } from './schema.js';

/** Two parts of an application that cannot both be true: where, and why in English. */
export interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

/** Years of life completed, least and most, where month or day of the birth can be unknown. */
interface Age {
  readonly least: number;
  readonly most: number;
}

/**
 * What the paper must not say at once, by the ages of § 5 (9), § 9 (1), (2), (3), (5) PAuswG. Whether somebody may apply is
 * decided before, with the rules of the day; this only keeps a form from contradicting itself.
 */
export function contradictions({
  holder,
  appliedOn,
  applicant,
  fingers,
  signature,
}: PaAntrag): Contradiction[] {
  const age = ageOn(appliedOn, holder.birth.date);
  const underSix = fingers.outcome === 'none' && fingers.reason === 'under-6';
  const tooYoungToSign = signature.outcome === 'omitted' && signature.reason === 'under-10';
  return [
    ...when(age.most < 0, ['holder', 'birth', 'date'], 'the birth lies after the day of the application'),
    ...when(
      applicant.role === 'holder' && age.most < 16,
      ['applicant', 'role'],
      'a holder under 16 does not apply alone',
    ),
    ...when(
      applicant.role === 'custodian' && age.least >= 18,
      ['applicant', 'role'],
      'a holder of 18 has no custodian',
    ),
    ...when(underSix && age.least >= 6, ['fingers', 'reason'], 'the holder is six or older'),
    ...when(!underSix && age.most < 6, ['fingers'], 'no fingerprints are taken under six'),
    ...when(tooYoungToSign && age.least >= 10, ['signature', 'reason'], 'the holder is ten or older'),
    ...when(
      signature.outcome === 'given' && age.most < 10,
      ['signature', 'outcome'],
      'a child signs from ten on',
    ),
  ];
}

function when(contradicted: boolean, path: readonly string[], message: string): Contradiction[] {
  return contradicted ? [{ path, message }] : [];
}

function ageOn(day: string, birth: string): Age {
  const earliest = `${birth}-01-01`.slice(0, 10);
  const latest = birth.length === 10 ? birth : birth.length === 7 ? `${birth}-31` : `${birth}-12-31`;
  return {
    least: completedYears(day, latest),
    most: completedYears(day, birth.length === 7 ? `${birth}-01` : earliest),
  };
}

/** A year of life is complete at the end of the day before the birthday (§§ 187, 188 BGB): 29 February counts from 1 March. */
function completedYears(day: string, birth: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
