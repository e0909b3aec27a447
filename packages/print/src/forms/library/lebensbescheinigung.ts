import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { postalAddressRows, postalAddressSchema } from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { birthSchema, nameRow, personSchema } from './parts/person.js';
import { fault, withRules } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, daySchema, placeSchema, text } from './parts/values.js';

const fields = z.strictObject({
  person: personSchema.extend({ birthName: text(120).exactOptional(), birth: birthSchema }),
  address: postalAddressSchema,
  /** Came to the authority, or was met where they live: nobody is certified to live who was not seen. */
  met: z.enum(['appeared', 'visited']),
  metOn: daySchema,
  identifiedBy: text(160),
  /** Who asked for the certificate, and their sign. */
  recipient: text(160).exactOptional(),
  reference: text(60).exactOptional(),
  place: placeSchema,
  issuedOn: daySchema,
  issuedBy: clerkSchema,
});

/** Data of the form `lebensbescheinigung`. */
export type Lebensbescheinigung = z.infer<typeof fields>;

const MET = {
  appeared: 'persönlich bei der Behörde erschienen',
  visited: 'an ihrem Aufenthaltsort persönlich angetroffen',
} as const;

const NOT_MET =
  'Ohne persönliche Begegnung gibt es keine Lebensbescheinigung. Bitte die Person aufsuchen oder erscheinen lassen.';

/** Certificate that somebody is alive, for pension funds (§ 18 (2) BMG); whoever was not met is not certified. */
export const lebensbescheinigung: FormDefinition<Lebensbescheinigung> = {
  id: 'lebensbescheinigung',
  title: 'Lebensbescheinigung',
  legalBasis: '§ 18 Abs. 2 BMG; Anforderung der Rentenstelle',
  validFrom: '2022-05-01',
  schema: withRules(
    fields,
    ({ person, metOn, issuedOn }) => [
      ...fault(
        metOn > issuedOn,
        'metOn',
        'after the certificate',
        'Die Begegnung liegt nach der Ausstellung. Bitte beide Daten prüfen.',
      ),
      ...fault(
        person.birth.date > metOn,
        'person.birth.date',
        'the birth lies after the meeting',
        'Der Tag der Geburt liegt nach der Begegnung. Bitte beide Daten prüfen.',
      ),
    ],
    [
      {
        path: 'met',
        value: 'not-met',
        message: 'who was not met is not certified to be alive',
        remedy: NOT_MET,
      },
      { path: 'met', value: false, message: 'who was not met is not certified to be alive', remedy: NOT_MET },
    ],
  ),
  notices: [],
  signatureLines: [
    { id: 'clerk', label: 'Unterschrift der Sachbearbeitung' },
    { id: 'seal', label: 'Dienstsiegel', kind: 'seal' },
  ],
  retention: 'Keine: das Papier erhält die betroffene Person',
  audience: 'third-party',
  blank: false,
  samples: {
    empty: () => ({
      person: { ...ERIKA, birth: { date: '1938-08-12', place: 'Berlin' } },
      address: HEIDESTRASSE,
      met: 'appeared',
      metOn: DAY,
      identifiedBy: 'Personalausweis',
      place: 'Köln',
      issuedOn: DAY,
      issuedBy: CLERK,
    }),
    filled: () => ({
      person: { ...ERIKA, birthName: 'Beispiel', birth: { date: '1938-08-12', place: 'Berlin' } },
      address: HEIDESTRASSE,
      met: 'visited',
      metOn: DAY,
      identifiedBy: 'Personalausweis, Lichtbild verglichen',
      recipient: 'Pensionskasse Musterland',
      reference: 'R-2026-4711',
      place: 'Köln',
      issuedOn: DAY,
      issuedBy: CLERK,
    }),
    longest: () => longestOf(fields, {}),
    latin: () => latinOf(fields, {}),
  },
  layout: layoutLebensbescheinigung,
};

function layoutLebensbescheinigung(
  draft: Lebensbescheinigung | Draft<Lebensbescheinigung>,
  { form }: FormFrame<Lebensbescheinigung>,
): Block[] {
  const data = new Fields<Lebensbescheinigung>(draft);
  const person = data.in('person');
  return numbered([
    [
      'Person',
      [
        fieldsBlock('Person', [
          nameRow(person),
          [
            person.text('birthName', 'Geburtsname, falls abweichend', 5),
            person.partialDate('birth.date', 'Tag der Geburt', 3),
            person.text('birth.place', 'Ort der Geburt', 4),
          ],
          ...postalAddressRows(data.in('address')),
        ]),
      ],
    ],
    [
      'Begegnung',
      [
        fieldsBlock('Begegnung', [
          [data.choice('met', 'Die Person ist', 9, MET), data.day('metOn', 'Am', 3)],
          [data.text('identifiedBy', 'Identität festgestellt durch', 12)],
          [data.text('recipient', 'Zur Vorlage bei', 8), data.text('reference', 'Zeichen', 4)],
        ]),
      ],
    ],
    [
      'Bescheinigung',
      signing(form, {
        statement: 'Es wird bescheinigt, dass die oben bezeichnete Person am Tag der Begegnung am Leben war.',
        row: [
          data.text('place', 'Ort', 5),
          data.day('issuedOn', 'Ausgestellt am', 3),
          data.text('issuedBy', 'Ausgestellt von', 4),
        ],
        signers: [{ id: 'clerk' }, { id: 'seal' }],
      }),
    ],
  ]);
}
