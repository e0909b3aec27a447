import type { RgbImage } from '@buergerkoffer/formats';
import type { Point } from '../photo/face-points.js';

/** A square seen through a turned frame: what a network gets as its input. */
export interface ImageWindow {
  /** Middle, in pixels of the image. */
  readonly centre: Point;
  /** Length of a side, in pixels of the image. */
  readonly side: number;
  /** How far its x axis is turned clockwise on the image, in radians. */
  readonly angle: number;
}

/** How values from 0 to 255 become those that a network wants: `value * gain + offset`. */
export interface ValueScale {
  readonly gain: number;
  readonly offset: number;
}

/** At most so many samples a side are averaged for one value, one for every two pixels that it covers: each sees two. */
const MAX_SAMPLES = 3;

/** The place on the image of a place in the window, both in pixels; the window is `side` pixels wide. */
export function fromWindow(window: ImageWindow, side: number, x: number, y: number): Point {
  const scale = window.side / side;
  const dx = (x - side / 2) * scale;
  const dy = (y - side / 2) * scale;
  const cos = Math.cos(window.angle);
  const sin = Math.sin(window.angle);
  return { x: window.centre.x + dx * cos - dy * sin, y: window.centre.y + dx * sin + dy * cos };
}

/**
 * The pixels of `window`, `side` x `side` x RGB: each the mean of up to 3 x 3 bilinear samples, so that a large photo does
 * not become jagged. Outside the image the nearest pixel is repeated.
 */
export function sampleWindow(
  image: RgbImage,
  window: ImageWindow,
  side: number,
  { gain, offset }: ValueScale,
): Float32Array {
  const values = new Float32Array(side * side * 3);
  const scale = window.side / side;
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.ceil(scale / 2)));
  const stepX = (Math.cos(window.angle) * scale) / samples;
  const stepY = (Math.sin(window.angle) * scale) / samples;
  const corner = fromWindow(window, side, 0, 0);
  // The middle of the first sample; half a pixel less, since a pixel's value stands in its middle.
  const left = corner.x + (stepX - stepY) / 2 - 0.5;
  const top = corner.y + (stepY + stepX) / 2 - 0.5;
  const weight = gain / (samples * samples);
  const sum: Colour = { red: 0, green: 0, blue: 0 };
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 3) {
      sum.red = sum.green = sum.blue = 0;
      for (let sampleRow = row * samples; sampleRow < (row + 1) * samples; sampleRow++) {
        for (let sampleColumn = column * samples; sampleColumn < (column + 1) * samples; sampleColumn++) {
          const x = left + sampleColumn * stepX - sampleRow * stepY;
          const y = top + sampleColumn * stepY + sampleRow * stepX;
          addColourAt(image, x, y, sum);
        }
      }
      values[at] = sum.red * weight + offset;
      values[at + 1] = sum.green * weight + offset;
      values[at + 2] = sum.blue * weight + offset;
    }
  }
  return values;
}

/** A sum of colours. */
interface Colour {
  red: number;
  green: number;
  blue: number;
}

/** Adds the colour between four pixels to `sum`. */
function addColourAt({ width, height, data }: RgbImage, x: number, y: number, sum: Colour): void {
  const inX = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const inY = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const column = Math.floor(inX);
  const row = Math.floor(inY);
  const right = inX - column;
  const below = inY - row;
  const above = (row * width + column) * 3;
  const next = column + 1 < width ? 3 : 0;
  const under = above + (row + 1 < height ? width * 3 : 0);
  const w11 = right * below;
  const w10 = right - w11;
  const w01 = below - w11;
  const w00 = 1 - right - w01;
  const mix = (channel: number): number =>
    w00 * (data[above + channel] ?? 0) +
    w10 * (data[above + next + channel] ?? 0) +
    w01 * (data[under + channel] ?? 0) +
    w11 * (data[under + next + channel] ?? 0);
  sum.red += mix(0);
  sum.green += mix(1);
  sum.blue += mix(2);
}
