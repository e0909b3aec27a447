import { nextSteps, type StepId } from '@buergerkoffer/procedures';
import { CLERKS } from '../stage/authority-config.js';
import { decideEligibility, preload, schedule, selfTest } from './before.js';
import { takePhoto, takeSignature } from './captures.js';
import {
  chargeFees,
  confirm,
  handOverPinLetter,
  inform,
  requestFuehrungszeugnis,
  review,
} from './counter.js';
import { takeFingers } from './fingers.js';
import { assessCapacity, identify, lookUpRegister, recordData } from './identity.js';
import { printPapers } from './papers.js';
import { stateOf, type Visit } from './visit.js';

/** A part of the visit: its title and the steps that belong to it, in the order in which these clerks do them. */
interface Chapter {
  readonly title: string;
  readonly steps: readonly (readonly [StepId, (visit: Visit) => Promise<void>])[];
}

/** What is done in the office before the visit, while there is a network. */
export const PREPARATION: Chapter = {
  title: 'Vor dem Besuch',
  steps: [
    ['eligibility', decideEligibility],
    ['scheduling', schedule],
    ['preload', preload],
    ['self-test', selfTest],
  ],
};

/** What is done at the bedside. */
export const BEDSIDE: readonly Chapter[] = [
  {
    title: 'Identität',
    steps: [
      ['identification', identify],
      ['capacity', assessCapacity],
      ['register', lookUpRegister],
      ['data', recordData],
    ],
  },
  {
    title: 'Aufnahme',
    steps: [
      ['photo', takePhoto],
      ['fingers', takeFingers],
      ['signature', takeSignature],
    ],
  },
  {
    title: 'Beratung, PIN-Brief, Führungszeugnis, Gebühr',
    steps: [
      ['information', inform],
      ['pin-letter', handOverPinLetter],
      ['fuehrungszeugnis', requestFuehrungszeugnis],
      ['fee', chargeFees],
    ],
  },
  {
    title: 'Papiere und Bestätigung',
    steps: [
      ['form', printPapers],
      ['review', (visit) => review(visit, CLERKS[1])],
      ['confirmation', confirm],
    ],
  },
];

/** Does the steps of a chapter that are still open; a visit that was interrupted goes on where it was. */
export async function runChapter(visit: Visit, chapter: Chapter): Promise<void> {
  const open = (step: StepId): boolean =>
    nextSteps(stateOf(visit), visit.config.policy).some((next) => next.step.id === step);
  if (!chapter.steps.some(([step]) => open(step))) return;
  visit.tell({ type: 'chapter', title: chapter.title });
  for (const [step, work] of chapter.steps) {
    // Half a form step (one paper of three) counts as done to the rules, not to these clerks.
    if (open(step) || step === 'form') await work(visit);
  }
}
