import type { FormSamples } from '../../definition.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { CHILD, CLERK, DAY, MORNING } from '../parts/sample-persons.js';
import { samplePictures } from '../parts/sample-pictures.js';
import { passAntragFields, type PassAntrag } from './schema.js';

/** Two custodians apply for a child of eleven. */
const FILLED: PassAntrag = {
  holder: {
    ...CHILD,
    birth: { date: '2015-05-04', place: 'Musterstadt' },
    heightCm: 148,
    eyeColour: 'blau',
    nationalities: ['deutsch'],
    sex: 'F',
    residence: 'Musterstadt',
  },
  applicant: {
    role: 'custodian',
    persons: [
      { familyName: 'Muster', givenNames: 'Max', evidence: 'Personalausweis; Geburtsurkunde des Kindes' },
      { familyName: 'Muster', givenNames: 'Anna', evidence: 'Reisepass; Geburtsurkunde des Kindes' },
    ],
  },
  appearance: 'in-person',
  document: {
    kind: 'reisepass',
    pages: 32,
    express: false,
    fingers: { outcome: 'one', hand: 'right', finger: 'index', otherHand: 'Gipsverband' },
  },
  photo: { takenBy: 'authority', check: 'not-assessed' },
  signature: { outcome: 'given' },
  identity: {
    evidence: 'Geburtsurkunde und Melderegister',
    checkedBy: CLERK,
    checkedAt: MORNING,
  },
  fees: [
    { service: 'Reisepass, unter 24 Jahren', legalBasis: 'PassV, bis 06.02.2026 § 15 Abs. 1', cents: 3750 },
  ],
  clerks: [CLERK],
  place: 'Musterstadt',
  appliedOn: DAY,
};

const CHOICES = {
  'holder.birth.date': '1938-12-28',
  appliedOn: '2026-12-28',
  document: 'reisepass',
  'document.pages': 48,
  'document.fingers': 'none',
  'document.fingers.reason': 'temporary',
  appearance: 'in-person',
  applicant: 'proxy',
  signature: 'omitted',
  'signature.reason': 'unable',
} as const;

export const passAntragSamples: FormSamples<PassAntrag> = {
  empty: () => ({}),
  filled: () => FILLED,
  longest: () => longestOf(passAntragFields, CHOICES),
  latin: () =>
    latinOf(passAntragFields, {
      ...CHOICES,
      applicant: 'holder',
      document: 'vorlaeufiger-reisepass',
      appearance: 'prevented',
      signature: 'given',
    }),
  assets: samplePictures({ longest: ['photo'] }),
};
