import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { identityDocumentSchema, documentRow } from './parts/identity-document.js';
import { noticeBlocks } from './parts/notices.js';
import { bornPersonSchema, bornRow, personSchema } from './parts/person.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, ERIKA, LATER, MORNING } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, instantSchema, placeSchema, text } from './parts/values.js';

const RECEIVER = {
  holder: 'die Inhaberin oder der Inhaber',
  custodian: 'sorgeberechtigte Person',
  guardian: 'betreuende Person',
  proxy: 'bevollmächtigte Person mit schriftlicher Vollmacht',
} as const;
const CHIP = {
  works: 'gelesen, Angaben stimmen',
  broken: 'nicht lesbar',
  'no-chip': 'Dokument ohne Chip',
} as const;
const EID = {
  on: 'eingeschaltet',
  off: 'ausgeschaltet',
  'not-applicable': 'Dokument ohne elektronischen Identitätsnachweis',
} as const;
const OLD = {
  returned: 'abgegeben',
  invalidated: 'entwertet und zurückgegeben',
  lost: 'als verloren gemeldet',
  none: 'keines vorhanden',
} as const;

const fields = z.strictObject({
  holder: bornPersonSchema,
  document: identityDocumentSchema,
  /** Date and time of the hand-out (§ 4 (1) no. 2 PAuswV). */
  handedOverAt: instantSchema,
  receiver: z.enum(['holder', 'custodian', 'guardian', 'proxy']),
  /** Who took it for the holder, and the proof. */
  receivedFor: personSchema.extend({ evidence: text(120) }).exactOptional(),
  chip: z.enum(['works', 'broken', 'no-chip']),
  eid: z.enum(['on', 'off', 'not-applicable']),
  /** Where it was switched on at hand-out: when and by which authority (§ 4 (1) no. 4 PAuswV). */
  eidSwitchedOn: z.strictObject({ at: instantSchema, by: text(120) }).exactOptional(),
  /** Where the authority handed over the letter with the PIN (§ 4 (1) no. 3 PAuswV). */
  pinLetter: z.strictObject({ envelopeNumber: text(30), at: instantSchema }).exactOptional(),
  oldDocument: z.enum(['returned', 'invalidated', 'lost', 'none']),
  /** What the holder declared (§ 4 (1) no. 1 PAuswV). */
  declarations: text(400).exactOptional(),
  /** Who was present of the authority. */
  clerks: z.array(clerkSchema).min(1).max(2),
  place: placeSchema,
});

/** Data of the form `uebergabe-protokoll`. */
export type UebergabeProtokoll = z.infer<typeof fields>;

/** Record of the hand-out of a document with everything that is to be documented with date and time (§ 4 (1) PAuswV). */
export const uebergabeProtokoll: FormDefinition<UebergabeProtokoll> = {
  id: 'uebergabe-protokoll',
  title: 'Protokoll der Aushändigung eines Ausweisdokuments',
  legalBasis: '§ 4 Abs. 1, §§ 17, 18 PAuswV, § 27 PAuswG',
  validFrom: '2021-08-02',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'handover',
      heading: 'Hinweise bei der Aushändigung',
      legalBasis: '§§ 10, 27 PAuswG, § 18 PAuswV',
      text: [
        [
          'Bitte prüfen Sie alle Angaben auf dem Dokument sofort; Fehler werden kostenfrei berichtigt, wenn die Behörde sie verursacht hat.',
          'Die auslesbaren Daten im Chip können jederzeit bei der Behörde eingesehen werden.',
          'Das Sperrkennwort steht im Begleitschreiben zum Personalausweis; bitte getrennt vom Ausweis aufbewahren.',
          'Der bisherige Ausweis ist auf Verlangen abzugeben oder wird entwertet.',
        ],
      ],
    },
  ],
  signatureLines: [
    { id: 'receiver', label: 'Dokument erhalten (Unterschrift)' },
    { id: 'clerk', label: 'Ausgehändigt (Sachbearbeitung)' },
  ],
  retention: 'Mit den Registerdaten (§ 23 Abs. 4 PAuswG, § 21 Abs. 4 PassG)',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      holder: { ...ERIKA, birthDate: '1938-08-12' },
      document: { kind: 'personalausweis', serialNumber: 'L01X00T48', validUntil: '2036-11-19' },
      handedOverAt: LATER,
      receiver: 'holder',
      chip: 'works',
      eid: 'on',
      pinLetter: { envelopeNumber: 'PB-0004711', at: MORNING },
      oldDocument: 'invalidated',
      clerks: [CLERK, 'Sachbearbeitung 2'],
      place: 'Köln',
    }),
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutUebergabeProtokoll,
};

