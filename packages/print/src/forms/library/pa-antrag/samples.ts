import type { FormSamples } from '../../definition.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE, LATER, MORNING } from '../parts/sample-persons.js';
import { samplePictures } from '../parts/sample-pictures.js';
import {
  paAntragFields,
  paAntragPostedFields,
  type PaAntrag,
  type PaAntragCommon,
  type PaAntragPosted,
} from './schema.js';

/** An ordinary application in a care home. */
const FILLED: PaAntragCommon = {
  holder: {
    ...ERIKA,
    birthName: 'Beispiel',
    birth: { date: '1938-08-12', place: 'Berlin' },
    heightCm: 160,
    eyeColour: 'grün',
    nationalities: ['deutsch'],
    address: { kind: 'germany', ...HEIDESTRASSE, municipalityKey: '05315000' },
  },
  applicant: { role: 'holder' },
  oldDocument: { kind: 'personalausweis', serialNumber: 'L01X00T47', validUntil: '2026-10-31' },
  photo: { takenBy: 'authority', check: 'not-assessed' },
  fingers: { outcome: 'two', left: 'index', right: 'index' },
  signature: { outcome: 'given' },
  identity: {
    evidence: 'Personalausweis (MRZ geprüft) und Melderegister',
    checkedBy: CLERK,
    checkedAt: MORNING,
  },
  information: { explained: true, leaflet: 'taken' },
  fees: [
    { service: 'Personalausweis, Antrag ab 24 Jahren', legalBasis: '§ 1 Abs. 1 PAuswGebV', cents: 4600 },
    { service: 'Lichtbild durch die Behörde', legalBasis: '§ 1 PAuswGebV', cents: 600 },
  ],
  clerks: [CLERK, 'Sachbearbeitung 2'],
  place: 'Köln',
  appliedOn: DAY,
};

const CHOICES = {
  'holder.birth.date': '1938-12-28',
  'holder.address': 'germany',
  appliedOn: '2026-12-28',
  applicant: 'proxy',
  fingers: 'none',
  'fingers.reason': 'temporary',
  signature: 'omitted',
  'signature.reason': 'unable',
  'photo.check': 'accepted-by-clerk',
  'information.leaflet': 'declined',
} as const;
const LATIN = { ...CHOICES, applicant: 'holder', fingers: 'two', signature: 'given' } as const;

export const paAntragSamples: FormSamples<PaAntrag> = {
  empty: () => ({}),
  filled: () => ({
    ...FILLED,
    pinLetter: { envelopeNumber: 'PB-0004711', receivedAt: LATER, receivedBy: 'Mustermann, Erika Maria' },
  }),
  longest: () => longestOf(paAntragFields, CHOICES),
  latin: () => latinOf(paAntragFields, LATIN),
  assets: samplePictures({ longest: ['photo'] }),
};

const POSTED = { pinLetter: 'authority' } as const;

export const paAntragPostedSamples: FormSamples<PaAntragPosted> = {
  empty: () => ({}),
  filled: () => ({
    ...FILLED,
    identity: { ...FILLED.identity, checkedAt: '2024-11-20T09:40:00+01:00' },
    appliedOn: '2024-11-20',
    pinLetter: { sentTo: 'dwelling' },
  }),
  longest: () => longestOf(paAntragPostedFields, { ...CHOICES, ...POSTED }),
  latin: () => latinOf(paAntragPostedFields, { ...LATIN, ...POSTED }),
  assets: samplePictures({ longest: ['photo'] }),
};
