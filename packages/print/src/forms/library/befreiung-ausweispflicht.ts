import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { germanAddressRows, germanAddressSchema } from './parts/address.js';
import { bornAfter, hasReached } from './parts/age.js';
import { representativeSchema } from './parts/applicant.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { documentRow, identityDocumentSchema } from './parts/identity-document.js';
import { noticeBlocks, privacyNotice } from './parts/notices.js';
import { birthSchema, nameRow, personSchema } from './parts/person.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE, MAX } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, daySchema, placeSchema, text } from './parts/values.js';

const GROUND = {
  betreuung: 'Betreuung, nicht nur durch einstweilige Anordnung (Nr. 1)',
  vollmacht: 'handlungs- oder einwilligungsunfähig, vertreten mit öffentlich beglaubigter Vollmacht (Nr. 1)',
  einrichtung: 'voraussichtlich dauerhaft in Krankenhaus, Pflegeheim oder ähnlicher Einrichtung (Nr. 2)',
  behinderung: 'wegen dauerhafter Behinderung nicht allein in der Öffentlichkeit (Nr. 3)',
} as const;
const ROLE = {
  holder: 'die Person selbst',
  guardian: 'betreuende Person',
  proxy: 'bevollmächtigte Person',
} as const;
const OLD_DOCUMENT = {
  returned: 'abgegeben',
  kept: 'bleibt als Erinnerung entwertet bei der Person',
  none: 'keines vorhanden',
} as const;

const fields = z.strictObject({
  holder: personSchema.extend({ birth: birthSchema }),
  address: germanAddressSchema,
  ground: z.enum(['betreuung', 'vollmacht', 'einrichtung', 'behinderung']),
  /** By what the ground is proved. */
  evidence: text(200),
  /** Where the person lives for good. */
  facility: text(160).exactOptional(),
  applicant: z.discriminatedUnion('role', [
    z.strictObject({ role: z.literal('holder') }),
    z.strictObject({ role: z.enum(['guardian', 'proxy']), person: representativeSchema }),
  ]),
  oldDocument: identityDocumentSchema.exactOptional(),
  oldDocumentNow: z.enum(['returned', 'kept', 'none']),
  receivedBy: clerkSchema,
  place: placeSchema,
  appliedOn: daySchema,
});

/** Data of the form `befreiung-ausweispflicht`. */
export type BefreiungAusweispflicht = z.infer<typeof fields>;

/** Application to be exempt from the duty to have an identity card, which the authority may grant (§ 1 (3) PAuswG). */
export const befreiungAusweispflicht: FormDefinition<BefreiungAusweispflicht> = {
  id: 'befreiung-ausweispflicht',
  title: 'Antrag auf Befreiung von der Ausweispflicht',
  legalBasis: '§ 1 Abs. 3 PAuswG',
  validFrom: '2021-08-02',
  schema: withRules(fields, contradictions, [
    {
      path: 'ground',
      value: 'vorlaeufige-betreuung',
      message: 'a Betreuung by provisional order is no ground (§ 1 (3) no. 1 PAuswG)',
      remedy:
        'Eine nur durch einstweilige Anordnung bestellte Betreuung genügt nicht. Bitte einen anderen Grund prüfen oder die endgültige Bestellung abwarten.',
    },
  ]),
  notices: [
    {
      id: 'exemption',
      heading: 'Was die Befreiung bedeutet (§ 1 PAuswG)',
      legalBasis: '§ 1 PAuswG',
      text: [
        [
          'Über die Befreiung entscheidet die Personalausweisbehörde nach ihrem Ermessen; ein Anspruch besteht nicht.',
          'Die Befreiung ist kein Ausweis: Mit ihr kann man sich nicht ausweisen und nicht ins Ausland reisen, auch nicht in Begleitung.',
          'Auf einen Personalausweis verzichtet man damit nicht: Er kann jederzeit beantragt werden; mit einem gültigen Ausweis oder Pass wird die Befreiung gegenstandslos.',
          'Fällt der Grund weg, ist das der Behörde mitzuteilen.',
        ],
      ],
    },
    privacyNotice({
      purpose: 'Entscheidung über die Befreiung von der Ausweispflicht.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e, Art. 9 Abs. 2 Buchst. g DSGVO mit § 1 Abs. 3, § 23 PAuswG.',
      receivers: 'keine.',
      storage: 'solange die Befreiung besteht; Nachweise bis zur Entscheidung.',
    }),
  ],
  signatureLines: [
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'clerk', label: 'Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention: 'Solange die Befreiung besteht; Nachweise bis zur Entscheidung',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      holder: { ...ERIKA, birth: { date: '1938-08-12', place: 'Berlin' } },
      address: HEIDESTRASSE,
      ground: 'einrichtung',
      evidence: 'Bescheinigung der Heimleitung über die dauerhafte Unterbringung',
      facility: 'Seniorenstift Abendsonne',
      applicant: {
        role: 'guardian',
        person: { ...MAX, evidence: 'Personalausweis; Betreuerausweis des Amtsgerichts' },
      },
      oldDocument: { kind: 'personalausweis', serialNumber: 'L01X00T47', validUntil: '2026-10-31' },
      oldDocumentNow: 'returned',
      receivedBy: CLERK,
      place: 'Köln',
      appliedOn: DAY,
    }),
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutBefreiung,
};

