import { BLOCK } from './block-statistics.js';
import type { CroppedPrint } from './crop.js';
import { gradientMoments, type GradientMoments } from './gradients.js';

/** How strongly the gradients of each 32 x 32 block agree. */
export interface OrientationStrength {
  /** Certainty of the whole blocks that have any gradient, 0 to 1, row by row (ISO/IEC 29794-4:2024, OCL). */
  readonly certainties: readonly number[];
  /** Coherence of every block from the top left, partial ones too, 0 to 1, row by row. */
  readonly coherences: Float64Array;
}

/** Looks at the gradients of every block of `print`. */
export function orientationStrength(print: CroppedPrint): OrientationStrength {
  const columns = Math.ceil(print.width / BLOCK);
  const rows = Math.ceil(print.height / BLOCK);
  const coherences = new Float64Array(columns * rows);
  const certainties: number[] = [];
  const moments = { xx: 0, yy: 0, xy: 0 };
  for (let at = 0; at < coherences.length; at += 1) {
    const left = (at % columns) * BLOCK;
    const top = Math.floor(at / columns) * BLOCK;
    const width = Math.min(BLOCK, print.width - left);
    const height = Math.min(BLOCK, print.height - top);
    gradientMoments(print.data, print.width, left, top, width, height, moments);
    coherences[at] = coherenceOf(moments);
    const isWhole = width === BLOCK && height === BLOCK;
    const certainty = isWhole ? certaintyOf(moments) : undefined;
    if (certainty !== undefined) certainties.push(certainty);
  }
  return { certainties, coherences };
}

/** Orientation certainty of the whole block whose top left pixel is given; 0 where it has no gradient. */
export function certaintyAt(print: CroppedPrint, left: number, top: number): number {
  const moments = { xx: 0, yy: 0, xy: 0 };
  gradientMoments(print.data, print.width, left, top, BLOCK, BLOCK, moments);
  return certaintyOf(moments) ?? 0;
}

/** 1 less the ratio of the eigenvalues of the gradients' covariance; none where there is no gradient. */
function certaintyOf({ xx, yy, xy }: GradientMoments): number | undefined {
  const [a, b, c] = [xx / BLOCK ** 2, yy / BLOCK ** 2, xy / BLOCK ** 2];
  const root = Math.sqrt((a - b) ** 2 + 4 * c ** 2);
  const largest = (a + b + root) / 2;
  const smallest = (a + b - root) / 2;
  return largest === 0 ? undefined : 1 - smallest / largest;
}

/** Length of the sum of the squared gradients over the sum of their lengths. */
function coherenceOf({ xx, yy, xy }: GradientMoments): number {
  const [x, y] = [xx - yy, 2 * xy];
  const lengths = xx + yy;
  return lengths === 0 ? 0 : Math.sqrt(x * x + y * y) / lengths;
}
