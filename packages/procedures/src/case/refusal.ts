import type { StepId } from '../step.js';

/** Why an event is not written. */
export type RefusalCode =
  /** The case is not in a phase that takes this event. */
  | 'wrong-phase'
  /** A required step before it is open. */
  | 'step-missing'
  /** Already there, and there is only one. */
  | 'duplicate'
  /** The rules refuse the service, or it was not asked for. */
  | 'not-eligible'
  /** The age on the day of application rules it out. */
  | 'age'
  /** It contradicts what the case already holds. */
  | 'inconsistent'
  /** The policy asks for another clerk. */
  | 'four-eyes'
  /** The application would not be complete or lawful. */
  | 'application';

/** Whether an event may be written, and if not, why. */
export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly code: RefusalCode;
      /** Plain German for the clerk, without personal data. */
      readonly reason: string;
      readonly citation?: string;
      /** The step that is open, with `step-missing`. */
      readonly step?: StepId;
      /** Path in the application, with `application`. */
      readonly path?: string;
    };

/** The event may be written. */
export const ALLOWED: Verdict = { allowed: true };

/** The event is refused. */
export function refuse(
  code: RefusalCode,
  reason: string,
  more: { readonly citation?: string; readonly step?: StepId; readonly path?: string } = {},
): Verdict {
  return { allowed: false, code, reason, ...more };
}
