import { z } from 'zod';
import type { FieldsBlock } from '../../definition.js';
import { euro } from '../../format.js';
import { fieldsBlock, type Fields } from './fields.js';
import { centsSchema, text } from './values.js';

/** One line of a fee: what for, by which rule, how much. */
export const feeLineSchema = z.strictObject({ service: text(120), legalBasis: text(80), cents: centsSchema });
/** One line of a fee. */
export type FeeLine = z.infer<typeof feeLineSchema>;

/** The lines of a fee with their sum. */
export function feeRows(lines: readonly Fields<FeeLine>[]): FieldsBlock {
  const sum = lines.reduce((total, line) => total + (line.value('cents') ?? 0), 0);
  const [first] = lines;
  return fieldsBlock('Gebühren', [
    ...lines.map((line) => [
      line.text('service', 'Leistung', 6),
      line.text('legalBasis', 'Rechtsgrundlage', 4),
      line.cents('cents', 'Betrag', 2),
    ]),
    first === undefined ? [] : [first.derived('fees.sum', 'Summe', 12, first.blank ? undefined : euro(sum))],
  ]);
}