const CHOICES = {
  'holder.birth.date': '1938-12-28',
  ground: 'einrichtung',
  applicant: 'guardian',
  oldDocumentNow: 'kept',
  appliedOn: '2026-12-28',
} as const;

function contradictions({
  holder,
  ground,
  facility,
  applicant,
  oldDocument,
  oldDocumentNow,
  appliedOn,
}: BefreiungAusweispflicht): Fault[] {
  return [
    ...fault(
      bornAfter(holder.birth.date, appliedOn),
      'holder.birth.date',
      'the birth lies after the day of the application',
      'Der Tag der Geburt liegt nach dem Tag des Antrags. Bitte beide Daten prüfen.',
    ),
    ...fault(
      hasReached(holder.birth.date, 16, appliedOn) === 'no',
      'holder.birth.date',
      'under 16 there is no duty to be exempt from (§ 1 (1) PAuswG)',
      'Unter 16 Jahren besteht keine Ausweispflicht; eine Befreiung ist nicht nötig.',
    ),
    ...fault(
      ground === 'einrichtung' && facility === undefined,
      'facility',
      'where the person lives is to be said',
      'Bitte die Einrichtung nennen, in der die Person dauerhaft lebt.',
    ),
    ...fault(
      ground === 'betreuung' && applicant.role === 'proxy',
      'applicant.role',
      'with a Betreuung the guardian acts',
      'Bei Betreuung bitte die betreuende Person oder die Person selbst beantragen lassen, oder den Grund ändern.',
    ),
    ...fault(
      ground === 'vollmacht' && applicant.role !== 'proxy',
      'applicant.role',
      'this ground is that a proxy acts (§ 1 (3) no. 1 PAuswG)',
      'Bei diesem Grund handelt die bevollmächtigte Person. Bitte die Antragstellung oder den Grund ändern.',
    ),
    ...fault(
      (oldDocument === undefined) !== (oldDocumentNow === 'none'),
      'oldDocumentNow',
      'says the contrary of the old document',
      'Bitte angeben, was mit dem bisherigen Dokument geschieht, oder dass keines vorhanden ist.',
    ),
  ];
}

function layoutBefreiung(
  draft: BefreiungAusweispflicht | Draft<BefreiungAusweispflicht>,
  frame: FormFrame<BefreiungAusweispflicht>,
): Block[] {
  const data = new Fields<BefreiungAusweispflicht>(draft);
  const holder = data.in('holder');
  const person = data.in('applicant.person');
  return numbered([
    [
      'Person',
      [
        fieldsBlock('Person', [
          nameRow(holder),
          [
            holder.partialDate('birth.date', 'Tag der Geburt', 4),
            holder.text('birth.place', 'Ort der Geburt', 8),
          ],
          ...germanAddressRows(data.in('address')),
          documentRow(data.in('oldDocument'), 'Bisheriges Dokument'),
          [data.choice('oldDocumentNow', 'Das bisherige Dokument ist', 12, OLD_DOCUMENT)],
        ]),
      ],
    ],
    [
      'Grund der Befreiung (§ 1 Abs. 3 PAuswG)',
      [
        fieldsBlock('Grund der Befreiung', [
          [data.boxes('ground', 'Die Person ist zu befreien wegen', 12, GROUND)],
          [data.text('evidence', 'Nachweis', 6), data.text('facility', 'Einrichtung', 6)],
        ]),
      ],
    ],
    [
      'Antragstellung',
      [
        fieldsBlock('Antragstellung', [
          [
            data.choice('applicant.role', 'Den Antrag stellt', 6, ROLE),
            data.text('receivedBy', 'Antrag entgegengenommen von', 6),
          ],
          ...(data.has('applicant.person')
            ? [
                [person.text('familyName', 'Familienname', 6), person.text('givenNames', 'Vornamen', 6)],
                [person.text('evidence', 'Nachweis der Identität und der Vertretungsmacht', 12)],
              ]
            : []),
        ]),
      ],
    ],
    [
      'Erklärung und Unterschriften',
      signing(frame.form, {
        statement:
          'Ich beantrage die Befreiung von der Ausweispflicht. Alle Angaben sind richtig und vollständig; die Hinweise unten habe ich gelesen.',
        row: [data.text('place', 'Ort', 8), data.day('appliedOn', 'Datum des Antrags', 4)],
        signers: [{ id: 'applicant' }, { id: 'clerk' }],
      }),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
