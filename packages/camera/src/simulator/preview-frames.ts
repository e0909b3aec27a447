import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import type { PreviewFrame } from '../camera.js';
import { encodeJpeg } from '../photo/encode-jpeg.js';
import type { DrawnPerson } from '../synthesis/person.js';
import { drawPortrait } from '../synthesis/portrait.js';

/** Rows of the drawing that the live view looks at, and of the frame itself. */
const DRAWN_ROWS = 440;
const WIDTH = 308;
const HEIGHT = 396;
const QUALITY = 75;
/** Where the camera looks, in steps of a hand that does not hold quite still: columns and rows of the drawing. */
const SWAY = [
  [16, 22],
  [19, 23],
  [21, 25],
  [19, 27],
  [15, 26],
  [12, 24],
] as const;

/** One round of the live view, as six small JPEG frames; shown again and again it moves without a jump. */
export function previewFrames(person: DrawnPerson): readonly Omit<PreviewFrame, 'sequence'>[] {
  const drawing = drawPortrait(person, DRAWN_ROWS);
  return SWAY.map(([x, y]) => ({
    mediaType: 'image/jpeg',
    bytes: encodeJpeg(window(drawing, x, y), QUALITY),
    widthPx: WIDTH,
    heightPx: HEIGHT,
  }));
}

function window(image: RgbImage, left: number, top: number): RgbImage {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let row = 0; row < HEIGHT; row++) {
    const from = ((top + row) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + WIDTH * 3), row * WIDTH * 3);
  }
  return rgbImage({ width: WIDTH, height: HEIGHT, data });
}
