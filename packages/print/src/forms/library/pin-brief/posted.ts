import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../../definition.js';
import { hasReached, monthsAfter } from '../parts/age.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { noticeBlocks } from '../parts/notices.js';
import { bornPersonSchema, bornRow } from '../parts/person.js';
import { fault, withRules, type Fault } from '../parts/rules.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { CLERK, ERIKA } from '../parts/sample-persons.js';
import { numbered } from '../parts/sections.js';
import { signing } from '../parts/signing.js';
import { clerkSchema, daySchema, placeSchema, text } from '../parts/values.js';

const fields = z.strictObject({
  holder: bornPersonSchema,
  /** Day of the application: under 15 years and 9 months then, nothing was posted (§ 17 (5) PAuswV). */
  appliedOn: daySchema,
  documentSerialNumber: text(20),
  letter: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('received'), by: z.enum(['post', 'authority']), on: daySchema }),
    /** Then the PIN is set anew before the card is handed over (§ 18 (2) PAuswV). */
    z.strictObject({ outcome: z.literal('not-received'), newPinSet: z.literal(true) }),
  ]),
  confirmedTo: clerkSchema,
  place: placeSchema,
  confirmedOn: daySchema,
});

/** Data of the form `pin-brief` as it was until 16 February 2025. */
export type PinBriefPosted = z.infer<typeof fields>;

const OUTCOME = {
  received: 'den PIN-Brief erhalten',
  'not-received': 'den PIN-Brief nicht erhalten',
} as const;
const BY = { post: 'mit der Post', authority: 'durch Übergabe in der Behörde' } as const;

const FILLED: PinBriefPosted = {
  holder: { ...ERIKA, birthDate: '1938-08-12' },
  appliedOn: '2024-10-30',
  documentSerialNumber: 'L01X00T47',
  letter: { outcome: 'received', by: 'post', on: '2024-11-12' },
  confirmedTo: CLERK,
  place: 'Köln',
  confirmedOn: '2024-11-20',
};

/** Written confirmation before the card is handed over that the posted letter has come (§ 17 (7) PAuswV until 16 February 2025). */
export const pinBriefPosted: FormDefinition<PinBriefPosted> = {
  id: 'pin-brief',
  title: 'Empfangsbestätigung PIN-Brief',
  legalBasis: '§ 17 Abs. 5 und 7, § 18 Abs. 2 PAuswV',
  validFrom: '2021-08-02',
  validTo: '2025-02-16',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'letter',
      heading: 'Hinweise zum PIN-Brief',
      legalBasis: '§§ 17, 18 PAuswV, § 27 PAuswG',
      text: [
        [
          'Der Brief enthält die PIN für die erste Benutzung, die Entsperrnummer (PUK) und das Sperrkennwort.',
          'Der Ausweis wird erst ausgehändigt, wenn der Empfang des Briefes bestätigt ist oder eine neue PIN gesetzt wurde.',
          'Die PIN ist geheim zu halten und darf nicht zusammen mit dem Ausweis aufbewahrt werden.',
          'Beim Empfang des neuen Ausweises ist der bisherige auf Verlangen abzugeben.',
        ],
      ],
    },
  ],
  signatureLines: [{ id: 'receiver', label: 'Unterschrift der Ausweisinhaberin oder des Ausweisinhabers' }],
  retention: 'Mit dem Antrag (§ 4 Abs. 1 PAuswV)',
  audience: 'authority',
  blank: false,
  samples: {
    empty: () => ({ ...FILLED, letter: { outcome: 'not-received', newPinSet: true } }),
    filled: () => FILLED,
    longest: () => longestOf(fields, DATES),
    latin: () => latinOf(fields, DATES),
  },
  layout: layoutPinBriefPosted,
};

const DATES = {
  appliedOn: '2024-12-08',
  'letter.by': 'authority',
  'letter.on': '2024-12-18',
  confirmedOn: '2024-12-28',
} as const;

function contradictions({ holder, appliedOn, letter, confirmedOn }: PinBriefPosted): Fault[] {
  const received = letter.outcome === 'received' ? letter.on : appliedOn;
  return [
    ...fault(
      hasReached(holder.birthDate, 15, monthsAfter(appliedOn, -9)) === 'no',
      'holder.birthDate',
      'under 15 years and 9 months no letter was posted (§ 17 (5) PAuswV)',
      'Unter 15 Jahren und neun Monaten wurde kein PIN-Brief versandt. Bitte das Geburtsdatum prüfen oder auf die Bestätigung verzichten.',
    ),
    ...fault(
      received < appliedOn || received > confirmedOn,
      'letter.on',
      'not between application and confirmation',
      'Der Brief kann nicht vor dem Antrag oder nach der Bestätigung gekommen sein. Bitte die Tage prüfen.',
    ),
  ];
}

function layoutPinBriefPosted(
  draft: PinBriefPosted | Draft<PinBriefPosted>,
  frame: FormFrame<PinBriefPosted>,
): Block[] {
  const data = new Fields<PinBriefPosted>(draft);
  const letter = data.in('letter');
  return numbered([
    [
      'Ausweis',
      [
        fieldsBlock('Ausweis', [
          bornRow(data.in('holder')),
          [
            data.text('documentSerialNumber', 'Seriennummer des neuen Ausweises', 5),
            data.day('appliedOn', 'Tag des Antrags', 3),
            data.text('confirmedTo', 'Bestätigt gegenüber', 4),
          ],
        ]),
      ],
    ],
    [
      'Bestätigung',
      [
        fieldsBlock('Bestätigung', [
          [letter.boxes('outcome', 'Ich habe', 12, OUTCOME)],
          letter.has('by') ? [letter.choice('by', 'Erhalten', 8, BY), letter.day('on', 'Am', 4)] : [],
          letter.has('newPinSet')
            ? [
                letter.check(
                  'newPinSet',
                  'Vor der Aushändigung wurde eine neue PIN gesetzt (§ 18 Abs. 2 PAuswV)',
                  12,
                ),
              ]
            : [],
        ]),
        ...signing(frame.form, {
          row: [data.text('place', 'Ort', 8), data.day('confirmedOn', 'Tag der Bestätigung', 4)],
          signers: [{ id: 'receiver' }],
        }),
      ],
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
