import type { CroppedPrint } from './crop.js';
import { changesOf, emptyProfile, profileOf } from './ridge-profile.js';
import type { RidgeBlocks } from './ridge-blocks.js';
import { turnBlock, UPRIGHT } from './turned-block.js';

/**
 * Ratios of the widths of neighbouring ridges and valleys in the foreground blocks, ridge to valley (ISO/IEC
 * 29794-4:2024, RVU); the stripes at the edge of a block are incomplete and do not count.
 */
export function ridgeValleyRatios(print: CroppedPrint, blocks: RidgeBlocks): readonly number[] {
  const ratios: number[] = [];
  for (let at = 0; at < blocks.isForeground.length; at += 1) {
    if (blocks.isForeground[at] !== 1) continue;
    const column = at % blocks.columns;
    const row = (at - column) / blocks.columns;
    turnBlock(print, column, row, blocks.orientation[at] ?? 0, 2, UPRIGHT, block);
    profileOf(block, profile);
    addRatios(ratios);
  }
  return ratios;
}

const block = new Uint8Array(UPRIGHT.rows * UPRIGHT.columns);
const profile = emptyProfile();
const changes = new Uint8Array(UPRIGHT.columns);

function addRatios(ratios: number[]): void {
  // A change at the last column is not seen by the reference.
  const count = changesOf(profile, UPRIGHT.columns - 1, changes);
  const isRidgeFirst = profile.isRidge[(changes[0] ?? 0) + 1] === 1;
  const width = (change: number): number => (changes[change] ?? 0) - (changes[change - 1] ?? 0);
  // From the last stripe backwards; the first complete one is left out, as the reference does.
  for (let change = count - 1, k = 0; change > 2; change -= 1, k += 1) {
    const ratio = width(change) / width(change - 1);
    const isInverted = k % 2 === (isRidgeFirst ? 1 : 0);
    ratios.push(isInverted ? 1 / ratio : ratio);
  }
}
