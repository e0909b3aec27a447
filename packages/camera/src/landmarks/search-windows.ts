import type { ImageWindow } from './image-window.js';

/** Side of a part of the image that is looked at closely, as a share of the image's sides; parts overlap. */
const PART = 0.6;

/** Ways of looking at an image of this size, the most likely first; each is tried when those before it found no face. */
export function searchWindows(width: number, height: number): readonly (readonly ImageWindow[])[] {
  const centre = { x: width / 2, y: height / 2 };
  const side = Math.max(width, height);
  const whole: ImageWindow = { centre, side, angle: 0 };
  const turned = [1, -1, 2].map((quarters) => ({ ...whole, angle: (quarters * Math.PI) / 2 }));
  const fromAfar = { ...whole, side: side * 1.6 };
  const near = { x: (width * (1 - PART)) / 2, y: (height * (1 - PART)) / 2 };
  const parts = [
    [0, 0],
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([across = 0, down = 0]) => ({
    centre: { x: centre.x + across * near.x, y: centre.y + down * near.y },
    side: side * PART,
    angle: 0,
  }));
  return [[whole], turned, [fromAfar], parts];
}
