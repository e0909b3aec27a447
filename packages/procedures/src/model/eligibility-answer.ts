import { z } from 'zod';
import { IsoDate, Slug, text } from './scalars.js';

/** What somebody can do who cannot have the service in this way; a refusal always holds one at least. */
export const Alternative = z
  .strictObject({
    kind: z.enum(['office', 'other-service', 'exemption', 'other-applicant', 'later']),
    /** Plain German. */
    text: text(400),
    citation: text(200).optional(),
  })
  .readonly();
/** What somebody can do instead. */
export type Alternative = z.output<typeof Alternative>;

/** The answer of the rules, with the layer that decided and the rule's citation. */
export const EligibilityAnswer = z
  .strictObject({
    outcome: z.enum(['yes', 'no', 'clerk-decides']),
    decidedBy: z.enum(['statute', 'policy']),
    ruleId: Slug,
    citation: text(200),
    /** First day on which the rule holds; `unknown` where only the text, not its start, is known. */
    validFrom: z.union([IsoDate, z.literal('unknown')], 'not a day of the calendar and not "unknown"'),
    /** Day of the text in which the rule was read, when its start is unknown. */
    textOf: IsoDate.optional(),
    /** Plain German, addressed to the person. */
    reason: text(400),
    alternatives: z.array(Alternative).max(8).readonly(),
  })
  .readonly();
/** The answer of the rules. */
export type EligibilityAnswer = z.output<typeof EligibilityAnswer>;
