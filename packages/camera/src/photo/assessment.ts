import type { CriterionId, CriterionUnit, PhotoOrigin, Threshold } from './thresholds.js';

/** What was found out about one criterion. */
export type CriterionResult =
  | {
      readonly id: CriterionId;
      readonly isMandatory: boolean;
      readonly unit: CriterionUnit;
      readonly verdict: 'ok' | 'nok';
      readonly value: number;
      /** `min <= tmin <= tmax <= max` and `min <= value <= max`; it is ok from `tmin` to `tmax`. */
      readonly threshold: Threshold;
      /** What the value is, where the scale is our own. */
      readonly measure?: string;
    }
  | {
      readonly id: CriterionId;
      readonly isMandatory: boolean;
      readonly unit: CriterionUnit;
      readonly verdict: 'not-assessed';
      /** What it would take. */
      readonly needs: readonly string[];
    };

/** The verdict on a photo: every criterion of tables 5.2 and 5.3, in their order. */
export interface PhotoAssessment {
  readonly algorithm: 'buergerkoffer-photo-qa';
  readonly version: string;
  readonly origin: PhotoOrigin;
  /** The text that the thresholds are from, and its year. */
  readonly thresholds: { readonly source: string; readonly issued: string };
  readonly criteria: readonly CriterionResult[];
  /** `nok` when one criterion is; else `ok` only when every mandatory one was assessed. */
  readonly total: 'ok' | 'nok' | 'not-assessed';
}
