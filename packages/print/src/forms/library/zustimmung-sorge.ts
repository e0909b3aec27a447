import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { postalAddressRows, postalAddressSchema } from './parts/address.js';
import { bornAfter, hasReached } from './parts/age.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { documentRow, identityDocumentSchema } from './parts/identity-document.js';
import { noticeBlocks, privacyNotice } from './parts/notices.js';
import { birthSchema, nameOf, nameRow, personSchema } from './parts/person.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CHILD, DAY, MAX, RINGSTRASSE } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { daySchema, placeSchema, text } from './parts/values.js';

const DOCUMENT = {
  personalausweis: 'Personalausweis',
  'vorlaeufiger-personalausweis': 'vorläufiger Personalausweis',
  reisepass: 'Reisepass',
  'vorlaeufiger-reisepass': 'vorläufiger Reisepass',
} as const;

const CUSTODY = { joint: 'gemeinsam', sole: 'allein' } as const;

const fields = z.strictObject({
  child: personSchema.extend({ birth: birthSchema }),
  document: z.enum([
    'personalausweis',
    'vorlaeufiger-personalausweis',
    'reisepass',
    'vorlaeufiger-reisepass',
  ]),
  custody: z.enum(['joint', 'sole']),
  /** By what sole custody is proved: a decision, a certificate of the youth office, a death certificate. */
  soleCustodyEvidence: text(200).exactOptional(),
  custodians: z
    .array(personSchema.extend({ address: postalAddressSchema, identityDocument: identityDocumentSchema }))
    .min(1)
    .max(2),
  place: placeSchema,
  signedOn: daySchema,
});

/** Data of the form `zustimmung-sorge`. */
export type ZustimmungSorge = z.infer<typeof fields>;

/** Consent of those who have custody of a child to its document (§ 9 (2) PAuswG, § 6 (1) PassG). */
export const zustimmungSorge: FormDefinition<ZustimmungSorge> = {
  id: 'zustimmung-sorge',
  title: 'Zustimmung der Sorgeberechtigten zur Ausstellung eines Ausweisdokuments',
  legalBasis: '§ 9 Abs. 2 PAuswG, § 6 Abs. 1 PassG, § 1629 BGB',
  validFrom: '2021-08-02',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'custody',
      heading: 'Wer zustimmen muss (§ 1629 BGB)',
      legalBasis: '§ 1629 BGB',
      text: [
        'Haben beide Eltern das Sorgerecht, stimmen beide zu und weisen sich aus; ein Elternteil allein genügt nur, wenn er die Sorge allein ausübt und das nachweist. Für Kinder unter 16 Jahren beantragt den Personalausweis nur, wer sorgeberechtigt ist; ab 16 Jahren beantragen Jugendliche ihn selbst, den Pass erst ab 18 Jahren. Das Kind soll bei der Antragstellung anwesend sein und unterschreibt ab zehn Jahren selbst.',
      ],
    },
    privacyNotice({
      purpose: 'Prüfung, ob die Sorgeberechtigten dem Antrag für das Kind zustimmen.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit § 9 PAuswG, § 6 PassG.',
      receivers: 'keine.',
      storage: 'mit dem Antrag auf das Dokument (§ 23 Abs. 4 PAuswG, § 21 Abs. 4 PassG).',
    }),
  ],
  signatureLines: [{ id: 'custodian', label: 'Unterschrift der sorgeberechtigten Person' }],
  retention: 'Mit dem Antrag auf das Dokument (§ 23 Abs. 4 PAuswG, § 21 Abs. 4 PassG)',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      child: { ...CHILD, birth: { date: '2015-05-04', place: 'Musterstadt' } },
      document: 'reisepass',
      custody: 'joint',
      custodians: [
        {
          ...MAX,
          address: RINGSTRASSE,
          identityDocument: { kind: 'personalausweis', serialNumber: 'L01X00T47', validUntil: '2031-03-31' },
        },
        {
          familyName: 'Muster',
          givenNames: 'Anna',
          address: RINGSTRASSE,
          identityDocument: { kind: 'reisepass', serialNumber: 'C01X00T47' },
        },
      ],
      place: 'Musterstadt',
      signedOn: DAY,
    }),
    longest: () => longestOf(fields, { ...CHOICES, custody: 'joint', soleCustodyEvidence: undefined }),
    latin: () => latinOf(fields, { ...CHOICES, custody: 'joint', soleCustodyEvidence: undefined }),
  },
  layout: layoutZustimmungSorge,
};

