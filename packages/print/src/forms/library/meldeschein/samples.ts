import type { FormSamples } from '../../definition.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { DAY, ERIKA, HEIDESTRASSE, RINGSTRASSE } from '../parts/sample-persons.js';
import { LONGEST_GIVEN_NAMES } from '../parts/sample-text.js';
import { meldescheinFields, type Meldeschein } from './schema.js';

/** Somebody moves into a care home and gives up the old dwelling. */
const FILLED: Meldeschein = {
  art: 'anmeldung',
  persons: [
    {
      ...ERIKA,
      usualGivenName: 'Erika',
      formerNames: 'Beispiel',
      birth: { date: '1938-08-12', place: 'Berlin' },
      sex: 'w',
      nationalities: ['deutsch'],
      religion: 'evangelisch',
      familienstand: { status: 'VW', since: '2019-02-03', place: 'Musterstadt' },
      documents: [
        {
          kind: 'personalausweis',
          serialNumber: 'L01X00T47',
          validUntil: '2031-10-31',
          issuedBy: 'Stadt Musterstadt',
          issuedOn: '2021-11-01',
        },
      ],
    },
  ],
  newDwelling: {
    address: HEIDESTRASSE,
    kind: 'sole',
    movedInOn: '2026-11-14',
    landlord: { name: 'Seniorenstift Abendsonne gGmbH' },
    confirmation: { kind: 'paper' },
  },
  previousDwelling: { address: RINGSTRASSE, kind: 'sole', movedOutOn: '2026-11-14' },
  place: 'Köln',
  signedOn: DAY,
};

const CHOICES = {
  art: 'ummeldung',
  'newDwelling.confirmation': 'missing',
  'persons.*.usualGivenName': undefined,
  destinationAbroad: undefined,
} as const;

export const meldescheinSamples: FormSamples<Meldeschein> = {
  empty: () => ({}),
  filled: () => FILLED,
  longest: () => {
    const data = longestOf(meldescheinFields, CHOICES);
    return { ...data, persons: data.persons.map((person) => ({ ...person, ...LONGEST_GIVEN_NAMES })) };
  },
  latin: () => latinOf(meldescheinFields, CHOICES),
};
