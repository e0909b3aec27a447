import { InputError } from '@buergerkoffer/formats';
import { checkSignature, type PenSample, type Signature } from '../model/pen-sample.js';
import { strokesOf } from '../model/strokes.js';

/** What can be measured about a signature; whether it will do is for people to say. */
export interface SignatureMeasures {
  /** How often the pen was set down. */
  readonly strokes: number;
  /** Milliseconds from the first touch to the last. */
  readonly durationMs: number;
  /** Milliseconds of it with the pen down. */
  readonly penDownMs: number;
  /** Length of all strokes, in millimetres. */
  readonly lengthMm: number;
  /** Width and height of the ink, in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
  /**
   * Share of the written samples that lie in the border zone of the pad, 0 to 1: many mean that the signature
   * ran off the pad.
   */
  readonly borderShare: number;
}

/**
 * The measures of a signature; `borderMm` is the width of the border zone. All are 0 when nothing is written.
 * Samples that cannot be are `InputError('out-of-range')`.
 */
export function signatureMeasures(signature: Signature, borderMm = 2): SignatureMeasures {
  checkSignature(signature);
  if (!(borderMm >= 0)) {
    throw new InputError('out-of-range', 'borderMm is not a number of 0 or more', { path: 'borderMm' });
  }
  const strokes = strokesOf(signature.samples);
  const written = strokes.flat();
  const atBorder = written.filter(
    ({ x, y }) => Math.min(x, y, signature.widthMm - x, signature.heightMm - y) < borderMm,
  );
  return {
    strokes: strokes.length,
    durationMs: spanOf(written, ({ tMs }) => tMs),
    penDownMs: total(strokes, (stroke) => spanOf(stroke, ({ tMs }) => tMs)),
    lengthMm: total(strokes, lengthOf),
    widthMm: spanOf(written, ({ x }) => x),
    heightMm: spanOf(written, ({ y }) => y),
    borderShare: written.length === 0 ? 0 : atBorder.length / written.length,
  };
}

function spanOf(samples: readonly PenSample[], value: (sample: PenSample) => number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    low = Math.min(low, value(sample));
    high = Math.max(high, value(sample));
  }
  return samples.length === 0 ? 0 : high - low;
}

function lengthOf(stroke: readonly PenSample[]): number {
  let length = 0;
  for (const [i, { x, y }] of stroke.entries()) {
    const before = stroke[i - 1];
    if (before !== undefined) length += Math.hypot(x - before.x, y - before.y);
  }
  return length;
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
