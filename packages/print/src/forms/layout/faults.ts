import type { LayoutBox } from '../pdf/boxes.js';
import { PAGE } from './style.js';

/** Two things on paper that cover each other, or one that leaves the type area. */
export interface LayoutFault {
  readonly type: 'overlap' | 'outside';
  readonly page: number;
  readonly paths: readonly string[];
}

/** Points by which ascender and descender boxes of neighbouring lines may touch. */
const TOUCH = 0.3;

/** Every fault of a layout, from its boxes; an empty list is the proof that nothing is clipped or covered. */
export function findLayoutFaults(boxes: readonly LayoutBox[]): LayoutFault[] {
  const faults: LayoutFault[] = [];
  for (const [index, box] of boxes.entries()) {
    const outside =
      box.x < PAGE.left - TOUCH ||
      box.x + box.width > PAGE.right + TOUCH ||
      box.y < PAGE.top - 6 ||
      box.y + box.height > PAGE.footer + 12;
    if (outside) faults.push({ type: 'outside', page: box.page, paths: [box.path] });
    for (const other of boxes.slice(index + 1)) {
      if (overlaps(box, other))
        faults.push({ type: 'overlap', page: box.page, paths: [box.path, other.path] });
    }
  }
  return faults;
}

function overlaps(a: LayoutBox, b: LayoutBox): boolean {
  return (
    a.page === b.page &&
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > TOUCH &&
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > TOUCH
  );
}
