import type { Contact } from './contact.js';

/** The window of a scanner. */
export interface Glass {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
}

/** Where each pixel of the glass lies on the finger, in millimetres from its middle, and the way back. */
export interface Placement {
  readonly glass: Glass;
  readonly mmPerPx: number;
  skinX(column: number, row: number): number;
  skinY(column: number, row: number): number;
  /** Column and row, with fractions, of a point of the finger. */
  column(x: number, y: number): number;
  row(x: number, y: number): number;
}

/** How `contact` places the finger on `glass`. */
export function onGlass(contact: Contact, glass: Glass): Placement {
  const mmPerPx = 25.4 / glass.resolutionPpi;
  const angle = (contact.rotationDeg * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const middleX = (glass.widthPx - 1) / 2 + contact.offsetMm.x / mmPerPx;
  const middleY = (glass.heightPx - 1) / 2 + contact.offsetMm.y / mmPerPx;
  return {
    glass,
    mmPerPx,
    skinX: (column, row) => mmPerPx * (cos * (column - middleX) + sin * (row - middleY)),
    skinY: (column, row) => mmPerPx * (cos * (row - middleY) - sin * (column - middleX)),
    column: (x, y) => middleX + (cos * x - sin * y) / mmPerPx,
    row: (x, y) => middleY + (sin * x + cos * y) / mmPerPx,
  };
}
