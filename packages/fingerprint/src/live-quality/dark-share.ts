import type { GreyImage } from '@buergerkoffer/formats';
import type { RidgeCells } from '../segmentation/ridge-cells.js';

/** Share of pixels that are taken for full contact, and of the image for bare glass, when greys are measured. */
const INK_SHARE = 0.03;
const GLASS_SHARE = 0.98;
/** Least difference of glass and skin, in grey levels. */
const LEAST_DEPTH = 30;

/** Grey of the bare glass in `frame`. */
export function glassGrey(frame: GreyImage): number {
  const all = new Uint32Array(256);
  for (const grey of frame.data) all[grey] = (all[grey] ?? 0) + 1;
  return greyBelow(all, GLASS_SHARE);
}

/**
 * Share of the pixels under `members`, indices of `cells`, that are darker than halfway from the bare `glass` to skin in
 * full contact: 0 to 1.
 */
export function darkShare(
  frame: GreyImage,
  cells: RidgeCells,
  members: readonly number[],
  glass: number,
): number {
  const skin = new Uint32Array(256);
  for (const cell of members) {
    const left = (cell % cells.columns) * cells.cellPx;
    const top = Math.floor(cell / cells.columns) * cells.cellPx;
    for (let row = top; row < top + cells.cellPx; row += 1) {
      for (let at = row * frame.width + left; at < row * frame.width + left + cells.cellPx; at += 1) {
        const grey = frame.data[at] ?? 0;
        skin[grey] = (skin[grey] ?? 0) + 1;
      }
    }
  }
  const ink = Math.min(greyBelow(skin, INK_SHARE), glass - LEAST_DEPTH);
  const halfway = (glass + ink) / 2;
  let [dark, count] = [0, 0];
  for (const [grey, pixels] of skin.entries()) {
    count += pixels;
    if (grey < halfway) dark += pixels;
  }
  return count === 0 ? 0 : dark / count;
}

/** The lowest grey that has `share` of the pixels at or below it. */
function greyBelow(histogram: Uint32Array, share: number): number {
  const all = histogram.reduce((sum, pixels) => sum + pixels, 0);
  let count = 0;
  for (const [grey, pixels] of histogram.entries()) {
    count += pixels;
    if (count >= share * all) return grey;
  }
  return 255;
}