const CHOICES = { 'child.birth.date': '2016-12-28', signedOn: '2026-12-28' } as const;

function contradictions({
  child,
  custody,
  soleCustodyEvidence,
  custodians,
  signedOn,
}: ZustimmungSorge): Fault[] {
  return [
    ...fault(
      bornAfter(child.birth.date, signedOn),
      'child.birth.date',
      'the birth lies after the day of the consent',
      'Der Tag der Geburt liegt nach dem Tag der Zustimmung. Bitte beide Daten prüfen.',
    ),
    ...fault(
      hasReached(child.birth.date, 18, signedOn) === 'yes',
      'child.birth.date',
      'nobody has custody of an adult',
      'Die Person ist volljährig; sie beantragt selbst und braucht keine Zustimmung.',
    ),
    ...fault(
      custody === 'joint' && custodians.length === 1,
      'custodians',
      'joint custody needs both custodians (§ 1629 (1) BGB)',
      'Bei gemeinsamer Sorge stimmen beide Sorgeberechtigten zu. Bitte die zweite Person ergänzen oder alleinige Sorge nachweisen.',
    ),
    ...fault(
      custody === 'joint' && soleCustodyEvidence !== undefined,
      'soleCustodyEvidence',
      'custody is joint',
      'Ein Nachweis alleiniger Sorge passt nicht zu gemeinsamer Sorge. Bitte eine der beiden Angaben ändern.',
    ),
    ...fault(
      custody === 'sole' && soleCustodyEvidence === undefined,
      'soleCustodyEvidence',
      'sole custody is to be proved',
      'Bitte angeben, wodurch die alleinige Sorge nachgewiesen ist (Beschluss, Negativbescheinigung, Sterbeurkunde).',
    ),
    ...fault(
      custody === 'sole' && custodians.length > 1,
      'custodians',
      'one person has sole custody',
      'Bei alleiniger Sorge ist nur eine Person sorgeberechtigt. Bitte eine der beiden Angaben ändern.',
    ),
  ];
}

function layoutZustimmungSorge(
  draft: ZustimmungSorge | Draft<ZustimmungSorge>,
  frame: FormFrame<ZustimmungSorge>,
): Block[] {
  const data = new Fields<ZustimmungSorge>(draft);
  const child = data.in('child');
  const custodians = data.each('custodians', 2);
  return numbered([
    [
      'Kind und Dokument',
      [
        fieldsBlock('Kind und Dokument', [
          nameRow(child),
          [
            child.partialDate('birth.date', 'Tag der Geburt', 4),
            child.text('birth.place', 'Ort der Geburt', 8),
          ],
          [data.boxes('document', 'Beantragt wird', 12, DOCUMENT)],
        ]),
      ],
    ],
    [
      'Sorgerecht',
      [
        fieldsBlock('Sorgerecht', [
          [data.boxes('custody', 'Die elterliche Sorge wird ausgeübt', 12, CUSTODY)],
          data.has('soleCustodyEvidence')
            ? [data.text('soleCustodyEvidence', 'Nachweis, falls allein', 12)]
            : [],
        ]),
      ],
    ],
    ...custodians.map((custodian, index): [string, Block[]] => [
      `Sorgeberechtigte Person ${index + 1}`,
      [
        fieldsBlock(`Sorgeberechtigte Person ${index + 1}`, [
          nameRow(custodian),
          ...postalAddressRows(custodian.in('address')),
          documentRow(custodian.in('identityDocument'), 'Ausgewiesen durch'),
        ]),
      ],
    ]),
    [
      'Zustimmung',
      signing(frame.form, {
        statement:
          'Ich bin sorgeberechtigt und stimme zu, dass für das Kind das oben bezeichnete Dokument ausgestellt wird.',
        row: [data.text('place', 'Ort', 8), data.day('signedOn', 'Datum', 4)],
        signers: custodians.map((custodian, copy) => ({ id: 'custodian', copy, name: nameOf(custodian) })),
      }),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
