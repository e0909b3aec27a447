import { z } from 'zod';
import { ServiceId } from './service.js';
import { IsoDate, Slug, text } from './scalars.js';

/** Where a figure was read, and whether it is the law itself or somebody's account of it. */
export const FeeSource = z
  .strictObject({
    text: text(300),
    /** `law`: text of the law read; `page`: municipal or press page only; `unverified`: neither. */
    confidence: z.enum(['law', 'page', 'unverified']),
  })
  .readonly();
/** Where a figure was read. */
export type FeeSource = z.output<typeof FeeSource>;

/** One line of a fee and how it came about. */
export const FeeLine = z
  .strictObject({
    id: Slug,
    service: ServiceId,
    /** German, as on the receipt. */
    text: text(200),
    /** Whole cents, negative for a reduction; `unknown` where nobody told the figure. */
    amountCents: z.union(
      [z.int().min(-1_000_000).max(1_000_000), z.literal('unknown')],
      'not whole cents from -1,000,000 to 1,000,000 and not "unknown"',
    ),
    legalBasis: text(200),
    source: FeeSource,
    validFrom: z.union([IsoDate, z.literal('unknown')], 'not a day of the calendar and not "unknown"'),
    /** Last day on which the line is right; absent while it is in force. */
    validTo: IsoDate.optional(),
  })
  .readonly();
/** One line of a fee and how it came about. */
export type FeeLine = z.output<typeof FeeLine>;
