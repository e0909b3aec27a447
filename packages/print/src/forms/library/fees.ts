import type { Draft, TableBlock } from '../definition.js';
import { euro } from '../format.js';
import type { FeeLine } from './fields.js';

/** The lines of a fee with their sum. */
export function feeTable(lines: readonly Draft<FeeLine>[]): TableBlock {
  const sum = lines.reduce((total, line) => total + (line.cents ?? 0), 0);
  return {
    type: 'table',
    summary: 'Gebühren',
    columns: [
      { header: 'Leistung', columns: 6 },
      { header: 'Rechtsgrundlage', columns: 4 },
      { header: 'Betrag', columns: 2, align: 'right' },
    ],
    rows: lines.map((line) => [
      line.service ?? '',
      line.legalBasis ?? '',
      line.cents === undefined ? '' : euro(line.cents),
    ]),
    total: ['Summe', '', euro(sum)],
  };
}
