import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../../definition.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { noticeBlocks } from '../parts/notices.js';
import { bornPersonSchema, bornRow } from '../parts/person.js';
import { latinOf, longestOf } from '../parts/sample-data.js';
import { CLERK, ERIKA, LATER } from '../parts/sample-persons.js';
import { numbered } from '../parts/sections.js';
import { signing } from '../parts/signing.js';
import { clerkSchema, instantSchema, placeSchema, text } from '../parts/values.js';

const fields = z.strictObject({
  holder: bornPersonSchema,
  envelopeNumber: text(30),
  receivedAt: instantSchema,
  /** Who took the envelope: the holder, or the person who applies for them. */
  receivedBy: text(160),
  handedOverBy: clerkSchema,
  place: placeSchema,
});

/** Data of the form `pin-brief`. */
export type PinBrief = z.infer<typeof fields>;

const FILLED: PinBrief = {
  holder: { ...ERIKA, birthDate: '1938-08-12' },
  envelopeNumber: 'PB-0004711',
  receivedAt: LATER,
  receivedBy: 'Mustermann, Erika Maria',
  handedOverBy: CLERK,
  place: 'Köln',
};

/** Receipt in text form of the sealed PIN envelope, handed over at application at any age (§ 17 PAuswV since 17 February 2025). */
export const pinBrief: FormDefinition<PinBrief> = {
  id: 'pin-brief',
  title: 'Empfangsbestätigung PIN-Brief',
  legalBasis: '§ 17 PAuswV',
  validFrom: '2025-02-17',
  schema: fields,
  notices: [
    {
      id: 'envelope',
      heading: 'Hinweise zum PIN-Brief',
      legalBasis: '§ 17 PAuswV, § 27 Abs. 1 Nr. 2, Abs. 2 PAuswG',
      text: [
        [
          'Der Umschlag enthält die PIN für die erste Benutzung und die Entsperrnummer (PUK). Er gehört zu diesem einen Antrag und wird nicht ein zweites Mal ausgegeben.',
          'Bitte prüfen: Der Umschlag war bei der Übergabe verschlossen und unbeschädigt.',
          'Das Sperrkennwort liegt nicht im PIN-Brief; es steht im Begleitschreiben zum Ausweis.',
          'Die PIN ist geheim zu halten und darf nicht zusammen mit dem Ausweis aufbewahrt werden.',
          'Beim Empfang des neuen Ausweises ist der bisherige auf Verlangen abzugeben.',
        ],
      ],
    },
  ],
  signatureLines: [{ id: 'receiver', label: 'PIN-Brief verschlossen erhalten (Unterschrift)' }],
  retention: 'Mit dem Antrag (§ 4 Abs. 1 PAuswV)',
  audience: 'authority',
  blank: false,
  samples: {
    empty: () => FILLED,
    filled: () => FILLED,
    longest: () => longestOf(fields, {}),
    latin: () => latinOf(fields, {}),
  },
  layout: (draft: PinBrief | Draft<PinBrief>, frame: FormFrame<PinBrief>): Block[] => {
    const data = new Fields<PinBrief>(draft);
    return numbered([
      [
        'Ausweis und Umschlag',
        [
          fieldsBlock('Ausweis und Umschlag', [
            bornRow(data.in('holder')),
            [
              data.text('envelopeNumber', 'Umschlagnummer', 6, { strong: true }),
              data.text('handedOverBy', 'Übergeben von', 6),
            ],
            [data.text('receivedBy', 'Erhalten von', 12)],
          ]),
        ],
      ],
      [
        'Bestätigung',
        signing(frame.form, {
          statement: 'Ich habe den PIN-Brief mit der oben genannten Nummer verschlossen erhalten.',
          row: [data.text('place', 'Ort', 8), data.instant('receivedAt', 'Übergeben am', 4)],
          signers: [{ id: 'receiver' }],
        }),
      ],
      ['Hinweise', noticeBlocks(frame)],
    ]);
  },
};
