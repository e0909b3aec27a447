import { z } from 'zod';
import type { Block, Cell, Draft, FormDefinition, FormFrame } from '../definition.js';
import { DWELLING, germanAddressRows, germanAddressSchema, type GermanAddress } from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { GESCHLECHT } from './parts/person.js';
import {
  familienstandRow,
  familienstandSchema,
  geschlechtSchema,
  hasUsualGivenName,
  issuedDocumentRows,
  issuedDocumentSchema,
  relativeRows,
  relativeSchema,
  residentNameRows,
  residentNameShape,
  type Relative,
} from './parts/resident.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE, RINGSTRASSE } from './parts/sample-persons.js';
import { LONGEST_GIVEN_NAMES } from './parts/sample-text.js';
import { numbered, type Section } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { birthDateSchema, clerkSchema, daySchema, placeSchema, text } from './parts/values.js';

const dwelling = germanAddressSchema.extend({
  kind: z.enum(['sole', 'main', 'secondary']),
  movedInOn: daySchema.exactOptional(),
  movedOutOn: daySchema.exactOptional(),
});

/** What the extended one may add on request (§ 18 (2) with § 3 (1) nos. 2, 5 to 16, 17 BMG): no Sperrkennwort, no Sperrsumme, no blocks. */
const extensionShape = {
  formerNames: text(120).exactOptional(),
  religiousOrArtistName: text(60).exactOptional(),
  birthPlace: text(80).exactOptional(),
  birthState: text(60).exactOptional(),
  sex: geschlechtSchema.exactOptional(),
  representatives: z.array(relativeSchema).max(2).exactOptional(),
  nationalities: z.array(text(40)).max(4).exactOptional(),
  religion: text(80).exactOptional(),
  formerAddresses: z.array(dwelling).max(4).exactOptional(),
  familienstand: familienstandSchema.exactOptional(),
  spouse: relativeSchema.exactOptional(),
  children: z.array(relativeSchema).max(4).exactOptional(),
  documents: z.array(issuedDocumentSchema).max(3).exactOptional(),
  /** The fact that no date of death is stored. */
  noDeathDateStored: z.literal(true).exactOptional(),
} as const;

const fields = z.strictObject({
  art: z.enum(['einfach', 'erweitert']),
  ...residentNameShape,
  birthDate: birthDateSchema,
  addresses: z.array(dwelling).min(1).max(4),
  ...extensionShape,
  place: placeSchema,
  issuedOn: daySchema,
  issuedBy: clerkSchema,
});

/** Data of the form `meldebescheinigung`. */
export type Meldebescheinigung = z.infer<typeof fields>;

const ART = { einfach: 'einfach (§ 18 Abs. 1 BMG)', erweitert: 'erweitert (§ 18 Abs. 2 BMG)' } as const;

const FILLED: Meldebescheinigung = {
  art: 'erweitert',
  ...ERIKA,
  usualGivenName: 'Erika',
  birthDate: '1938-08-12',
  addresses: [{ ...HEIDESTRASSE, kind: 'sole', movedInOn: '2026-11-14' }],
  birthPlace: 'Berlin',
  nationalities: ['deutsch'],
  familienstand: { status: 'VW', since: '2019-02-03', place: 'Musterstadt' },
  formerAddresses: [{ ...RINGSTRASSE, kind: 'sole', movedInOn: '1971-04-01', movedOutOn: '2026-11-14' }],
  noDeathDateStored: true,
  place: 'Köln',
  issuedOn: DAY,
  issuedBy: CLERK,
};

/** Certificate of registration: five items, or more on request (§ 18 BMG since 1 May 2022). */
export const meldebescheinigung: FormDefinition<Meldebescheinigung> = {
  id: 'meldebescheinigung',
  title: 'Meldebescheinigung',
  legalBasis: '§ 18 BMG',
  validFrom: '2022-05-01',
  schema: withRules(fields, contradictions),
  notices: [],
  signatureLines: [
    { id: 'clerk', label: 'Meldebehörde (Unterschrift der Sachbearbeitung)' },
    { id: 'seal', label: 'Dienstsiegel', kind: 'seal' },
  ],
  retention: 'Keine: das Papier erhält die betroffene Person (§ 18 Abs. 1 BMG)',
  audience: 'third-party',
  blank: false,
  samples: {
    empty: () => ({
      art: 'einfach',
      ...ERIKA,
      birthDate: '1938-08-12',
      addresses: [{ ...HEIDESTRASSE, kind: 'sole' }],
      place: 'Köln',
      issuedOn: DAY,
      issuedBy: CLERK,
    }),
    filled: () => FILLED,
    longest: () => ({ ...longestOf(fields, LONGEST), ...LONGEST_GIVEN_NAMES }),
    latin: () => latinOf(fields, LONGEST),
  },
  layout: layoutMeldebescheinigung,
};

const LONGEST = {
  art: 'erweitert',
  usualGivenName: undefined,
  'addresses.*.kind': 'main',
  'addresses.*.movedOutOn': undefined,
} as const;

