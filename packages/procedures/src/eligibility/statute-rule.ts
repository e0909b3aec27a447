import type { LocalDate } from '@buergerkoffer/formats';
import type { Alternative, CaseServiceId, EligibilityAnswer } from '../model/index.js';
import type { EligibilityQuestion } from './question.js';

/** The holder's age as the rules ask for it; `unknown` when a partial birth date leaves it open. */
export interface AgeFacts {
  readonly reached14: 'yes' | 'no' | 'unknown';
  readonly reached16: 'yes' | 'no' | 'unknown';
  readonly reached18: 'yes' | 'no' | 'unknown';
}

/** A question with its day of law and the holder's age on it. */
export interface Facts extends EligibilityQuestion {
  readonly on: LocalDate;
  readonly age: AgeFacts;
}

/** One rule of the statutory layer; the first of the table that applies answers. */
export interface StatuteRule {
  readonly id: string;
  readonly service: CaseServiceId;
  readonly citation: string;
  /** First day, or `unknown` where only the text of day `textOf` was read. */
  readonly validFrom: EligibilityAnswer['validFrom'];
  readonly textOf?: string;
  readonly outcome: EligibilityAnswer['outcome'];
  readonly applies: (facts: Facts) => boolean;
  /** Plain German. */
  readonly reason: string;
  readonly alternatives: readonly Alternative[];
}

/** The rules were read in this text; when they began was not. */
export const READ_2022 = { validFrom: 'unknown', textOf: '2022-03-26' } as const;
