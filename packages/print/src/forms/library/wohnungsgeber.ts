import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import {
  germanAddressRows,
  germanAddressSchema,
  postalAddressRows,
  postalAddressSchema,
} from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { noticeBlocks, privacyNotice } from './parts/notices.js';
import { nameRow, personSchema } from './parts/person.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CHILD, DAY, HEIDESTRASSE, MAX, RINGSTRASSE } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { daySchema, placeSchema, text } from './parts/values.js';

const OWNER = {
  landlord: 'Wohnungsgeber ist Eigentümer',
  other: 'Eigentümer ist eine andere Person oder Stelle',
} as const;
const SIGNED_BY = { landlord: 'Wohnungsgeber', agent: 'beauftragte Person' } as const;

const fields = z.strictObject({
  landlord: z.strictObject({ name: text(160), address: postalAddressSchema }),
  ownership: z.enum(['landlord', 'other']),
  ownerName: text(160).exactOptional(),
  movedInOn: daySchema,
  dwelling: germanAddressSchema,
  persons: z.array(personSchema).min(1).max(10),
  signedBy: z.enum(['landlord', 'agent']),
  /** Who was asked by the landlord to confirm (§ 19 (1) BMG). */
  agentName: text(160).exactOptional(),
  place: placeSchema,
  signedOn: daySchema,
});

/** Data of the form `wohnungsgeber`. */
export type Wohnungsgeber = z.infer<typeof fields>;

/** The landlord's confirmation of moving in (§ 19 (3) BMG), as since Abmeldungen need none. */
export const wohnungsgeber: FormDefinition<Wohnungsgeber> = {
  id: 'wohnungsgeber',
  title: 'Wohnungsgeberbestätigung',
  legalBasis: '§ 19 BMG',
  validFrom: '2016-11-01',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'sham-address',
      heading: 'Mitwirkung des Wohnungsgebers und Scheinanmeldungen (§§ 19, 54 BMG)',
      legalBasis: '§ 19 Abs. 1 und 6, § 54 BMG',
      text: [
        [
          'Der Wohnungsgeber oder eine von ihm beauftragte Person bestätigt den Einzug innerhalb von zwei Wochen; sonst darf niemand eine solche Bestätigung ausstellen.',
          'Es ist verboten, eine Anschrift für eine Anmeldung anzubieten oder zur Verfügung zu stellen, wenn dort niemand wirklich einzieht oder einziehen will. Ein Verstoß kann mit Geldbuße bis zu 50 000 Euro geahndet werden.',
          'Wer den Einzug nicht, nicht richtig oder nicht rechtzeitig bestätigt oder eine Bestätigung ausstellt, ohne dazu berechtigt zu sein, kann mit Geldbuße bis zu 1 000 Euro belegt werden.',
        ],
      ],
    },
    privacyNotice({
      purpose: 'Prüfung der Anmeldung und Auskunft nach § 19 Abs. 1, § 50 Abs. 4 BMG.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit § 3 Abs. 2 Nr. 10, §§ 19, 24 BMG.',
      receivers: 'andere öffentliche Stellen nur, soweit ein Gesetz es erlaubt.',
      storage: 'nach §§ 13, 14 BMG.',
    }),
  ],
  signatureLines: [{ id: 'landlord', label: 'Unterschrift Wohnungsgeber oder beauftragte Person' }],
  retention: 'Zum Nachweis der Richtigkeit bei den Meldedaten (§ 3 Abs. 2 Nr. 10, §§ 13, 14 BMG)',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      landlord: { name: 'Seniorenstift Abendsonne gGmbH', address: RINGSTRASSE },
      ownership: 'other',
      ownerName: 'Stiftung Abendsonne',
      movedInOn: '2026-11-14',
      dwelling: HEIDESTRASSE,
      persons: [MAX, CHILD],
      signedBy: 'agent',
      agentName: 'Heimleitung',
      place: 'Köln',
      signedOn: DAY,
    }),
    longest: () => longestOf(fields, { ownership: 'other', signedBy: 'agent' }),
    latin: () => latinOf(fields, { ownership: 'other', signedBy: 'agent' }),
  },
  layout: layoutWohnungsgeber,
};

function contradictions({ ownership, ownerName, signedBy, agentName }: Wohnungsgeber): Fault[] {
  return [
    ...fault(
      (ownership === 'other') !== (ownerName !== undefined),
      'ownerName',
      'given exactly where the owner is somebody else (§ 19 (3) no. 1 BMG)',
      'Den Namen des Eigentümers bitte genau dann angeben, wenn der Wohnungsgeber nicht selbst Eigentümer ist.',
    ),
    ...fault(
      (signedBy === 'agent') !== (agentName !== undefined),
      'agentName',
      'given exactly where an agent signs',
      'Den Namen der beauftragten Person bitte genau dann angeben, wenn sie unterschreibt.',
    ),
  ];
}

function layoutWohnungsgeber(
  draft: Wohnungsgeber | Draft<Wohnungsgeber>,
  frame: FormFrame<Wohnungsgeber>,
): Block[] {
  const data = new Fields<Wohnungsgeber>(draft);
  return numbered([
    [
      'Wohnungsgeber und Eigentümer',
      [
        fieldsBlock('Wohnungsgeber und Eigentümer', [
          [data.text('landlord.name', 'Name des Wohnungsgebers', 12, { strong: true })],
          ...postalAddressRows(data.in('landlord.address')),
          [data.boxes('ownership', 'Eigentum', 12, OWNER)],
          data.has('ownerName') ? [data.text('ownerName', 'Name des Eigentümers', 12)] : [],
        ]),
      ],
    ],
    [
      'Wohnung',
      [
        fieldsBlock('Wohnung', [
          ...germanAddressRows(data.in('dwelling')),
          [data.day('movedInOn', 'Tag des Einzugs', 12)],
        ]),
      ],
    ],
    [
      'Eingezogene meldepflichtige Personen',
      [fieldsBlock('Eingezogene meldepflichtige Personen', data.each('persons', 4).map(nameRow))],
    ],
    [
      'Bestätigung',
      [
        fieldsBlock('Unterzeichnung', [
          [
            data.choice('signedBy', 'Es unterschreibt', 4, SIGNED_BY),
            data.text('agentName', 'Name der beauftragten Person', 8),
          ],
        ]),
        ...signing(frame.form, {
          statement:
            'Ich bestätige, dass die genannten Personen in die bezeichnete Wohnung eingezogen sind. Die Hinweise unten habe ich gelesen.',
          row: [data.text('place', 'Ort', 8), data.day('signedOn', 'Datum', 4)],
          signers: [{ id: 'landlord' }],
        }),
      ],
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
