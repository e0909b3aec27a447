import { z } from 'zod';
import type { FormDefinition } from '../definition.js';
import { berlinDay, germanDay, germanInstant } from '../format.js';
import { birthDateSchema, instantSchema, personSchema, text } from './fields.js';
import { EXTREME_NAME, unbroken } from './sample-text.js';
import { signatureLine } from './signature-lines.js';
import { noticeBlocks } from './notices.js';

const pinBriefSchema = z.strictObject({
  holder: personSchema.extend({ birthDate: birthDateSchema }),
  envelopeNumber: text(30),
  receivedAt: instantSchema,
  /** Who took the envelope: the holder, or the person who applies for them. */
  receivedBy: text(160),
  handedOverBy: text(60),
  place: text(80),
});

/** Data of the form `pin-brief`. */
export type PinBrief = z.infer<typeof pinBriefSchema>;

const FILLED: PinBrief = {
  holder: { familyName: 'Mustermann', givenNames: 'Erika Maria', birthDate: '1938-08-12' },
  envelopeNumber: 'PB-0004711',
  receivedAt: '2026-11-20T10:05:00+01:00',
  receivedBy: 'Mustermann, Erika Maria',
  handedOverBy: 'Sachbearbeitung 1',
  place: 'Köln',
};

const LONGEST: PinBrief = {
  holder: { familyName: unbroken(80), givenNames: unbroken(80), birthDate: '1938-08-12' },
  envelopeNumber: unbroken(30),
  receivedAt: '2026-11-20T10:05:00+01:00',
  receivedBy: unbroken(160),
  handedOverBy: unbroken(60),
  place: unbroken(80),
};

/** Receipt in text form of the sealed PIN envelope, handed over at application at any age (§ 17 PAuswV since 17 February 2025). */
export const pinBrief: FormDefinition<PinBrief> = {
  id: 'pin-brief',
  title: 'Empfangsbestätigung PIN-Brief',
  legalBasis: '§ 17 PAuswV',
  validFrom: '2025-02-17',
  schema: pinBriefSchema,
  notices: [
    {
      id: 'envelope',
      heading: 'Hinweise zum PIN-Brief',
      legalBasis: '§ 17 PAuswV, § 27 Abs. 2 PAuswG',
      text: [
        [
          'Der Umschlag enthält die PIN für die erste Benutzung und die Entsperrnummer (PUK). Er gehört zu diesem einen Antrag und wird nicht ein zweites Mal ausgegeben.',
          'Bitte prüfen: Der Umschlag war bei der Übergabe verschlossen und unbeschädigt.',
          'Das Sperrkennwort liegt nicht im PIN-Brief; es steht im Begleitschreiben zum Ausweis.',
          'Die PIN ist geheim zu halten und darf nicht zusammen mit dem Ausweis aufbewahrt werden.',
        ],
      ],
    },
  ],
  signatureLines: [
    { id: 'place', label: 'Ort, Datum', kind: 'text' },
    { id: 'receiver', label: 'PIN-Brief verschlossen erhalten (Unterschrift)' },
  ],
  retention: 'Mit dem Antrag (§ 4 Abs. 1 PAuswV)',
  audience: 'authority',
  blank: false,
  samples: {
    empty: () => FILLED,
    filled: () => FILLED,
    longest: () => LONGEST,
    latin: () => ({ ...FILLED, receivedBy: EXTREME_NAME }),
  },
  layout: (data, { form, letterhead }) => [
    { type: 'heading', level: 'section', text: 'Ausweis und Umschlag' },
    {
      type: 'fields',
      summary: 'Ausweis und Umschlag',
      rows: [
        [
          {
            type: 'field',
            name: 'holder.familyName',
            label: 'Familienname',
            columns: 5,
            value: data.holder?.familyName,
            strong: true,
          },
          {
            type: 'field',
            name: 'holder.givenNames',
            label: 'Vornamen',
            columns: 4,
            value: data.holder?.givenNames,
            strong: true,
          },
          {
            type: 'field',
            name: 'holder.birthDate',
            label: 'Tag der Geburt',
            columns: 3,
            value: germanDay(data.holder?.birthDate),
          },
        ],
        [
          {
            type: 'field',
            name: 'envelopeNumber',
            label: 'Umschlagnummer',
            columns: 5,
            value: data.envelopeNumber,
            strong: true,
          },
          {
            type: 'field',
            name: 'handedOverBy',
            label: 'Übergeben von',
            columns: 4,
            value: data.handedOverBy,
          },
          {
            type: 'field',
            name: 'receivedAt',
            label: 'Übergeben am',
            columns: 3,
            value: germanInstant(data.receivedAt),
          },
        ],
        [{ type: 'field', name: 'receivedBy', label: 'Erhalten von', columns: 12, value: data.receivedBy }],
      ],
    },
    { type: 'heading', level: 'section', text: 'Bestätigung' },
    {
      type: 'signatures',
      statement: 'Ich habe den PIN-Brief mit der oben genannten Nummer verschlossen erhalten.',
      lines: [
        signatureLine(form, 'place', { prefilled: placeAndDay(data.place, data.receivedAt) }),
        signatureLine(form, 'receiver'),
      ],
    },
    ...form.notices.flatMap((notice) => noticeBlocks(notice, letterhead)),
  ],
};

function placeAndDay(place: string | undefined, instant: string | undefined): string | undefined {
  if (place === undefined || instant === undefined) return place;
  return `${place}, ${germanDay(berlinDay(new Date(instant))) ?? ''}`;
}
