import { InputError } from '@buergerkoffer/formats';
import { PAGE } from '../layout/style.js';

/** A rectangle in points from the top left corner of a page. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What was painted where; the proof that nothing overlaps and nothing leaves the page. */
export interface LayoutBox extends Rectangle {
  readonly kind: 'text' | 'picture' | 'field' | 'code';
  /** Counts from 0. */
  readonly page: number;
  /** The field or element that it belongs to, as a path (`holder.familyName`); never its content. */
  readonly path: string;
}

/** To hundredths of a point: a sixth of a dot at 1200 dpi. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Left, upper edge, width and height with all four edges in hundredths, so that boxes that touch go on touching. */
export function edges({
  x,
  y,
  width,
  height,
}: Rectangle): [x: number, y: number, width: number, height: number] {
  const [left, top] = [hundredths(x), hundredths(y)];
  return [left, top, hundredths(hundredths(x + width) - left), hundredths(hundredths(y + height) - top)];
}

/** How far a box may leave the page by rounding, in points. */
const MARGIN = 0.01;

/** @throws InputError `too-large` with the path of a box that leaves the page, or on its right the edge that is given. */
export function refuseOutside(kind: LayoutBox['kind'], path: string, box: Rectangle, right: number): void {
  const isInside =
    box.x >= 0 && box.y >= 0 && box.x + box.width <= right + MARGIN && box.y + box.height <= PAGE.height;
  if (!isInside) throw new InputError('too-large', `${kind} leaves the page`, { path });
}
