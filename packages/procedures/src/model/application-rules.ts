import type { DocumentApplicationShape } from './application-shape.js';
import { hasReached, lastDayOfTerm, possibleBirthDays } from './calendar.js';

/** A fault that only several fields together show. */
export interface ApplicationFault {
  readonly path: readonly (string | number)[];
  readonly code: 'missing' | 'not-allowed' | 'out-of-range';
  /** English, with the paragraph, without values. */
  readonly message: string;
}

type Rule = (application: DocumentApplicationShape) => readonly (ApplicationFault | undefined)[];

/** Faults of an application against the law on the day it was made; an unclear age is never held against anybody. */
export function checkApplication(application: DocumentApplicationShape): readonly ApplicationFault[] {
  return RULES.flatMap((rule) => rule(application)).filter((fault) => fault !== undefined);
}

const RULES: readonly Rule[] = [person, applicant, term, fingers, signature, eid, pinLetter, photo, fees];

function fault(
  when: boolean,
  code: ApplicationFault['code'],
  path: ApplicationFault['path'],
  message: string,
): ApplicationFault | undefined {
  return when ? { path, code, message } : undefined;
}

function person({ holder, appliedOn }: DocumentApplicationShape) {
  const { earliest } = possibleBirthDays(holder.birth.date);
  return [
    fault(earliest > appliedOn, 'out-of-range', ['holder', 'birth', 'date'], 'lies after the application'),
    fault(holder.nationality !== 'D', 'not-allowed', ['holder', 'nationality'], 'not D (§ 1 (1) PAuswG)'),
    fault(holder.heightCm === undefined, 'missing', ['holder', 'heightCm'], 'is missing (§ 5 (2) PAuswG)'),
    fault(holder.eyeColour === undefined, 'missing', ['holder', 'eyeColour'], 'is missing (§ 5 (2) PAuswG)'),
  ];
}

function applicant({ holder, applicant: who, capacity, appliedOn }: DocumentApplicationShape) {
  const path = ['applicant', 'role'];
  const is16 = hasReached(holder.birth.date, 16, appliedOn);
  const is18 = hasReached(holder.birth.date, 18, appliedOn);
  const onlyCustodian = is16 === 'no' && who.role !== 'custodian';
  const byHolder = who.role === 'holder';
  return [
    fault(onlyCustodian, 'not-allowed', path, 'under 16 only the custodian applies (§ 9 (2) PAuswG)'),
    fault(is18 === 'yes' && who.role === 'custodian', 'not-allowed', path, 'an adult has no custodian'),
    fault(
      byHolder && capacity !== 'capable',
      'not-allowed',
      path,
      'the holder cannot apply without legal capacity (§ 9 (2) PAuswG)',
    ),
    fault(
      (who.role === 'betreuer' || who.role === 'bevollmaechtigter') && capacity === 'capable',
      'not-allowed',
      path,
      'a capable holder is not represented (§ 9 (1) PAuswG)',
    ),
    fault(
      who.role === 'betreuer' && !who.aufenthaltsbestimmung,
      'not-allowed',
      ['applicant', 'aufenthaltsbestimmung'],
      'the Betreuung must cover it (§ 9 (2) PAuswG)',
    ),
    fault(
      who.role === 'bevollmaechtigter' && who.vollmacht === 'schriftlich',
      'not-allowed',
      ['applicant', 'vollmacht'],
      'must be öffentlich beglaubigt or beurkundet (§ 9 (1) PAuswG)',
    ),
  ];
}

function term({ holder, document, fingers: { outcome }, appliedOn }: DocumentApplicationShape) {
  const path = ['document', 'validTo'];
  const years = hasReached(holder.birth.date, 24, appliedOn) === 'no' ? 6 : 10;
  const longest = lastDayOfTerm(document.validFrom, years);
  const oneYear = lastDayOfTerm(document.validFrom, 1);
  return [
    fault(
      document.validFrom !== appliedOn,
      'not-allowed',
      ['document', 'validFrom'],
      'not the day of application',
    ),
    fault(document.validTo <= document.validFrom, 'out-of-range', path, 'not after validFrom'),
    fault(document.validTo > longest, 'out-of-range', path, `longer than ${years} years (§ 6 PAuswG)`),
    fault(
      outcome === 'none-temporary' && document.validTo > oneYear,
      'out-of-range',
      path,
      'longer than 12 months although fingers are temporarily impossible (Reg. (EU) 2019/1157 Art. 4 (3))',
    ),
  ];
}

function fingers({ holder, fingers: { outcome }, appliedOn }: DocumentApplicationShape) {
  const path = ['fingers', 'outcome'];
  const is6 = hasReached(holder.birth.date, 6, appliedOn);
  return [
    fault(
      is6 === 'no' && outcome !== 'none-under-6',
      'not-allowed',
      path,
      'no fingers under 6 (§ 9 (3) PAuswG)',
    ),
    fault(
      is6 === 'yes' && outcome === 'none-under-6',
      'not-allowed',
      path,
      'fingers are asked from 6 (§ 5 (9) PAuswG)',
    ),
  ];
}

function signature({ holder, signature: taken, appliedOn }: DocumentApplicationShape) {
  const under10 = taken.outcome === 'omitted' && taken.omission.reason === 'under-10';
  return [
    fault(
      under10 && hasReached(holder.birth.date, 10, appliedOn) === 'yes',
      'not-allowed',
      ['signature', 'omission', 'reason'],
      'the holder signs from 10 (§ 9 (5) PAuswG)',
    ),
  ];
}

function eid({ holder, document, appliedOn }: DocumentApplicationShape) {
  return [
    fault(
      document.eid === 'on' && hasReached(holder.birth.date, 16, appliedOn) === 'no',
      'not-allowed',
      ['document', 'eid'],
      'switched off under 16 (§ 10 PAuswG)',
    ),
  ];
}

function pinLetter({ pinLetter: letter, timestamps, appliedOn }: DocumentApplicationShape) {
  const since = appliedOn >= '2025-02-17';
  return [
    fault(since && letter === undefined, 'missing', ['pinLetter'], 'is missing (PAuswV § 17)'),
    fault(
      letter !== undefined && timestamps.pinLetterHandedOverAt === undefined,
      'missing',
      ['timestamps', 'pinLetterHandedOverAt'],
      'is missing (PAuswV § 4 (1))',
    ),
  ];
}

function photo({ photo: { source, sourceRemark }, appliedOn }: DocumentApplicationShape) {
  const onPaper = source === 'paper-scan' && appliedOn >= '2025-05-01';
  return [
    fault(
      onPaper && sourceRemark === undefined,
      'missing',
      ['photo', 'sourceRemark'],
      'names the special case; photos are digital since 1 May 2025 (PAuswV § 5a)',
    ),
  ];
}

function fees({ fees: { lines, totalCents } }: DocumentApplicationShape) {
  const sum = lines.reduce((total, line) => total + Number(line.amountCents), 0);
  return [fault(sum !== totalCents, 'not-allowed', ['fees', 'totalCents'], 'is not the sum of the lines')];
}
