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

/** The circumstances that a question tells; InputError `not-allowed` for one that the service does not know. */
export function circumstancesOf(
  question: FeeQuestion,
  service: ServiceId,
  rules: readonly FeeRule[],
): readonly FeeCircumstance[] {
  const told = TOLD.filter(({ isTold }) => isTold(question));
  for (const { circumstance, path } of told) {
    const isKnown =
      ANYWHERE.includes(circumstance) || rules.some((rule) => rule.when?.includes(circumstance));
    if (!isKnown && !isAbroadOfPass(circumstance, service)) {
      throw new InputError('not-allowed', `${path} does not apply to ${service}`, { path });
    }
  }
  return told.map(({ circumstance }) => circumstance);
}

/** The passport has fees abroad that the table does not hold. */
export function isAbroadOfPass(circumstance: FeeCircumstance, service: ServiceId): boolean {
  return circumstance.endsWith('-abroad') && service.endsWith('reisepass');
}
