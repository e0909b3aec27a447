import type { FingerPosition } from '../finger-position.js';

/** What the operator can say: the user commands of the HLBS service "Fingerprint Acquisition" (TR-03121-2-2, 8.4.3). */
export type EnrolmentCommand =
  /** Ends the enrolment; always allowed. */
  | { readonly command: 'Cancel' }
  /** Takes the picture now, whatever the scanner's pre-qualification says. */
  | { readonly command: 'Capture' }
  /** Goes on: with the best capture, or with what the veto says. */
  | { readonly command: 'Continue'; readonly veto?: Veto }
  /** Throws the images of the task away and begins it again. */
  | { readonly command: 'Discard' }
  /** Throws everything away and begins the enrolment again. */
  | { readonly command: 'DiscardAll' }
  /** Captures the fingers of the slap one by one: those that are not sufficient yet, or both. */
  | { readonly command: 'UseSingleFingerAcquisitionFallback' }
  /** All fingers that cannot be captured, on both hands; instead of what was said before. */
  | { readonly command: 'SelectMissingFingers'; readonly missing: readonly MissingFinger[] };

/** Name of a command. */
export type CommandName = EnrolmentCommand['command'];

/** The operator overrules the quality assessment (5.8.4). */
export type Veto =
  /** Takes an insufficient print: for an obvious reason, such as a disability, or without one. */
  | { readonly type: 'OK'; readonly obvious: boolean }
  /** Takes none of the prints. */
  | { readonly type: 'NOK' };

/** A finger that cannot be captured, and why. */
export interface MissingFinger {
  readonly finger: FingerPosition;
  readonly reason: MissingReason;
}

/** Reasons that the guideline names; its closed list is not public, so that any other word is taken as well. */
export type MissingReason = 'amputated' | 'bandaged' | (string & {});
