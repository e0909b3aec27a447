import { z } from 'zod';
import { berlinDay } from '../format.js';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { DOCUMENT } from './parts/identity-document.js';
import { noticeBlocks, privacyNotice } from './parts/notices.js';
import { birthSchema, nameRow, personSchema } from './parts/person.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, ERIKA, MORNING } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, daySchema, instantSchema, placeSchema, text } from './parts/values.js';

const ART = { verlust: 'Verlust', diebstahl: 'Diebstahl', wiederauffinden: 'Wiederauffinden' } as const;
const EID = {
  'by-authority': 'durch die Behörde veranlasst (§ 10 Abs. 5 PAuswG)',
  'already-blocked': 'schon über den Sperrnotruf gesperrt',
  unblock: 'Entsperrung beantragt (§ 10 Abs. 8 PAuswG)',
  'not-applicable': 'entfällt: Dokument ohne elektronischen Identitätsnachweis',
} as const;
const REPORTER = {
  holder: 'die Person selbst',
  custodian: 'sorgeberechtigte Person',
  guardian: 'betreuende Person',
} as const;

const fields = z.strictObject({
  art: z.enum(['verlust', 'diebstahl', 'wiederauffinden']),
  holder: personSchema.extend({ birth: birthSchema }),
  document: z.strictObject({
    kind: z.enum([
      'personalausweis',
      'vorlaeufiger-personalausweis',
      'reisepass',
      'vorlaeufiger-reisepass',
      'kinderreisepass',
      'other',
    ]),
    /** Absent where the holder does not know it; the register does. */
    serialNumber: text(20).exactOptional(),
    issuedBy: text(120).exactOptional(),
    issuedOn: daySchema.exactOptional(),
    validUntil: daySchema.exactOptional(),
  }),
  lost: z.strictObject({ on: daySchema, where: text(120), how: text(400) }).exactOptional(),
  found: z.strictObject({ on: daySchema, where: text(120) }).exactOptional(),
  police: z.strictObject({ station: text(120), reference: text(60) }).exactOptional(),
  eid: z.enum(['by-authority', 'already-blocked', 'unblock', 'not-applicable']),
  reportedBy: z.enum(['holder', 'custodian', 'guardian']),
  /** The report's point in time is documented (§ 10 (9) PAuswG). */
  reportedAt: instantSchema,
  receivedBy: clerkSchema,
  place: placeSchema,
});

/** Data of the form `verlust`. */
export type Verlust = z.infer<typeof fields>;

/** Report that an identity card or passport was lost, stolen or found again (§ 27 (1) no. 3 PAuswG, § 15 no. 3 PassG). */
export const verlust: FormDefinition<Verlust> = {
  id: 'verlust',
  title: 'Anzeige von Verlust oder Wiederauffinden eines Ausweisdokuments',
  legalBasis: '§ 27 Abs. 1 Nr. 3, § 10 Abs. 5 bis 9 PAuswG, § 15 Nr. 3 PassG',
  validFrom: '2021-08-02',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'loss',
      heading: 'Was nach der Anzeige geschieht (§§ 10, 11 PAuswG)',
      legalBasis: '§§ 10, 11, 27 PAuswG',
      text: [
        [
          'Die Behörde unterrichtet die ausstellende Behörde und die Polizei; das Dokument wird in die Sachfahndung aufgenommen.',
          'Beim Personalausweis veranlasst sie die Sperrung des elektronischen Identitätsnachweises. Er kann zusätzlich jederzeit mit dem Sperrkennwort über den Sperrnotruf gesperrt werden.',
          'Wird das Dokument wiedergefunden, ist das anzuzeigen und das Dokument vorzulegen. Es bleibt in der Fahndung, bis das geschehen ist; vorher darf es nicht benutzt werden.',
        ],
      ],
    },
    privacyNotice({
      purpose: 'Aufnahme der Anzeige, Sachfahndung und Sperrung des elektronischen Identitätsnachweises.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit §§ 10, 11, 23, 27 PAuswG, §§ 15, 21 PassG.',
      receivers: 'ausstellende Behörde, Polizei, Sperrlistenbetreiber.',
      storage: 'mit den Registerdaten (§ 23 Abs. 4 PAuswG, § 21 Abs. 4 PassG).',
    }),
  ],
  signatureLines: [
    { id: 'reporter', label: 'Unterschrift der anzeigenden Person' },
    { id: 'clerk', label: 'Anzeige entgegengenommen (Sachbearbeitung)' },
  ],
  retention: 'Mit den Registerdaten (§ 23 Abs. 4 PAuswG, § 21 Abs. 4 PassG)',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      art: 'verlust',
      holder: { ...ERIKA, birth: { date: '1938-08-12', place: 'Berlin' } },
      document: { kind: 'personalausweis', serialNumber: 'L01X00T47', issuedBy: 'Stadt Musterstadt' },
      lost: {
        on: '2026-11-14',
        where: 'Wochenmarkt Musterstadt',
        how: 'Die Geldbörse mit dem Ausweis fehlte nach dem Einkauf.',
      },
      eid: 'by-authority',
      reportedBy: 'holder',
      reportedAt: MORNING,
      receivedBy: CLERK,
      place: 'Musterstadt',
    }),
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutVerlust,
};

