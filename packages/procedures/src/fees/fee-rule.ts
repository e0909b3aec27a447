import type { FeeLine, FeeSource, ServiceId } from '../model/index.js';

/** Circumstances of a fee beside service, day and age. */
export type FeeCircumstance =
  | 'outside-office-hours'
  | 'not-competent'
  | 'residence-abroad'
  | 'mission-abroad'
  | 'photo-by-authority'
  | 'dispatch'
  | 'pages-48'
  | 'express'
  | 'ehrenamt';

/** What a rule does: a base fee, an amount on top, the base fee doubled once more, or nothing to pay at all. */
export type FeeEffect =
  | { readonly kind: 'base'; readonly amountCents: number | 'unknown' }
  | { readonly kind: 'add'; readonly amountCents: number | 'unknown' }
  | { readonly kind: 'double' }
  | { readonly kind: 'free' };

/** One dated row of the fee table. */
export interface FeeRule {
  readonly id: string;
  readonly services: readonly ServiceId[];
  /** German, as on the receipt. */
  readonly text: string;
  readonly effect: FeeEffect;
  /** Holds for the holder's age on the day of application; absent: for every age. */
  readonly age?: 'under-24' | 'from-24';
  /** Holds when one of these circumstances is told; absent: always. */
  readonly when?: readonly FeeCircumstance[];
  readonly legalBasis: string;
  readonly source: FeeSource;
  /** First day, or `unknown` where only a text of day `textOf` was read. */
  readonly validFrom: FeeLine['validFrom'];
  /** Day of the text in which the row was read; earlier days are not claimed. Given when `validFrom` is unknown. */
  readonly textOf?: string;
  /** Last day; absent while in force. */
  readonly validTo?: string;
}

/** Whether a row is known to hold on a day. */
export function holdsOn(rule: FeeRule, on: string): boolean {
  const from = rule.validFrom === 'unknown' ? (rule.textOf ?? '9999-12-31') : rule.validFrom;
  return from <= on && (rule.validTo === undefined || on <= rule.validTo);
}
