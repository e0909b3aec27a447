import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { DWELLING, dwellingSchema, germanAddressRows, germanAddressSchema } from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { hasUsualGivenName, residentNameRows, residentNameShape } from './parts/resident.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { DAY, ERIKA, HEIDESTRASSE } from './parts/sample-persons.js';
import { LONGEST_GIVEN_NAMES } from './parts/sample-text.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { birthDateSchema, daySchema } from './parts/values.js';

/** Exactly what § 24 (2) BMG permits: nothing else may stand on the paper, so nothing else is taken. */
const fields = z.strictObject({
  ...residentNameShape,
  birthDate: birthDateSchema,
  movedInOn: daySchema.exactOptional(),
  movedOutOn: daySchema.exactOptional(),
  registeredOn: daySchema,
  address: germanAddressSchema,
  dwelling: dwellingSchema,
});

/** Data of the form `meldebestaetigung`. */
export type Meldebestaetigung = z.infer<typeof fields>;

const FILLED: Meldebestaetigung = {
  ...ERIKA,
  usualGivenName: 'Erika',
  birthDate: '1938-08-12',
  movedInOn: '2026-11-14',
  registeredOn: DAY,
  address: HEIDESTRASSE,
  dwelling: 'sole',
};

/** Confirmation of a registration or deregistration, free of charge, with the eight items of § 24 (2) BMG and no other. */
export const meldebestaetigung: FormDefinition<Meldebestaetigung> = {
  id: 'meldebestaetigung',
  title: 'Amtliche Meldebestätigung',
  legalBasis: '§ 24 Abs. 2 BMG',
  validFrom: '2015-11-01',
  schema: withRules(fields, contradictions),
  notices: [],
  signatureLines: [
    { id: 'clerk', label: 'Meldebehörde (Unterschrift der Sachbearbeitung)' },
    { id: 'seal', label: 'Dienstsiegel', kind: 'seal' },
  ],
  retention: 'Keine: das Papier erhält die meldepflichtige Person (§ 24 Abs. 2 BMG)',
  audience: 'applicant',
  blank: false,
  samples: {
    empty: () => {
      const { usualGivenName: _, ...rest } = FILLED;
      return rest;
    },
    filled: () => FILLED,
    longest: () => ({
      ...longestOf(fields, { movedOutOn: undefined, usualGivenName: undefined }),
      ...LONGEST_GIVEN_NAMES,
    }),
    latin: () => latinOf(fields, { movedInOn: undefined, usualGivenName: undefined }),
  },
  layout: layoutMeldebestaetigung,
};

function contradictions(data: Meldebestaetigung): Fault[] {
  const { birthDate, movedInOn, movedOutOn, registeredOn } = data;
  return [
    ...fault(
      (movedInOn === undefined) === (movedOutOn === undefined),
      movedInOn === undefined ? 'movedInOn' : 'movedOutOn',
      'the day of moving in or out, one of them (§ 24 (2) no. 5 BMG)',
      'Bitte entweder das Einzugsdatum (Anmeldung) oder das Auszugsdatum (Abmeldung) angeben.',
    ),
    ...fault(
      !hasUsualGivenName(data),
      'usualGivenName',
      'is not among the given names',
      'Der gebräuchliche Vorname muss einer der Vornamen sein.',
    ),
    ...fault(
      birthDate > registeredOn,
      'birthDate',
      'the birth lies after the registration',
      'Der Tag der Geburt liegt nach der Meldung. Bitte beide Daten prüfen.',
    ),
  ];
}

function layoutMeldebestaetigung(
  draft: Meldebestaetigung | Draft<Meldebestaetigung>,
  { form }: FormFrame<Meldebestaetigung>,
): Block[] {
  const data = new Fields<Meldebestaetigung>(draft);
  const movedOut = data.value('movedOutOn') !== undefined;
  const registered = data.day('registeredOn', movedOut ? 'Datum der Abmeldung' : 'Datum der Anmeldung', 4);
  return numbered([
    [
      movedOut ? 'Bestätigung der Abmeldung' : 'Bestätigung der Anmeldung',
      [
        fieldsBlock('Gemeldete Person', [
          ...residentNameRows(data),
          [
            data.partialDate('birthDate', 'Tag der Geburt', 6),
            ...(data.has('movedInOn') ? [data.day('movedInOn', 'Einzugsdatum', 3)] : []),
            ...(data.has('movedOutOn') ? [data.day('movedOutOn', 'Auszugsdatum', 3)] : []),
          ],
          ...germanAddressRows(data.in('address')),
        ]),
        ...signing(form, {
          row: [data.choice('dwelling', 'Art der Wohnung', 8, DWELLING), registered],
          signers: [{ id: 'clerk' }, { id: 'seal' }],
        }),
      ],
    ],
  ]);
}
