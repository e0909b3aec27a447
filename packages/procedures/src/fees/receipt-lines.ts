import { InputError } from '@buergerkoffer/formats';
import type { FeeLine } from '../model/index.js';

/** A line as the receipt (form `quittung`) prints it. */
export interface ReceiptLine {
  /** What is paid for, in German. */
  readonly service: string;
  readonly legalBasis: string;
  /** Negative for a reduction. */
  readonly cents: number;
}

/**
 * The lines of one or more fees for the receipt; what costs nothing by itself is printed as well, it says why.
 * InputError `missing` with the path of the first amount that is not known: no receipt is written for it.
 */
export function receiptLines(...fees: readonly { readonly lines: readonly FeeLine[] }[]): ReceiptLine[] {
  return fees
    .flatMap(({ lines }) => lines)
    .map(({ text, legalBasis, amountCents }, index) => {
      if (amountCents === 'unknown') {
        throw new InputError('missing', 'the amount of a fee is not known: there is nothing to receipt', {
          path: `lines[${index}].amountCents`,
          remedy: 'look the fee up and give it as the fee that the municipality sets (localFee)',
        });
      }
      return { service: text, legalBasis, cents: amountCents };
    });
}
