import { BLOCK } from '../block-statistics.js';
import type { CroppedPrint } from '../crop.js';
import { blur, BLUR_41, BLUR_91 } from './blur.js';
import { erode } from './erode.js';
import { binarise, otsuThreshold } from './otsu.js';
import { areasOf, runsOf, type Runs } from './runs.js';

/** Where the finger lies in the print. */
export interface RegionOfInterest {
  /** 1 for each pixel of the finger, row by row. */
  readonly mask: Uint8Array;
  /** How many pixels the finger has. */
  readonly pixels: number;
  /** Mean grey of its pixels; 255 when there are none. */
  readonly mean: number;
  /** 1 for each 32 x 32 block from the top left, partial ones too, that holds some of the finger. */
  readonly isInBlock: Uint8Array;
}

/**
 * Finds the finger: the largest dark area of the blurred print, without holes (the reference's ImgProcROI).
 */
export function regionOfInterest(print: CroppedPrint): RegionOfInterest {
  const { width, height } = print;
  const coarse = blurredAndBinarised(erode(print.data, width, height), width, height, BLUR_41);
  const finger = blurredAndBinarised(coarse, width, height, BLUR_91);
  const mask = largestArea(runsOf(finger, width, height));
  let pixels = 0;
  let sum = 0;
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== 1) continue;
    pixels += 1;
    sum += print.data[at] ?? 0;
  }
  return {
    mask,
    pixels,
    mean: pixels === 0 ? 255 : sum / pixels,
    isInBlock: blocksWith(mask, width, height),
  };
}

function blurredAndBinarised(
  data: Uint8Array,
  width: number,
  height: number,
  kernel: readonly number[],
): Uint8Array {
  const blurred = blur(data, width, height, kernel);
  return binarise(blurred, otsuThreshold(blurred));
}

/** The mask of the black area whose bounding box is largest (the first of equals), holes filled. */
function largestArea(runs: Runs): Uint8Array {
  const isBlack = withoutHoles(runs);
  const area = areasOf(runs, isBlack);
  const largest = largestBox(runs, isBlack, area);
  const mask = new Uint8Array(runs.width * runs.height);
  for (let row = 0; row < runs.height; row += 1) {
    const behind = runs.firstOfRow[row + 1] ?? 0;
    for (let run = runs.firstOfRow[row] ?? 0; run < behind; run += 1) {
      if (isBlack[run] !== 1 || area[run] !== largest) continue;
      mask.fill(1, row * runs.width + (runs.start[run] ?? 0), row * runs.width + (runs.end[run] ?? 0));
    }
  }
  return mask;
}

/** 1 for black runs and for white ones whose area does not reach the edge of the image. */
function withoutHoles(runs: Runs): Uint8Array {
  const area = areasOf(runs, runs.isWhite);
  const reachesEdge = new Uint8Array(area.length);
  for (let row = 0; row < runs.height; row += 1) {
    const behind = runs.firstOfRow[row + 1] ?? 0;
    const isEdgeRow = row === 0 || row === runs.height - 1;
    for (let run = runs.firstOfRow[row] ?? 0; run < behind; run += 1) {
      if (isEdgeRow || runs.start[run] === 0 || runs.end[run] === runs.width) reachesEdge[area[run] ?? 0] = 1;
    }
  }
  return runs.isWhite.map((isWhite, run) => (isWhite === 0 || reachesEdge[area[run] ?? 0] === 0 ? 1 : 0));
}

/** The area with the largest bounding box; -1 where there is none. */
function largestBox(runs: Runs, isMember: Uint8Array, area: Int32Array): number {
  const boxes = new Map<number, { left: number; right: number; top: number; bottom: number }>();
  for (let row = 0; row < runs.height; row += 1) {
    const behind = runs.firstOfRow[row + 1] ?? 0;
    for (let run = runs.firstOfRow[row] ?? 0; run < behind; run += 1) {
      if (isMember[run] !== 1) continue;
      const [left, right] = [runs.start[run] ?? 0, runs.end[run] ?? 0];
      const box = boxes.get(area[run] ?? 0);
      if (box === undefined) {
        boxes.set(area[run] ?? 0, { left, right, top: row, bottom: row + 1 });
        continue;
      }
      box.left = Math.min(box.left, left);
      box.right = Math.max(box.right, right);
      box.bottom = row + 1;
    }
  }
  let largest = -1;
  let size = 0;
  for (const [root, { left, right, top, bottom }] of boxes) {
    if ((right - left) * (bottom - top) <= size) continue;
    size = (right - left) * (bottom - top);
    largest = root;
  }
  return largest;
}

/**
 * Blocks whose mean over the mask (255 outside of the finger) is below 255, with the reference's rounding.
 */
function blocksWith(mask: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / BLOCK);
  const isInBlock = new Uint8Array(columns * Math.ceil(height / BLOCK));
  for (let block = 0; block < isInBlock.length; block += 1) {
    const left = (block % columns) * BLOCK;
    const top = Math.floor(block / columns) * BLOCK;
    const right = Math.min(left + BLOCK, width);
    const bottom = Math.min(top + BLOCK, height);
    let inside = 0;
    for (let row = top; row < bottom; row += 1) {
      const end = row * width + right;
      for (let at = row * width + left; at < end; at += 1) inside += mask[at] ?? 0;
    }
    const pixels = (right - left) * (bottom - top);
    // A partial block of 255 only can come out a little below 255 and counts then.
    isInBlock[block] = 255 * (pixels - inside) * (1 / pixels) < 255 ? 1 : 0;
  }
  return isInBlock;
}