function contradictions(data: Meldebescheinigung): Fault[] {
  const present = Object.keys(data);
  const extension = Object.keys(extensionShape).find((key) => present.includes(key));
  return [
    ...fault(
      data.art === 'einfach' && extension !== undefined,
      extension ?? 'art',
      'only in an extended certificate (§ 18 (2) BMG)',
      'Diese Angabe darf nur in eine erweiterte Meldebescheinigung. Bitte die Art ändern oder die Angabe entfernen.',
    ),
    ...(data.art === 'einfach'
      ? data.addresses.flatMap((address, index) =>
          fault(
            address.movedInOn !== undefined || address.movedOutOn !== undefined,
            `addresses.${index}.${address.movedInOn === undefined ? 'movedOutOn' : 'movedInOn'}`,
            'only in an extended certificate (§ 18 (2) BMG)',
            'Ein- und Auszugsdaten dürfen nur in eine erweiterte Meldebescheinigung.',
          ),
        )
      : []),
    ...data.addresses.flatMap((address, index) =>
      fault(
        address.movedOutOn !== undefined,
        `addresses.${index}.movedOutOn`,
        'a current address has no day of moving out',
        'Eine derzeitige Anschrift hat kein Auszugsdatum. Bitte unter den früheren Anschriften angeben.',
      ),
    ),
    ...fault(
      !hasUsualGivenName(data),
      'usualGivenName',
      'is not among the given names',
      'Der gebräuchliche Vorname muss einer der Vornamen sein.',
    ),
  ];
}

function layoutMeldebescheinigung(
  draft: Meldebescheinigung | Draft<Meldebescheinigung>,
  { form }: FormFrame<Meldebescheinigung>,
): Block[] {
  const data = new Fields<Meldebescheinigung>(draft);
  const given = (rows: Cell[][]): Block[] => (rows.length === 0 ? [] : [fieldsBlock('Angaben', rows)]);
  return numbered([
    [
      'Gemeldete Person',
      [
        fieldsBlock('Gemeldete Person', [
          [
            data.choice('art', 'Umfang der Bescheinigung', 8, ART),
            data.partialDate('birthDate', 'Tag der Geburt', 4),
          ],
          ...residentNameRows(data),
          ...personRows(data),
        ]),
      ],
    ],
    [
      'Derzeitige Anschriften',
      [fieldsBlock('Derzeitige Anschriften', data.each('addresses', 1).flatMap(dwellingRows))],
    ],
    ['Frühere Anschriften', given(data.each('formerAddresses', 1).flatMap(dwellingRows))],
    ['Familienstand', given(data.has('familienstand') ? [familienstandRow(data.in('familienstand'))] : [])],
    relativesSection('Ehegatte oder Lebenspartner', data.has('spouse') ? [data.in('spouse')] : []),
    relativesSection('Minderjährige Kinder', data.each('children', 1)),
    relativesSection('Gesetzliche Vertretung', data.each('representatives', 1)),
    ['Ausweisdokumente', given(data.each('documents', 1).flatMap(issuedDocumentRows))],
    [
      'Bescheinigung',
      [
        ...given(
          data.has('noDeathDateStored')
            ? [
                [
                  data.check(
                    'noDeathDateStored',
                    'Ein Sterbedatum ist im Melderegister nicht gespeichert.',
                    12,
                  ),
                ],
              ]
            : [],
        ),
        ...signing(form, {
          statement: 'Die Angaben stimmen mit dem Melderegister überein.',
          row: [
            data.text('place', 'Ort', 5),
            data.day('issuedOn', 'Ausgestellt am', 3),
            data.text('issuedBy', 'Ausgestellt von', 4),
          ],
          signers: [{ id: 'clerk' }, { id: 'seal' }],
        }),
      ],
    ],
  ]);
}

/** What an extended certificate says of the person; nothing that was not asked for. */
function personRows(data: Fields<Meldebescheinigung>): Cell[][] {
  return [
    data.has('formerNames') ? [data.text('formerNames', 'Frühere Namen', 12)] : [],
    data.has('religiousOrArtistName')
      ? [data.text('religiousOrArtistName', 'Ordens- oder Künstlername', 12)]
      : [],
    data.has('birthPlace')
      ? [
          data.text('birthPlace', 'Ort der Geburt', 8),
          ...(data.has('birthState') ? [data.text('birthState', 'Staat', 4)] : []),
        ]
      : [],
    data.has('sex') ? [data.choice('sex', 'Geschlecht', 12, GESCHLECHT)] : [],
    data.has('nationalities') ? [data.list('nationalities', 'Staatsangehörigkeiten', 12)] : [],
    data.has('religion') ? [data.text('religion', 'Öffentlich-rechtliche Religionsgesellschaft', 12)] : [],
  ];
}

function dwellingRows(address: Fields<z.infer<typeof dwelling>>): Cell[][] {
  const plain: Fields<GermanAddress> = address;
  return [
    ...germanAddressRows(plain),
    [
      address.choice('kind', 'Art der Wohnung', 6, DWELLING),
      ...(address.has('movedInOn') ? [address.day('movedInOn', 'Einzugsdatum', 3)] : []),
      ...(address.has('movedOutOn') ? [address.day('movedOutOn', 'Auszugsdatum', 3)] : []),
    ],
  ];
}

function relativesSection(heading: string, people: readonly Fields<Relative>[]): Section {
  return [heading, people.length === 0 ? [] : [fieldsBlock(heading, people.flatMap(relativeRows))]];
}
