import { addMonths, ageReachedOn } from '@buergerkoffer/formats';
import type { LocalDate } from '@buergerkoffer/formats';
import { readBirthDate } from './birth-date.js';
import { dayOfLaw } from './day-of-law.js';
import { hasReached, lastDayOfTerm, possibleBirthDays } from './model/index.js';
import type { FingersOutcome, PartialBirthDate, SignatureOmission } from './model/index.js';

/** A requirement with the rule it rests on. */
export interface Required<T> {
  readonly value: T;
  readonly citation: string;
  /** First day of the rule, `unknown` where only its text was read. */
  readonly validFrom: string;
  /** Plain German. */
  readonly reason: string;
}

/** `clerk-decides` only where a partial birth date leaves the age open. */
export type Asked = 'yes' | 'no' | 'clerk-decides';

/** What an application for an identity card takes on a day from a person of an age, and what may be left out. */
export interface Requirements {
  readonly on: LocalDate;
  readonly photo: Required<'digital' | 'digital-or-paper'>;
  readonly fingers: Required<Asked | 'voluntary'>;
  /** Outcomes of the step FINGERS that are open to this person. */
  readonly fingerOutcomes: readonly FingersOutcome[];
  readonly signature: Required<Asked>;
  /** Reasons for which the signature may be left out. */
  readonly signatureOmissions: readonly SignatureOmission['reason'][];
  /** Longest term in years; 10 where the age is open, the clerk then sets it. */
  readonly termYears: Required<6 | 10>;
  /** Last day of validity of a regular card. */
  readonly validTo: LocalDate;
  /** Last day of validity when fingers are temporarily impossible: at most 12 months. */
  readonly validToWithoutFingers: Required<LocalDate>;
  readonly pinLetter: Required<'handed-over' | 'posted' | 'none'>;
  readonly eid: Required<'on' | 'off'>;
}

/**
 * What is captured for an identity card applied for on a day by a person born on a day, each with its rule.
 * InputError with `path` for an impossible day and a birth after it.
 */
export function requirementsFor(question: {
  readonly born: string;
  readonly on: string | Date;
}): Requirements {
  const on = dayOfLaw(question.on);
  const born = readBirthDate(question.born, on);
  const fingers = fingersAsked(born, on);
  const signature = signatureAsked(born, on);
  const termYears = term(born, on);
  return {
    on,
    photo: photo(on),
    fingers,
    fingerOutcomes: outcomes(fingers.value),
    signature,
    signatureOmissions: signature.value === 'yes' ? ['unable-to-write'] : ['under-10', 'unable-to-write'],
    termYears,
    validTo: lastDayOfTerm(on, termYears.value),
    validToWithoutFingers: {
      value: lastDayOfTerm(on, 1),
      citation: 'Art. 4 Abs. 3 VO (EU) 2019/1157',
      validFrom: FINGERS_SINCE,
      reason: 'Sind vorübergehend keine Finger möglich, gilt der Ausweis höchstens zwölf Monate.',
    },
    pinLetter: pinLetter(born, on),
    eid: eid(born, on),
  };
}

/** Since this day two fingerprints are compulsory. */
const FINGERS_SINCE = '2021-08-02';
/** Since this day photos are digital only. */
const DIGITAL_PHOTO_SINCE = '2025-05-01';
/** Since this day the PIN letter is handed over at application. */
const PIN_LETTER_AT_APPLICATION_SINCE = '2025-02-17';

function photo(on: LocalDate): Requirements['photo'] {
  const digital = on >= DIGITAL_PHOTO_SINCE;
  return {
    value: digital ? 'digital' : 'digital-or-paper',
    citation: 'PAuswV §§ 5a, 6a, 7',
    validFrom: digital ? DIGITAL_PHOTO_SINCE : 'unknown',
    reason: digital
      ? 'Lichtbilder sind seit dem 1. Mai 2025 digital; Ausnahmen nur in besonderen Fällen.'
      : 'Lichtbilder auf Papier waren noch zugelassen.',
  };
}

