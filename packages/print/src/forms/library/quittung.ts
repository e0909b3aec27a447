import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { feeLineSchema, feeRows } from './parts/fees.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { fault, withRules } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { DAY } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { daySchema, placeSchema, text } from './parts/values.js';

const MEANS = { cash: 'bar', card: 'Karte', invoice: 'Rechnung', waived: 'Gebühr erlassen' } as const;

const fields = z.strictObject({
  number: text(40),
  /** Sign under which the authority's cash office books the amount. */
  cashReference: text(40),
  payer: text(160),
  lines: z.array(feeLineSchema).min(1).max(20),
  means: z.enum(['cash', 'card', 'invoice', 'waived']),
  paidOn: daySchema,
  place: placeSchema,
});

/** Data of the form `quittung`. */
export type Quittung = z.infer<typeof fields>;

const FILLED: Quittung = {
  number: '2026-000123',
  cashReference: '1234.5678.9012',
  payer: 'Mustermann, Erika Maria',
  lines: [
    { service: 'Personalausweis, Antrag ab 24 Jahren', legalBasis: '§ 1 Abs. 1 PAuswGebV', cents: 4600 },
    { service: 'Lichtbild durch die Behörde', legalBasis: '§ 1 PAuswGebV', cents: 600 },
  ],
  means: 'card',
  paidOn: DAY,
  place: 'Köln',
};

/** Receipt for fees: payer, lines with legal basis and amount, sum, means, day and number. */
export const quittung: FormDefinition<Quittung> = {
  id: 'quittung',
  title: 'Gebührenquittung',
  legalBasis: 'Gebührentatbestände wie je Zeile angegeben',
  validFrom: '2021-01-01',
  schema: withRules(fields, ({ lines, means }) => {
    const sum = lines.reduce((total, { cents }) => total + cents, 0);
    return [
      ...fault(
        means === 'waived' && sum !== 0,
        'means',
        'a fee that was waived has no amount',
        'Eine erlassene Gebühr hat den Betrag 0,00 €. Bitte die Beträge oder die Zahlungsart ändern.',
      ),
      ...fault(
        sum < 0,
        'lines',
        'the reductions are more than the fees',
        'Die Ermäßigungen sind höher als die Gebühren. Bitte die Beträge prüfen.',
      ),
    ];
  }),
  notices: [],
  signatureLines: [{ id: 'clerk', label: 'Betrag erhalten (Unterschrift der Sachbearbeitung)' }],
  retention: 'Nach dem Kassenrecht der Gemeinde',
  audience: 'applicant',
  blank: false,
  samples: {
    empty: () => ({
      ...FILLED,
      lines: [{ service: 'Führungszeugnis, Ehrenamt', legalBasis: 'JVKostG', cents: 0 }],
      means: 'waived',
    }),
    filled: () => FILLED,
    longest: () => longestOf(fields, { means: 'invoice' }),
    latin: () => latinOf(fields, { means: 'card' }),
  },
  layout: (draft: Quittung | Draft<Quittung>, { form }: FormFrame<Quittung>): Block[] => {
    const data = new Fields<Quittung>(draft);
    return numbered([
      [
        'Zahlung',
        [
          fieldsBlock('Zahlung', [
            [data.text('number', 'Quittungsnummer', 6), data.text('cashReference', 'Kassenzeichen', 6)],
            [
              data.text('payer', 'Eingezahlt von', 8, { strong: true }),
              data.choice('means', 'Zahlungsart', 4, MEANS),
            ],
          ]),
        ],
      ],
      ['Gebühren', [feeRows(data.each('lines', 1))]],
      [
        'Bestätigung',
        signing(form, {
          row: [data.text('place', 'Ort', 8), data.day('paidOn', 'Tag der Zahlung', 4)],
          signers: [{ id: 'clerk' }],
        }),
      ],
    ]);
  },
};
