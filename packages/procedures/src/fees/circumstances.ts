import { InputError } from '@buergerkoffer/formats';
import type { ServiceId } from '../model/index.js';
import type { FeeQuestion } from './fee-question.js';
import type { FeeCircumstance, FeeRule } from './fee-rule.js';

/** How each circumstance is told, and by which field. */
const TOLD: readonly {
  readonly circumstance: FeeCircumstance;
  readonly path: keyof FeeQuestion;
  readonly isTold: (question: FeeQuestion) => boolean;
}[] = [
  {
    circumstance: 'outside-office-hours',
    path: 'outsideOfficeHours',
    isTold: (question) => question.outsideOfficeHours === true,
  },
  {
    circumstance: 'not-competent',
    path: 'notCompetent',
    isTold: (question) => question.notCompetent === true,
  },
  { circumstance: 'residence-abroad', path: 'abroad', isTold: (question) => question.abroad === 'residence' },
  { circumstance: 'mission-abroad', path: 'abroad', isTold: (question) => question.abroad === 'mission' },
  {
    circumstance: 'photo-by-authority',
    path: 'photoByAuthority',
    isTold: (question) => question.photoByAuthority === true,
  },
  { circumstance: 'dispatch', path: 'dispatch', isTold: (question) => question.dispatch === true },
  { circumstance: 'pages-48', path: 'pages48', isTold: (question) => question.pages48 === true },
  { circumstance: 'express', path: 'express', isTold: (question) => question.express === true },
  { circumstance: 'ehrenamt', path: 'ehrenamt', isTold: (question) => question.ehrenamt === true },
];

/** Circumstances that may be told of any service; where the law attaches no fee to them they change nothing. */
const ANYWHERE: readonly FeeCircumstance[] = ['outside-office-hours', 'not-competent'];

/**
 * The circumstances that a question tells; InputError `not-allowed` for one that the service does not know.
 * Who lives abroad applies in Germany at an authority without competence: where the law has a surcharge for that, it
 * stands instead of the general one (PAuswGebV § 1 (4) no. 1; reasons in Bundesrat document 765/12).
 */
export function circumstancesOf(
  question: FeeQuestion,
  service: ServiceId,
  rules: readonly FeeRule[],
): readonly FeeCircumstance[] {
  const told = TOLD.filter(({ isTold }) => isTold(question));
  for (const { circumstance, path } of told) {
    const isKnown =
      ANYWHERE.includes(circumstance) || rules.some((rule) => rule.when?.includes(circumstance));
    if (!isKnown) {
      throw new InputError('not-allowed', `${path} does not apply to ${service}`, {
        path,
        ...(circumstance === 'residence-abroad' && rules.some(isForOtherAuthorities)
          ? { remedy: 'say that the authority is not competent: that is what this fee depends on' }
          : {}),
      });
    }
  }
  const circumstances = told.map(({ circumstance }) => circumstance);
  return circumstances.includes('residence-abroad')
    ? circumstances.filter((circumstance) => circumstance !== 'not-competent')
    : circumstances;
}

function isForOtherAuthorities(rule: FeeRule): boolean {
  return rule.when?.includes('not-competent') === true;
}
