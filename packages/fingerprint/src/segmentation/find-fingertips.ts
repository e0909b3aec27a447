import type { GreyImage } from '@buergerkoffer/formats';
import { cutOut } from './cut-out.js';
import { fingersOf, type Finger } from './fingers.js';
import { fingertipBox } from './fingertip-box.js';
import { foregroundOf } from './foreground.js';
import { ridgeCells, type RidgeCells } from './ridge-cells.js';
import type { Fingertip } from './slap-segmentation.js';

/**
 * Finds the fingertips in an image of the glass, left to right, each turned upright, cut off at the crease of its
 * joint, without its neighbours (BSI TR-03121-3, 5.3.3). Fingers may be turned by up to 45 degrees.
 *
 * 8-bit grey, dark ridges on bright glass, 200 to 1,300 ppi; an image that does not say its resolution is taken for
 * 500 ppi. Another resolution is `InputError('unsupported')`.
 */
export function findFingertips(image: GreyImage): readonly Fingertip[] {
  const cells = ridgeCells(image);
  const foreground = foregroundOf(cells);
  const fingers = fingersOf(cells, foreground);
  const owner = ownersOf(fingers, cells);
  return fingers.map((finger, i) => {
    const box = fingertipBox(finger, cells, foreground);
    return { box, image: cutOut(image, box, elsewhere(owner, i + 1, cells)) };
  });
}

/** The number of its finger for each cell, from 1; 0 where none lies. */
function ownersOf(fingers: readonly Finger[], { columns, rows }: RidgeCells): Uint8Array {
  const owner = new Uint8Array(columns * rows);
  for (const [i, { region }] of fingers.entries()) for (const cell of region.cells) owner[cell] = i + 1;
  return owner;
}

function elsewhere(owner: Uint8Array, own: number, { columns, rows, cellPx }: RidgeCells) {
  return (x: number, y: number): boolean => {
    const [column, row] = [Math.floor(x / cellPx), Math.floor(y / cellPx)];
    if (column < 0 || row < 0 || column >= columns || row >= rows) return false;
    const here = owner[row * columns + column] ?? 0;
    return here !== 0 && here !== own;
  };
}
