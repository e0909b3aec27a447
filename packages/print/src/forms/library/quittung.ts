import { z } from 'zod';
import type { FormDefinition } from '../definition.js';
import { germanDay } from '../format.js';
import { feeTable } from './fees.js';
import { EXTREME_NAME, unbroken, widest } from './sample-text.js';
import { signatureLine } from './signature-lines.js';
import { daySchema, feeLineSchema, text } from './fields.js';

const MEANS = { cash: 'bar', card: 'Karte', invoice: 'Rechnung', waived: 'Gebühr erlassen' } as const;

const quittungSchema = z.strictObject({
  number: text(40),
  /** Sign under which the authority's cash office books the amount. */
  cashReference: text(40),
  payer: text(160),
  lines: z.array(feeLineSchema).min(1).max(20),
  means: z.enum(['cash', 'card', 'invoice', 'waived']),
  paidOn: daySchema,
  place: text(80),
});

/** Data of the form `quittung`. */
export type Quittung = z.infer<typeof quittungSchema>;

const FILLED: Quittung = {
  number: '2026-000123',
  cashReference: '1234.5678.9012',
  payer: 'Mustermann, Erika Maria',
  lines: [
    { service: 'Personalausweis, Antrag ab 24 Jahren', legalBasis: '§ 1 Abs. 1 PAuswGebV', cents: 4600 },
  ],
  means: 'card',
  paidOn: '2026-11-20',
  place: 'Köln',
};

const LONGEST: Quittung = {
  number: unbroken(40),
  cashReference: unbroken(40),
  payer: unbroken(160),
  lines: Array.from({ length: 20 }, () => ({
    service: widest(120),
    legalBasis: unbroken(80),
    cents: 9_999_999,
  })),
  means: 'waived',
  paidOn: '2026-11-20',
  place: unbroken(80),
};

/** Receipt for fees: payer, lines with legal basis and amount, sum, means, day and number. */
export const quittung: FormDefinition<Quittung> = {
  id: 'quittung',
  title: 'Gebührenquittung',
  legalBasis: 'Gebührentatbestände wie je Zeile angegeben',
  validFrom: '2021-01-01',
  schema: quittungSchema,
  notices: [],
  signatureLines: [
    { id: 'place', label: 'Ort, Datum', kind: 'text' },
    { id: 'clerk', label: 'Betrag erhalten (Unterschrift der Sachbearbeitung)' },
  ],
  retention: 'Nach dem Kassenrecht der Gemeinde',
  audience: 'applicant',
  blank: false,
  samples: {
    empty: () => FILLED,
    filled: () => FILLED,
    longest: () => LONGEST,
    latin: () => ({ ...FILLED, payer: EXTREME_NAME }),
  },
  layout: (data, { form }) => [
    { type: 'heading', level: 'section', text: 'Zahlung' },
    {
      type: 'fields',
      summary: 'Zahlung',
      rows: [
        [
          { type: 'field', name: 'number', label: 'Quittungsnummer', columns: 4, value: data.number },
          {
            type: 'field',
            name: 'cashReference',
            label: 'Kassenzeichen',
            columns: 4,
            value: data.cashReference,
          },
          {
            type: 'field',
            name: 'paidOn',
            label: 'Tag der Zahlung',
            columns: 4,
            value: germanDay(data.paidOn),
          },
        ],
        [
          {
            type: 'field',
            name: 'payer',
            label: 'Eingezahlt von',
            columns: 8,
            value: data.payer,
            strong: true,
          },
          {
            type: 'field',
            name: 'means',
            label: 'Zahlungsart',
            columns: 4,
            value: MEANS[data.means],
          },
        ],
      ],
    },
    { type: 'heading', level: 'section', text: 'Gebühren' },
    feeTable(data.lines ?? []),
    {
      type: 'signatures',
      lines: [
        signatureLine(form, 'place', {
          prefilled: data.place === undefined ? undefined : `${data.place}, ${germanDay(data.paidOn) ?? ''}`,
        }),
        signatureLine(form, 'clerk'),
      ],
    },
  ],
};