const CHOICES = {
  art: 'wiederauffinden',
  'document.kind': 'vorlaeufiger-personalausweis',
  eid: 'not-applicable',
  'lost.on': '2026-08-28',
  'found.on': '2026-10-28',
} as const;

function contradictions({ art, document, lost, found, eid, reportedAt }: Verlust): Fault[] {
  const day = berlinDay(new Date(reportedAt));
  const again = art === 'wiederauffinden';
  const hasEid = document.kind === 'personalausweis';
  return [
    ...fault(
      !again && lost === undefined,
      'lost',
      'a loss is described',
      'Bitte angeben, wann, wo und wie das Dokument abhandengekommen ist.',
    ),
    ...fault(
      again !== (found !== undefined),
      'found',
      'given exactly where a document was found again',
      'Angaben zum Wiederauffinden gehören nur zu einer Anzeige des Wiederauffindens. Bitte die Art der Anzeige prüfen.',
    ),
    ...fault(
      lost !== undefined && lost.on > day,
      'lost.on',
      'after the report',
      'Der Tag des Verlusts liegt nach der Anzeige. Bitte das Datum prüfen.',
    ),
    ...fault(
      found !== undefined && (found.on > day || (lost !== undefined && found.on < lost.on)),
      'found.on',
      'not between loss and report',
      'Das Wiederauffinden liegt vor dem Verlust oder nach der Anzeige. Bitte die Daten prüfen.',
    ),
    ...fault(
      hasEid === (eid === 'not-applicable'),
      'eid',
      'an identity card has an electronic proof of identity, other documents have none',
      'Nur der Personalausweis hat einen elektronischen Identitätsnachweis. Bitte Dokument und Sperrung prüfen.',
    ),
    ...fault(
      eid === 'unblock' && !again,
      'eid',
      'unblocked only when the document was found again (§ 10 (8) PAuswG)',
      'Eine Entsperrung setzt voraus, dass der Ausweis wiedergefunden ist und vorgelegt wird.',
    ),
  ];
}

function layoutVerlust(draft: Verlust | Draft<Verlust>, frame: FormFrame<Verlust>): Block[] {
  const data = new Fields<Verlust>(draft);
  const holder = data.in('holder');
  const document = data.in('document');
  return numbered([
    [
      'Person',
      [
        fieldsBlock('Person', [
          [data.boxes('art', 'Angezeigt wird', 12, ART)],
          nameRow(holder),
          [
            holder.partialDate('birth.date', 'Tag der Geburt', 4),
            holder.text('birth.place', 'Ort der Geburt', 8),
          ],
        ]),
      ],
    ],
    [
      'Dokument',
      [
        fieldsBlock('Dokument', [
          [
            document.choice('kind', 'Art', 6, DOCUMENT),
            document.text('serialNumber', 'Seriennummer, soweit bekannt', 6),
          ],
          [
            document.text('issuedBy', 'Ausstellende Behörde', 6),
            document.day('issuedOn', 'Ausgestellt am', 3),
            document.day('validUntil', 'Gültig bis', 3),
          ],
        ]),
      ],
    ],
    [
      'Abhandenkommen',
      data.has('lost')
        ? [
            fieldsBlock('Abhandenkommen', [
              [data.day('lost.on', 'Wann', 4), data.text('lost.where', 'Wo', 8)],
              [data.text('lost.how', 'Wie', 12, { multiline: true })],
            ]),
          ]
        : [],
    ],
    [
      'Wiederauffinden',
      data.has('found')
        ? [
            fieldsBlock('Wiederauffinden', [
              [data.day('found.on', 'Wann', 4), data.text('found.where', 'Wo', 8)],
            ]),
          ]
        : [],
    ],
    [
      'Polizei und Sperrung',
      [
        fieldsBlock('Polizei und Sperrung', [
          [
            data.text('police.station', 'Polizeidienststelle, falls dort angezeigt', 8),
            data.text('police.reference', 'Aktenzeichen der Polizei', 4),
          ],
          [data.choice('eid', 'Sperrung des elektronischen Identitätsnachweises', 12, EID)],
        ]),
      ],
    ],
    [
      'Anzeige und Unterschriften',
      [
        fieldsBlock('Anzeige', [
          [
            data.choice('reportedBy', 'Angezeigt durch', 6, REPORTER),
            data.text('receivedBy', 'Entgegengenommen von', 6),
          ],
        ]),
        ...signing(frame.form, {
          statement:
            'Alle Angaben sind richtig und vollständig. Ich weiß, dass ein wiedergefundenes Dokument der Behörde unverzüglich vorzulegen ist.',
          row: [data.text('place', 'Ort', 8), data.instant('reportedAt', 'Angezeigt am', 4)],
          signers: [{ id: 'reporter' }, { id: 'clerk' }],
        }),
      ],
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
