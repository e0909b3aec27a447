import { InputError } from '@buergerkoffer/formats';
import type { Minutia } from '../minutiae/minutia.js';
import { BLOCK, type BlockStatistics } from './block-statistics.js';
import type { CroppedPrint } from './crop.js';
import { certaintyAt } from './orientation-certainty.js';

/** The four measures that need minutiae. */
export interface MinutiaeMeasures {
  /** How many minutiae there are. */
  readonly count: number;
  /** How many lie in the 200 x 200 pixels around their centre of mass. */
  readonly countAroundCentre: number;
  /**
   * Share of minutiae whose surroundings are up to half a deviation darker than the image; NaN without
   * minutiae.
   */
  readonly darkShare: number;
  /** Share of minutiae whose surroundings have an orientation certainty above 80 %; NaN without minutiae. */
  readonly certainShare: number;
}

/** Half the side of the square around the centre of mass. */
const HALF_SQUARE = 100;

/** Measures `minutiae`, in pixels of `print`; one outside of it is `InputError('out-of-range')`. */
export function minutiaeMeasures(
  minutiae: readonly Minutia[],
  print: CroppedPrint,
  statistics: BlockStatistics,
): MinutiaeMeasures {
  for (const [i, minutia] of minutiae.entries()) checkInside(minutia, i, print);
  const count = minutiae.length;
  const dark = minutiae.filter((minutia) => isDarker(minutia, print, statistics)).length;
  const certain = minutiae.filter((minutia) => isCertain(minutia, print)).length;
  return {
    count,
    countAroundCentre: countAroundCentre(minutiae, print),
    darkShare: dark / count,
    certainShare: certain / count,
  };
}

function checkInside({ x, y }: Minutia, index: number, { width, height }: CroppedPrint): void {
  const isInside = Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < width && y < height;
  if (isInside) return;
  throw new InputError('out-of-range', `minutia ${index} does not lie in the print of ${width} x ${height}`, {
    path: `minutiae.${index}`,
    remedy: 'give the minutiae of this image, in whole pixels from the top left corner of the print',
  });
}

function countAroundCentre(minutiae: readonly Minutia[], { width, height }: CroppedPrint): number {
  if (minutiae.length === 0) return 0;
  const centreX = Math.floor(minutiae.reduce((sum, { x }) => sum + x, 0) / minutiae.length);
  const centreY = Math.floor(minutiae.reduce((sum, { y }) => sum + y, 0) / minutiae.length);
  const right = Math.min(centreX + HALF_SQUARE, width - 1);
  const bottom = Math.min(centreY + HALF_SQUARE, height - 1);
  return minutiae.filter(
    ({ x, y }) => x >= centreX - HALF_SQUARE && x <= right && y >= centreY - HALF_SQUARE && y <= bottom,
  ).length;
}

/**
 * The block around the minutia, cut at the right and lower edge, is 0 to 0.5 deviations darker than the
 * image.
 */
function isDarker({ x, y }: Minutia, print: CroppedPrint, { mean, deviation }: BlockStatistics): boolean {
  const left = Math.max(x - BLOCK / 2, 0);
  const top = Math.max(y - BLOCK / 2, 0);
  const right = Math.min(left + BLOCK, print.width);
  const bottom = Math.min(top + BLOCK, print.height);
  let sum = 0;
  for (let row = top; row < bottom; row += 1) {
    const end = row * print.width + right;
    for (let at = row * print.width + left; at < end; at += 1) sum += print.data[at] ?? 0;
  }
  const blockMean = sum * (1 / ((right - left) * (bottom - top)));
  const darker = (mean - blockMean) / deviation;
  return darker > 0 && darker <= 0.5;
}

/** The whole block nearest around the minutia has a certainty above 80, in whole percent. */
function isCertain({ x, y }: Minutia, print: CroppedPrint): boolean {
  const left = Math.min(Math.max(x - BLOCK / 2, 0), print.width - BLOCK);
  const top = Math.min(Math.max(y - BLOCK / 2, 0), print.height - BLOCK);
  return Math.trunc(certaintyAt(print, left, top) * 100 + 0.5) > 80;
}
