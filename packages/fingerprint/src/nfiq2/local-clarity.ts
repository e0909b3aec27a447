import type { CroppedPrint } from './crop.js';
import { changesOf, emptyProfile, profileOf } from './ridge-profile.js';
import type { RidgeBlocks } from './ridge-blocks.js';
import { turnBlock, UPRIGHT } from './turned-block.js';

/** Widths are relative to this, in pixels at 500 ppi. */
const WIDEST = 20;
/** Mean widths that ridges and valleys may have, in pixels at 500 ppi. */
const RIDGE_WIDTH = { least: 3, most: 10 };
const VALLEY_WIDTH = { least: 2, most: 10 };

/** Local clarity of the foreground blocks, each 0 (worst) to 1 (ISO/IEC 29794-4:2024, LCS). */
export function localClarities(print: CroppedPrint, blocks: RidgeBlocks): readonly number[] {
  const clarities: number[] = [];
  for (let at = 0; at < blocks.isForeground.length; at += 1) {
    if (blocks.isForeground[at] !== 1) continue;
    const column = at % blocks.columns;
    const row = (at - column) / blocks.columns;
    turnBlock(print, column, row, blocks.orientation[at] ?? 0, 0, UPRIGHT, block);
    clarities.push(clarityOf(block));
  }
  return clarities;
}

const block = new Uint8Array(UPRIGHT.rows * UPRIGHT.columns);
const profile = emptyProfile();
const changes = new Uint8Array(UPRIGHT.columns);

/** 1 less the mean share of ridge pixels that are too bright and of valley pixels that are too dark. */
function clarityOf(pixels: Uint8Array): number {
  profileOf(pixels, profile);
  const count = changesOf(profile, UPRIGHT.columns, changes);
  if (count === 0) return 0;
  const isRidgeFirst = profile.isRidge[0] === 1;
  const ridge = meanWidth(count, isRidgeFirst ? 0 : 1);
  const valley = meanWidth(count, isRidgeFirst ? 1 : 0);
  if (ridge < RIDGE_WIDTH.least / WIDEST || ridge > RIDGE_WIDTH.most / WIDEST) return 0;
  if (valley < VALLEY_WIDTH.least / WIDEST || valley > VALLEY_WIDTH.most / WIDEST) return 0;
  return 1 - overlap(pixels);
}

/**
 * Mean relative width of every second stripe from `first` on; 0 without any. The order of additions is
 * OpenCV's, fours first and the rest one by one: means lie on the very limits of widths.
 */
function meanWidth(count: number, first: number): number {
  const widths = Math.ceil((count - first) / 2);
  if (widths <= 0) return 0;
  let sum = 0;
  let n = 0;
  for (; n + 4 <= widths; n += 4) {
    const at = first + 2 * n;
    sum += widthAt(at) + widthAt(at + 2) + widthAt(at + 4) + widthAt(at + 6);
  }
  for (; n < widths; n += 1) sum += widthAt(first + 2 * n);
  return sum * (1 / widths);
}

/** The relative width of the stripe that ends at change `i`; the first begins at 0. */
function widthAt(i: number): number {
  return ((changes[i] ?? 0) - (i === 0 ? 0 : (changes[i - 1] ?? 0))) / WIDEST;
}

function overlap(pixels: Uint8Array): number {
  let tooDark = 0;
  let tooBright = 0;
  let ridges = 0;
  for (let column = 0; column < UPRIGHT.columns; column += 1) {
    const line = profile.line[column] ?? 0;
    let below = 0;
    for (let at = column; at < pixels.length; at += UPRIGHT.columns) {
      if ((pixels[at] ?? 0) < line) below += 1;
    }
    if (profile.isRidge[column] === 1) {
      ridges += UPRIGHT.rows;
      tooBright += UPRIGHT.rows - below;
    } else {
      tooDark += below;
    }
  }
  const valleys = pixels.length - ridges;
  return (tooDark / valleys + tooBright / ridges) / 2;
}
