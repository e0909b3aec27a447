import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { mapPoint, turnAbout } from '../../src/photo/affine.js';
import { mapFacePoints, type FacePoints, type Point } from '../../src/photo/index.js';

/** What an invented face looks like: eye midpoint, size, roll. */
export interface MadeFace {
  readonly eyes: Point;
  readonly eyeDistancePx: number;
  readonly rollDeg?: number;
}

/** The points of a face with the proportions of an adult's: head height 3.4 times, width 2 times the eye distance. */
export function madePoints({ eyes, eyeDistancePx: ied, rollDeg = 0 }: MadeFace): FacePoints {
  const at = (x: number, y: number): Point => ({ x: eyes.x + x * ied, y: eyes.y + y * ied });
  const level = {
    rightEyeOuter: at(-0.75, 0),
    rightEyeInner: at(-0.25, 0),
    leftEyeInner: at(0.25, 0),
    leftEyeOuter: at(0.75, 0),
    chin: at(0, 1.7),
    crown: at(0, -1.7),
    headRight: at(-1, 0.4),
    headLeft: at(1, 0.4),
  };
  return mapFacePoints(level, turnAbout(eyes, rollDeg));
}

/** A grey picture with a dark disc of this radius at each place. */
export function discs(width: number, height: number, places: readonly Point[], radius: number): RgbImage {
  const image = rgbImage({ width, height });
  image.data.fill(200);
  for (const { x, y } of places) {
    for (let row = Math.floor(y - radius - 2); row <= y + radius + 2; row += 1) {
      for (let column = Math.floor(x - radius - 2); column <= x + radius + 2; column += 1) {
        if (row < 0 || column < 0 || row >= height || column >= width) continue;
        const beyond = Math.hypot(column + 0.5 - x, row + 0.5 - y) - radius;
        const share = Math.min(1, Math.max(0, 0.5 - beyond));
        image.data.fill(
          Math.round(200 - 180 * share),
          3 * (row * width + column),
          3 * (row * width + column) + 3,
        );
      }
    }
  }
  return image;
}

/** Centre of what is darker than the background within `reach` of a place, in pixels. */
export function darkCentre(image: RgbImage, near: Point, reach: number): Point {
  let [mass, x, y] = [0, 0, 0];
  for (let row = Math.floor(near.y - reach); row <= near.y + reach; row += 1) {
    for (let column = Math.floor(near.x - reach); column <= near.x + reach; column += 1) {
      const dark = Math.max(0, 195 - (image.data[3 * (row * image.width + column)] ?? 200));
      mass += dark;
      x += dark * (column + 0.5);
      y += dark * (row + 0.5);
    }
  }
  return { x: x / mass, y: y / mass };
}

/** A place seen in another picture. */
export { mapPoint };
