import { z } from 'zod';
import { CaseServiceId, Place } from './service.js';
import { Ags, IsoDate, Slug, text } from './scalars.js';

/** A fact that opens the visit to a person: care level, disability mark, or the kind of place. */
export const PolicyFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pflegegrad-at-least'), value: z.int().min(1).max(5) }).readonly(),
  z
    .strictObject({ kind: z.literal('merkzeichen'), value: z.enum(['aG', 'G', 'H', 'Bl', 'TBl', 'Gl', 'B']) })
    .readonly(),
  z.strictObject({ kind: z.literal('place'), value: Place }).readonly(),
]);
/** A fact that opens the visit to a person. */
export type PolicyFact = z.output<typeof PolicyFact>;

/** A condition of the visit, met by any of its facts; a person who does not meet it is told why, and what else there is. */
export const PolicyCondition = z
  .strictObject({
    id: Slug,
    anyOf: z.array(PolicyFact).min(1).max(20).readonly(),
    /** What the person shows. */
    evidence: text(200),
    /** Plain German for the person who is refused. */
    reason: text(400),
  })
  .readonly();
/** A condition of the visit. */
export type PolicyCondition = z.output<typeof PolicyCondition>;

/**
 * What a municipality decides about its visits. It narrows the *visit*, never the right:
 * `office` is therefore mandatory, it is where everybody can still apply.
 */
export const Policy = z
  .strictObject({
    schemaVersion: z.literal(1),
    id: Slug,
    publisher: text(120),
    validFrom: IsoDate,
    validTo: IsoDate.optional(),
    /** Services that are taken along on a visit. */
    services: z.array(CaseServiceId).min(1).max(10).readonly(),
    /** Places that are visited. */
    places: z.array(Place).min(1).max(6).readonly(),
    /** Municipalities that are visited; absent: the authority's own. */
    area: z.array(Ags).min(1).max(100).readonly().optional(),
    conditions: z.array(PolicyCondition).max(20).readonly(),
    /** Who may act at a visit: as the law has it, or not through Betreuer and Bevollmächtigte (stricter than the law). */
    whoMayAct: z.enum(['as-the-law', 'no-third-parties']),
    /** Whether the team decides on the need after the booking. */
    needIsChecked: z.boolean(),
    /** Two clerks: the visit is made by two, and another than the recording clerk reviews. */
    fourEyes: z.boolean(),
    /** Surcharge for the visit in cents; 0 where the visit is free. */
    visitSurchargeCents: z.int().min(0).max(100_000),
    /** Fees that Land or municipality set, in cents. */
    fees: z
      .strictObject({
        meldebescheinigungCents: z.int().min(0).max(100_000).optional(),
        lebensbescheinigungCents: z.int().min(0).max(100_000).optional(),
        beglaubigungCents: z.int().min(0).max(100_000).optional(),
        legalBasis: text(200),
      })
      .readonly()
      .optional(),
    /** Plain German: where and when one can apply without a visit. */
    office: text(300),
  })
  .readonly()
  .superRefine((policy, context) => {
    if (policy.validTo !== undefined && policy.validTo < policy.validFrom) {
      context.addIssue({ code: 'custom', path: ['validTo'], message: 'lies before validFrom' });
    }
    const ids = policy.conditions.map((condition) => condition.id);
    if (new Set(ids).size !== ids.length) {
      context.addIssue({ code: 'custom', path: ['conditions'], message: 'two conditions have the same id' });
    }
  });
/** What a municipality decides about its visits. */
export type Policy = z.output<typeof Policy>;
