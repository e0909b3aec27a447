import type { CaseEventType, CaseServiceId, DeviceKindId } from './model/index.js';

/** Steps of a visit in their usual order. */
export type StepId =
  | 'eligibility'
  | 'scheduling'
  | 'preload'
  | 'self-test'
  | 'identification'
  | 'capacity'
  | 'register'
  | 'data'
  | 'photo'
  | 'fingers'
  | 'signature'
  | 'information'
  | 'pin-letter'
  | 'fuehrungszeugnis'
  | 'fee'
  | 'form'
  | 'review'
  | 'confirmation'
  | 'sealing'
  | 'hand-over'
  | 'erasure';

/** Why a step may be left out. */
export interface Skip {
  /** Who decides: the software from the data, the clerk, or the municipality's policy. */
  readonly by: 'rule' | 'clerk' | 'policy';
  /** Plain German. */
  readonly reason: string;
  /** The event that states the omission; absent: the step may be left out without a word. */
  readonly recordedAs?: CaseEventType;
}

/** One step as data: what it needs, its law, who may leave it out, what it can end with, what is kept. */
export interface Step {
  readonly id: StepId;
  /** German, for clerks. */
  readonly title: string;
  /** Absent: the step belongs to the visit, not to one service. */
  readonly service?: CaseServiceId;
  /** Kinds of device that serve the step. */
  readonly needs: readonly DeviceKindId[];
  readonly law: string;
  readonly skip: readonly Skip[];
  /** Events with which the step ends or goes on; the last word is that of the fold. */
  readonly events: readonly CaseEventType[];
  /** Steps that come before; the others are in any order. */
  readonly after: readonly StepId[];
  /** Ids of the rules in `RETENTION` for what the step takes. */
  readonly retention: readonly string[];
}