const CHOICES = { 'document.kind': 'personalausweis', receiver: 'proxy', chip: 'works', eid: 'on' } as const;

function contradictions(data: UebergabeProtokoll): Fault[] {
  const { document, receiver, receivedFor, chip, eid, eidSwitchedOn, pinLetter, handedOverAt } = data;
  const isCard = document.kind === 'personalausweis';
  const hasChip = isCard || document.kind === 'reisepass' || document.kind === 'other';
  return [
    ...fault(
      (receiver === 'holder') !== (receivedFor === undefined),
      'receivedFor',
      'given exactly where somebody else takes the document',
      'Name und Nachweis bitte genau dann angeben, wenn jemand anderes das Dokument entgegennimmt.',
    ),
    ...fault(
      !hasChip && chip !== 'no-chip',
      'chip',
      'this document has no chip',
      'Dieses Dokument hat keinen Chip. Bitte Dokument und Chipprüfung vergleichen.',
    ),
    ...fault(
      isCard === (eid === 'not-applicable'),
      'eid',
      'an identity card has an electronic proof of identity, other documents have none',
      'Nur der Personalausweis hat einen elektronischen Identitätsnachweis. Bitte Dokument und Angabe vergleichen.',
    ),
    ...fault(
      eidSwitchedOn !== undefined && eid !== 'on',
      'eidSwitchedOn',
      'it is not switched on',
      'Eine Einschaltung ist angegeben, der elektronische Identitätsnachweis aber nicht eingeschaltet. Bitte eine Angabe ändern.',
    ),
    ...fault(
      pinLetter !== undefined && !isCard,
      'pinLetter',
      'only an identity card has one',
      'Einen PIN-Brief gibt es nur zum Personalausweis. Bitte entfernen.',
    ),
    ...fault(
      pinLetter !== undefined && Date.parse(pinLetter.at) > Date.parse(handedOverAt),
      'pinLetter.at',
      'after the hand-out of the card',
      'Der PIN-Brief wird vor dem Ausweis übergeben. Bitte die Zeiten prüfen.',
    ),
  ];
}

function layoutUebergabeProtokoll(
  draft: UebergabeProtokoll | Draft<UebergabeProtokoll>,
  frame: FormFrame<UebergabeProtokoll>,
): Block[] {
  const data = new Fields<UebergabeProtokoll>(draft);
  return numbered([
    [
      'Inhaberin oder Inhaber und Dokument',
      [
        fieldsBlock('Inhaberin oder Inhaber und Dokument', [
          bornRow(data.in('holder')),
          documentRow(data.in('document'), 'Ausgehändigtes Dokument'),
          [data.choice('oldDocument', 'Bisheriges Dokument', 6, OLD), data.choice('chip', 'Chip', 6, CHIP)],
        ]),
      ],
    ],
    [
      'Empfang',
      [
        fieldsBlock('Empfang', [
          [data.choice('receiver', 'Erhalten hat das Dokument', 12, RECEIVER)],
          data.has('receivedFor')
            ? [
                data.text('receivedFor.familyName', 'Familienname', 4),
                data.text('receivedFor.givenNames', 'Vornamen', 4),
                data.text('receivedFor.evidence', 'Nachweis', 4, { maxLines: 12 }),
              ]
            : [],
        ]),
      ],
    ],
    [
      'Elektronischer Identitätsnachweis und PIN-Brief',
      [
        fieldsBlock('Elektronischer Identitätsnachweis und PIN-Brief', [
          [
            data.choice('eid', 'Elektronischer Identitätsnachweis', 4, EID),
            data.instant('eidSwitchedOn.at', 'Bei der Aushändigung eingeschaltet am', 4),
            data.text('eidSwitchedOn.by', 'Eingeschaltet durch (Behörde)', 4, { maxLines: 12 }),
          ],
          [
            data.text('pinLetter.envelopeNumber', 'Umschlagnummer des PIN-Briefs', 6),
            data.instant('pinLetter.at', 'PIN-Brief übergeben am', 6),
          ],
          [data.text('declarations', 'Erklärungen der Inhaberin oder des Inhabers', 12, { multiline: true })],
        ]),
      ],
    ],
    [
      'Bestätigung',
      signing(frame.form, {
        statement: 'Das Dokument wurde ausgehändigt. Die Angaben oben sind richtig.',
        row: [
          data.text('place', 'Ort', 4),
          data.instant('handedOverAt', 'Ausgehändigt am', 4),
          data.list('clerks', 'Anwesend für die Behörde', 4),
        ],
        signers: [{ id: 'receiver' }, { id: 'clerk' }],
      }),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
