import type { FilterBank } from './filter-bank.js';
import type { Lifting } from './lifting.js';
import { mirrorEnds } from './mirror.js';

const PAD = 4;

/**
 * The bank of 9 and 7 taps by lifting: one pass over the line, four multiplications for two samples.
 * Both passes start one pair before the line, on mirrored samples, and lag one pair (analysis) or two behind.
 */
export function liftingBank(lifting: Lifting): FilterBank {
  const gainOfOne = gainOfSingleSample(lifting);

  function analyse(
    line: Float32Array,
    start: number,
    length: number,
    out: Float32Array,
    lowAt: number,
    highAt: number,
  ): void {
    if (length === 1) {
      out[lowAt] = (line[start] ?? 0) * gainOfOne;
      return;
    }
    // Variables of the function, not of the closure: the loop then keeps them in registers.
    const { alpha, beta, gamma, delta, lowScale, highScale } = lifting;
    mirrorEnds(line, start, length, PAD);
    const half = length >> 1;
    let even = line[start - 2] ?? 0;
    let odd1 = (line[start - 3] ?? 0) + alpha * ((line[start - 4] ?? 0) + even);
    let even1 = 0;
    let odd2 = 0;
    let low = lowAt - 2;
    let high = highAt - 2;
    for (let pair = -1, at = start - 2; pair <= half; pair += 1, at += 2) {
      const nextEven = line[at + 2] ?? 0;
      const nextOdd1 = (line[at + 1] ?? 0) + alpha * (even + nextEven);
      const nextEven1 = even + beta * (odd1 + nextOdd1);
      const nextOdd2 = odd1 + gamma * (even1 + nextEven1);
      if (pair > 0) {
        out[low] = (even1 + delta * (odd2 + nextOdd2)) * lowScale;
        out[high] = nextOdd2 * highScale;
      }
      low += 1;
      high += 1;
      even = nextEven;
      odd1 = nextOdd1;
      even1 = nextEven1;
      odd2 = nextOdd2;
    }
    if (length % 2 === 0) return;
    const at = start + length + 1;
    const nextOdd1 = (line[at + 1] ?? 0) + alpha * (even + (line[at + 2] ?? 0));
    const nextOdd2 = odd1 + gamma * (even1 + even + beta * (odd1 + nextOdd1));
    out[low] = (even1 + delta * (odd2 + nextOdd2)) * lowScale;
  }

  function synthesise(
    line: Float32Array,
    start: number,
    length: number,
    out: Float32Array,
    at: number,
  ): void {
    if (length === 1) {
      out[at] = (line[start] ?? 0) / gainOfOne;
      return;
    }
    const { alpha, beta, gamma, delta } = lifting;
    const [lowInverse, highInverse] = [1 / lifting.lowScale, 1 / lifting.highScale];
    mirrorEnds(line, start, length, PAD);
    const half = length >> 1;
    let odd2 = (line[start - 3] ?? 0) * highInverse;
    let even1 = 0;
    let odd1 = 0;
    let even = 0;
    for (let pair = -1, from = start - 2, to = at - 5; pair <= half; pair += 1, from += 2, to += 2) {
      const nextOdd2 = (line[from + 1] ?? 0) * highInverse;
      const nextEven1 = (line[from] ?? 0) * lowInverse - delta * (odd2 + nextOdd2);
      const nextOdd1 = odd2 - gamma * (even1 + nextEven1);
      const nextEven = even1 - beta * (odd1 + nextOdd1);
      if (pair > 1) out[to] = odd1 - alpha * (even + nextEven);
      if (pair > 0) out[to + 1] = nextEven;
      odd2 = nextOdd2;
      even1 = nextEven1;
      odd1 = nextOdd1;
      even = nextEven;
    }
    const from = start + 2 * half + 2;
    const nextEven1 = (line[from] ?? 0) * lowInverse - delta * (odd2 + (line[from + 1] ?? 0) * highInverse);
    const nextOdd1 = odd2 - gamma * (even1 + nextEven1);
    const nextEven = even1 - beta * (odd1 + nextOdd1);
    out[at + 2 * half - 1] = odd1 - alpha * (even + nextEven);
    if (length % 2 === 1) out[at + 2 * half] = nextEven;
  }

  return { pad: PAD, analyse, synthesise };
}

/** What becomes of a line of one sample, whose neighbours are the sample itself: the sum of the low taps. */
function gainOfSingleSample({ alpha, beta, gamma, delta, lowScale }: Lifting): number {
  const odd1 = 1 + 2 * alpha;
  const even1 = 1 + 2 * beta * odd1;
  const odd2 = odd1 + 2 * gamma * even1;
  return (even1 + 2 * delta * odd2) * lowScale;
}
