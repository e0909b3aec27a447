import type { GreyImage } from '@buergerkoffer/formats';
import { cutOut, type Squares } from './cut-out.js';
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
  return fingers.map((finger) => {
    const box = fingertipBox(finger, cells, foreground);
    return { box, image: cutOut(image, box, othersThan(finger, fingers, cells)) };
  });
}

/** Where the other fingers lie. */
function othersThan(finger: Finger, fingers: readonly Finger[], { columns, cellPx }: RidgeCells): Squares {
  const members = fingers.filter((other) => other !== finger).flatMap(({ region }) => region.cells);
  return { side: cellPx, columns, members };
}
