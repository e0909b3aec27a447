import { rgbImage, type GreyImage, type RgbImage } from '@buergerkoffer/formats';
import type { TurnedBox } from './slap-segmentation.js';

type Colour = readonly [red: number, green: number, blue: number];

const EDGE: Colour = [30, 80, 220];
const TIP: Colour = [200, 30, 40];

/** `image` in colour with the boxes drawn into it, the side of the tip in red. */
export function segmentationOverlay(image: GreyImage, boxes: readonly TurnedBox[]): RgbImage {
  const { width, height, resolutionPpi } = image;
  const overlay = rgbImage({ width, height, resolutionPpi });
  for (const [at, grey] of image.data.entries()) overlay.data.fill(grey, 3 * at, 3 * at + 3);
  for (const box of boxes) {
    const [right, bottom] = [box.width / 2, box.height / 2];
    drawLine(overlay, box, [-right, -bottom], [right, -bottom], TIP);
    drawLine(overlay, box, [right, -bottom], [right, bottom], EDGE);
    drawLine(overlay, box, [right, bottom], [-right, bottom], EDGE);
    drawLine(overlay, box, [-right, bottom], [-right, -bottom], EDGE);
  }
  return overlay;
}

type Point = readonly [across: number, along: number];

/** A line of three pixels' width between two points of `box`, measured from its middle. */
function drawLine(image: RgbImage, box: TurnedBox, from: Point, to: Point, colour: Colour): void {
  const angle = (box.rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]));
  for (let step = 0; step <= steps; step += 1) {
    const share = steps === 0 ? 0 : step / steps;
    const across = from[0] + share * (to[0] - from[0]);
    const along = from[1] + share * (to[1] - from[1]);
    const x = Math.round(box.centreX + cos * across - sin * along);
    const y = Math.round(box.centreY + sin * across + cos * along);
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) put(image, x + dx, y + dy, colour);
  }
}

function put({ data, width, height }: RgbImage, x: number, y: number, colour: Colour): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  data.set(colour, 3 * (y * width + x));
}