function fingersAsked(born: PartialBirthDate, on: LocalDate): Requirements['fingers'] {
  const citation = '§ 5 Abs. 9, § 9 Abs. 3 PAuswG';
  const validFrom = on >= FINGERS_SINCE ? FINGERS_SINCE : 'unknown';
  const since = { citation, validFrom };
  switch (hasReached(born, 6, on)) {
    case 'no':
      return { ...since, value: 'no', reason: 'Unter 6 Jahren werden keine Fingerabdrücke genommen.' };
    case 'unknown':
      return { ...since, value: 'clerk-decides', reason: 'Ob das 6. Lebensjahr vollendet ist, ist offen.' };
    case 'yes':
      return on >= FINGERS_SINCE
        ? { ...since, value: 'yes', reason: 'Seit dem 2. August 2021 sind zwei Fingerabdrücke Pflicht.' }
        : { ...since, value: 'voluntary', reason: 'Bis zum 1. August 2021 waren Fingerabdrücke freiwillig.' };
  }
}

function outcomes(asked: Requirements['fingers']['value']): readonly FingersOutcome[] {
  const fromSix: readonly FingersOutcome[] = ['two', 'one', 'none-permanent', 'none-temporary'];
  if (asked === 'no') return ['none-under-6'];
  return asked === 'clerk-decides' ? [...fromSix, 'none-under-6'] : fromSix;
}

function signatureAsked(born: PartialBirthDate, on: LocalDate): Requirements['signature'] {
  const since = { citation: '§ 9 Abs. 5 PAuswG', validFrom: 'unknown' };
  switch (hasReached(born, 10, on)) {
    case 'yes':
      return { ...since, value: 'yes', reason: 'Ab 10 Jahren unterschreibt man selbst.' };
    case 'no':
      return { ...since, value: 'no', reason: 'Unter 10 Jahren ist keine Unterschrift nötig.' };
    case 'unknown':
      return { ...since, value: 'clerk-decides', reason: 'Ob das 10. Lebensjahr vollendet ist, ist offen.' };
  }
}

function term(born: PartialBirthDate, on: LocalDate): Requirements['termYears'] {
  const under24 = hasReached(born, 24, on) === 'no';
  return {
    value: under24 ? 6 : 10,
    citation: '§ 6 PAuswG',
    validFrom: 'unknown',
    reason: under24
      ? 'Unter 24 Jahren gilt der Ausweis sechs Jahre.'
      : 'Ab 24 Jahren gilt der Ausweis zehn Jahre.',
  };
}

function pinLetter(born: PartialBirthDate, on: LocalDate): Requirements['pinLetter'] {
  const citation = 'PAuswV § 17';
  if (on >= PIN_LETTER_AT_APPLICATION_SINCE) {
    return {
      value: 'handed-over',
      citation,
      validFrom: PIN_LETTER_AT_APPLICATION_SINCE,
      reason: 'Der PIN-Brief wird bei der Antragstellung übergeben, in jedem Alter.',
    };
  }
  const posted = on >= addMonths(ageReachedOn(possibleBirthDays(born).earliest, 15), 9);
  return {
    value: posted ? 'posted' : 'none',
    citation: 'PAuswV § 17 Abs. 5 in der Fassung bis 16.02.2025',
    validFrom: 'unknown',
    reason: posted
      ? 'Der PIN-Brief kam mit der Post.'
      : 'Unter 15 Jahren und neun Monaten gab es keinen PIN-Brief.',
  };
}

function eid(born: PartialBirthDate, on: LocalDate): Requirements['eid'] {
  const on16 = hasReached(born, 16, on) !== 'no';
  return {
    value: on16 ? 'on' : 'off',
    citation: '§ 10 PAuswG',
    validFrom: 'unknown',
    reason: on16
      ? 'Der Online-Ausweis ist eingeschaltet.'
      : 'Unter 16 Jahren ist der Online-Ausweis ausgeschaltet.',
  };
}
