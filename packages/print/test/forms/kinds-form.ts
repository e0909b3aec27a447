import type { FormDefinition } from '@buergerkoffer/print/forms';
import { z } from 'zod';

const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

const schema = z.strictObject({
  holder: z.strictObject({
    familyName: text(60),
    born: z.iso.date(),
    birth: z.string().regex(/^\d{4}(-\d{2}){0,2}$/u),
    heightCm: z.int(),
    nationalities: z.array(text(20)).max(3),
  }),
  title: text(20).exactOptional(),
  salutation: z.enum(['frau', 'herr', 'keine Anrede']),
  pages: z.union([z.literal(32), z.literal(48)]),
  move: z.boolean(),
  express: z.literal(true).exactOptional(),
  seenAt: z.iso.datetime({ offset: true }),
  fee: z.int(),
  reason: z.string().max(400).exactOptional(),
  children: z.array(z.strictObject({ givenNames: text(40), born: z.iso.date() })).max(3),
});

/** Data of {@link KINDS}. */
export type Kinds = z.infer<typeof schema>;

const germanDay = (day: string | undefined): string | undefined => day?.split('-').reverse().join('.');

const FILLED: Kinds = {
  holder: {
    familyName: 'Mustermann',
    born: '1938-08-12',
    birth: '1938-08',
    heightCm: 160,
    nationalities: ['deutsch', 'französisch'],
  },
  salutation: 'frau',
  pages: 48,
  move: true,
  seenAt: '2026-11-20T09:40:00+01:00',
  fee: 4600,
  reason: 'Erste Zeile\nZweite Zeile: Umzug in ein Pflegeheim.',
  children: [{ givenNames: 'Anna', born: '2012-02-29' }],
};

/** A form of no use but to hold every kind of place and every codec, two pages long. */
export const KINDS: FormDefinition<Kinds> = {
  id: 'plaetze',
  title: 'Alle Arten von Plätzen',
  legalBasis: 'keine',
  validFrom: '2026-01-01',
  schema,
  notices: [],
  signatureLines: [
    { id: 'place', label: 'Ort, Datum', kind: 'text' },
    { id: 'holder', label: 'Unterschrift' },
  ],
  retention: 'keine',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => FILLED,
    longest: () => ({
      ...FILLED,
      holder: {
        ...FILLED.holder,
        familyName: 'W'.repeat(60),
        nationalities: ['W'.repeat(20), 'Wm', 'M'.repeat(20)],
      },
      title: 'W'.repeat(20),
      salutation: 'keine Anrede',
      move: false,
      express: true,
      reason: 'WM'.repeat(200),
      children: Array.from({ length: 3 }, () => ({ givenNames: 'W'.repeat(40), born: '2012-02-29' })),
    }),
    latin: () => ({
      ...FILLED,
      holder: { ...FILLED.holder, familyName: 'J\u030c C\u0328\u0306 L\u0325\u0304 x\u0323 ẞ Ə' },
    }),
  },
  layout: (data, { form }) => [
    { type: 'heading', level: 'section', text: 'Person' },
    {
      type: 'fields',
      summary: 'Person',
      rows: [
        [
          {
            type: 'field',
            name: 'holder.familyName',
            label: 'Familienname',
            value: data.holder?.familyName,
            strong: true,
            columns: 5,
          },
          {
            type: 'field',
            name: 'title',
            label: 'Titel',
            value: data.title,
            absent: '–',
            voluntary: true,
            columns: 3,
          },
          {
            type: 'field',
            name: 'initial',
            label: 'Anfangsbuchstabe',
            value: data.holder?.familyName?.slice(0, 1),
            derived: true,
            columns: 4,
          },
        ],
        [
          {
            type: 'field',
            name: 'holder.born',
            label: 'Geboren am',
            as: 'day',
            value: germanDay(data.holder?.born),
            columns: 3,
          },
          {
            type: 'field',
            name: 'holder.birth',
            label: 'Geburt',
            as: 'partial-date',
            value: germanDay(data.holder?.birth),
            columns: 3,
          },
          {
            type: 'field',
            name: 'holder.heightCm',
            label: 'Größe',
            as: 'integer',
            value: data.holder?.heightCm === undefined ? undefined : `${data.holder.heightCm} cm`,
            columns: 2,
          },
          {
            type: 'field',
            name: 'holder.nationalities',
            label: 'Staatsangehörigkeiten',
            as: 'list',
            value: data.holder?.nationalities?.join(', '),
            columns: 4,
          },
        ],
        [
          {
            type: 'choice',
            name: 'salutation',
            label: 'Anrede',
            value: data.salutation,
            columns: 5,
            boxes: true,
            options: [
              { value: 'frau', label: 'Frau' },
              { value: 'herr', label: 'Herr' },
              { value: 'keine Anrede', label: 'keine Anrede' },
            ],
          },
          {
            type: 'choice',
            name: 'pages',
            label: 'Seiten',
            as: 'integer',
            value: data.pages?.toString(),
            columns: 3,
            options: [
              { value: '32', label: '32 Seiten' },
              { value: '48', label: '48 Seiten (Vielreisende)' },
            ],
          },
          { type: 'check', name: 'move', label: 'Umzug in die Gemeinde', value: data.move, columns: 4 },
        ],
        [
          {
            type: 'check',
            name: 'express',
            label: 'Express',
            value: data.express,
            unchecked: 'absent',
            columns: 3,
          },
          {
            type: 'field',
            name: 'seenAt',
            label: 'Gesehen am',
            as: 'instant',
            value: data.seenAt === undefined ? undefined : '20.11.2026, 09:40 Uhr',
            columns: 5,
          },
          {
            type: 'field',
            name: 'fee',
            label: 'Gebühr',
            as: 'cents',
            value: data.fee === undefined ? undefined : '46,00\u00a0€',
            columns: 4,
          },
        ],
        [
          {
            type: 'field',
            name: 'reason',
            label: 'Begründung',
            value: data.reason,
            multiline: true,
            maxLines: 16,
            columns: 12,
          },
        ],
      ],
    },
    { type: 'page-break' },
    { type: 'heading', level: 'section', text: 'Kinder' },
    {
      type: 'fields',
      summary: 'Kinder',
      rows: [0, 1, 2].map((index) => [
        {
          type: 'field',
          name: `children.${index}.givenNames`,
          label: 'Vornamen',
          value: data.children?.[index]?.givenNames,
          columns: 8,
        },
        {
          type: 'field',
          name: `children.${index}.born`,
          label: 'Geboren am',
          as: 'day',
          value: germanDay(data.children?.[index]?.born),
          columns: 4,
        },
      ]),
    },
    { type: 'signatures', statement: 'Alles ist richtig.', lines: form.signatureLines },
  ],
};
