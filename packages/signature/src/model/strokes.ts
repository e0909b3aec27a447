import type { PenSample } from './pen-sample.js';

/** The strokes of a signature: each an unbroken run of samples with the pen down, at least one sample long. */
export function strokesOf(samples: readonly PenSample[]): readonly (readonly PenSample[])[] {
  const strokes: PenSample[][] = [];
  let current: PenSample[] | undefined;
  for (const sample of samples) {
    if (!sample.down) {
      current = undefined;
    } else if (current === undefined) {
      current = [sample];
      strokes.push(current);
    } else {
      current.push(sample);
    }
  }
  return strokes;
}
