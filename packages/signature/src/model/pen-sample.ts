import { InputError } from '@buergerkoffer/formats';

/** Where the pen is at one moment. */
export interface PenSample {
  /** Millimetres from the left edge of the writing area. */
  readonly x: number;
  /** Millimetres from its top edge. */
  readonly y: number;
  /** 0 (none) to 1 (the most that the pad can tell). */
  readonly pressure: number;
  /** Milliseconds since the pad was ready; never less than in the sample before. */
  readonly tMs: number;
  /** True while the tip touches: the pen writes. */
  readonly down: boolean;
}

/**
 * A signature as it was written. Time and pressure are biometric data: keep the samples only as long as the
 * purpose needs them, and the image afterwards.
 */
export interface Signature {
  /** In the order of time, pen lifts included. */
  readonly samples: readonly PenSample[];
  /** Size of the writing area, in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * Refuses samples that nobody can have written: a coordinate, pressure or time outside its range, or time that
 * runs backwards, is `InputError('out-of-range')` with the path of the value (`samples[3].x`).
 */
export function checkSignature(signature: Signature): void {
  const { samples, widthMm, heightMm } = signature;
  within(widthMm, Number.MIN_VALUE, MAX_SIDE_MM, 'widthMm');
  within(heightMm, Number.MIN_VALUE, MAX_SIDE_MM, 'heightMm');
  let earliest = 0;
  for (const [i, { x, y, pressure, tMs }] of samples.entries()) {
    within(x, 0, widthMm, `samples[${i}].x`);
    within(y, 0, heightMm, `samples[${i}].y`);
    within(pressure, 0, 1, `samples[${i}].pressure`);
    within(tMs, earliest, Number.MAX_SAFE_INTEGER, `samples[${i}].tMs`);
    earliest = tMs;
  }
}

/** Larger writing areas than this are a mistake in the unit, in millimetres. */
const MAX_SIDE_MM = 1_000;

function within(value: number, low: number, high: number, path: string): void {
  if (value >= low && value <= high) return;
  throw new InputError('out-of-range', `${path} is not between ${low} and ${high}`, { path });
}
