import { z } from 'zod';
import { FingerArtefact } from './artefact.js';
import { text } from './scalars.js';

/** Fingers that may be stored: index, else thumb, middle, ring of the same hand, never the little one (TR-03121-3.2, 4.6). */
export const FingerPosition = z.enum([
  'right-index',
  'right-thumb',
  'right-middle',
  'right-ring',
  'left-index',
  'left-thumb',
  'left-middle',
  'left-ring',
]);
/** A finger that may be stored. */
export type FingerPosition = z.output<typeof FingerPosition>;

/** Left or right hand. */
export const Hand = z.enum(['right', 'left']);
/** Left or right hand. */
export type Hand = z.output<typeof Hand>;

/** The hand a finger belongs to. */
export function handOf(position: FingerPosition): Hand {
  return position.startsWith('right-') ? 'right' : 'left';
}

/** One finger with its image and the number of attempts (TR-03121: at most 3, the best is kept). */
export const CapturedFinger = z
  .strictObject({
    position: FingerPosition,
    image: FingerArtefact,
    attempts: z.int().min(1).max(3),
    /** Why another finger than the index was taken. */
    insteadOfIndex: text(200).optional(),
    /** A second finger of this hand, because the other hand has none (TR-03121-3.2 v6.0, 4.6 and 4.7). */
    additional: z.literal(true).optional(),
  })
  .readonly();
/** One finger with its image. */
export type CapturedFinger = z.output<typeof CapturedFinger>;

/** Whether what prevents the capture passes. */
export const Permanence = z.enum(['permanent', 'temporary']);

/** A hand without a finger: never asked for, not there, or tried without a usable image. */
export const MissingHand = z.discriminatedUnion('result', [
  z.strictObject({ hand: Hand, result: z.literal('not-requested'), reason: z.literal('under-6') }).readonly(),
  z
    .strictObject({ hand: Hand, result: z.literal('missing'), permanence: Permanence, reason: text(200) })
    .readonly(),
  z
    .strictObject({
      hand: Hand,
      result: z.literal('tried-and-poor'),
      attempts: z.int().min(1).max(3),
      permanence: Permanence,
      reason: text(200),
    })
    .readonly(),
]);
/** A hand without a finger, and why. */
export type MissingHand = z.output<typeof MissingHand>;

/** Outcome of the step FINGERS (§ 5 (9), § 9 (3) PAuswG; Regulation (EU) 2019/1157 Art. 4 (3)). */
export const FingersOutcome = z.enum(['two', 'one', 'none-permanent', 'none-temporary', 'none-under-6']);
/** Outcome of the step FINGERS. */
export type FingersOutcome = z.output<typeof FingersOutcome>;

/**
 * The outcome that captured fingers and missing hands amount to: one finger of each hand, or two different ones of one
 * hand where the other has none; `undefined` while a hand is open or told twice.
 */
export function outcomeOf(
  captured: readonly FingerPosition[],
  missing: readonly MissingHand[],
): FingersOutcome | undefined {
  const hands = [...new Set(captured.map(handOf)), ...missing.map((each) => each.hand)];
  if (hands.length !== 2 || new Set(hands).size !== 2) return undefined;
  if (captured.length > 2 || new Set(captured).size !== captured.length) return undefined;
  const notRequested = missing.filter((each) => each.result === 'not-requested').length;
  if (notRequested === 2) return 'none-under-6';
  if (notRequested > 0) return undefined;
  if (captured.length === 2) return 'two';
  if (captured.length === 1) return 'one';
  return missing.some((each) => each.result !== 'not-requested' && each.permanence === 'temporary')
    ? 'none-temporary'
    : 'none-permanent';
}

/** Fingers, missing hands and the outcome, which must agree: each hand is told exactly once, as captured or as missing. */
export const Fingers = z
  .strictObject({
    outcome: FingersOutcome,
    captured: z.array(CapturedFinger).max(2).readonly(),
    missing: z.array(MissingHand).max(2).readonly(),
  })
  .readonly()
  .superRefine((fingers, context) => {
    const positions = fingers.captured.map((each) => each.position);
    const outcome = outcomeOf(positions, fingers.missing);
    if (outcome === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['captured'],
        message: 'each hand must be told exactly once, as captured or as missing',
      });
    } else if (outcome !== fingers.outcome) {
      context.addIssue({
        code: 'custom',
        path: ['outcome'],
        message: `does not follow from the fingers, which amount to ${outcome}`,
      });
    }
    const hashes = new Set(fingers.captured.map((each) => each.image.sha256));
    if (hashes.size !== fingers.captured.length) {
      context.addIssue({ code: 'custom', path: ['captured'], message: 'two fingers have the same image' });
    }
  });
/** Fingers, missing hands and the outcome. */
export type Fingers = z.output<typeof Fingers>;
