import type { FormSamples } from '../../definition.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { CLERK, DAY, ERIKA, RINGSTRASSE } from '../parts/sample-persons.js';
import { fuehrungszeugnisFields, type Fuehrungszeugnis } from './schema.js';

/** For work with children in a care home, sent to an authority. */
const FILLED: Fuehrungszeugnis = {
  art: 'OE',
  person: {
    ...ERIKA,
    birthName: 'Beispiel',
    birth: { date: '1991-08-12', place: 'Berlin' },
    nationalities: ['deutsch', 'französisch'],
    address: RINGSTRASSE,
  },
  applicant: { role: 'holder' },
  manner: 'in-person',
  identityEvidence: 'Personalausweis',
  writtenRequest: { by: 'Jugendamt Musterstadt', on: '2026-11-09' },
  purpose: 'Tätigkeit in der Kinder- und Jugendhilfe',
  recipient: { name: 'Stadt Musterstadt, Jugendamt', address: RINGSTRASSE, reference: '51-4711' },
  inspectionPointedOut: true,
  fee: 'standard',
  fees: [{ service: 'Führungszeugnis', legalBasis: 'KV 1130 JVKostG', cents: 1300 }],
  receivedBy: CLERK,
  place: 'Musterstadt',
  appliedOn: DAY,
};

const CHOICES = {
  art: 'PH',
  'person.birth.date': '1998-12-28',
  appliedOn: '2026-12-28',
  applicant: 'guardian',
  'applicant.role': 'guardian',
  fee: 'needy',
} as const;

export const fuehrungszeugnisSamples: FormSamples<Fuehrungszeugnis> = {
  empty: () => ({}),
  filled: () => FILLED,
  longest: () => longestOf(fuehrungszeugnisFields, CHOICES),
  latin: () => latinOf(fuehrungszeugnisFields, CHOICES),
};
