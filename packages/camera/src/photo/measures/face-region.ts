import type { FaceGeometry } from '../face-geometry.js';

/** Rows of a region: from column `from` to before `to` in each row from `top` on. */
export interface PixelRows {
  readonly top: number;
  readonly rows: readonly { readonly from: number; readonly to: number }[];
}

/** Half the width of a face's oval by the eye distance, and its height above the eyes by the way down to the chin. */
const HALF_WIDTH = 1.05;
const ABOVE = 0.45;

/**
 * The oval of a face on a picture of this size: brow to chin, temple to temple. Made from eyes and chin alone, so
 * that it is the same whoever placed the points; hair and background stay outside.
 */
export function faceOval(face: FaceGeometry, chinY: number, width: number, height: number): PixelRows {
  const { x, y } = face.eyeMidpoint;
  const top = y - ABOVE * (chinY - y);
  const centreY = (top + chinY) / 2;
  const halfHeight = (chinY - top) / 2;
  const halfWidth = HALF_WIDTH * face.eyeDistancePx;
  const first = Math.max(0, Math.ceil(top));
  const last = Math.min(height - 1, Math.floor(chinY));
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const above = (first + index + 0.5 - centreY) / halfHeight;
    const reach = halfWidth * Math.sqrt(Math.max(0, 1 - above * above));
    return {
      from: Math.min(width, Math.max(0, Math.round(x - reach))),
      to: Math.max(0, Math.min(width, Math.round(x + reach))),
    };
  });
  return { top: first, rows };
}

/** Squares around the eyes, brows included, as one region of rows for each eye. */
export function eyeRegions(face: FaceGeometry, width: number, height: number): readonly PixelRows[] {
  const reach = 0.4 * face.eyeDistancePx;
  return [face.rightEye, face.leftEye].map(({ x, y }) => {
    const top = Math.max(0, Math.round(y - reach));
    const bottom = Math.min(height, Math.round(y + reach / 2));
    const span = { from: Math.max(0, Math.round(x - reach)), to: Math.min(width, Math.round(x + reach)) };
    return { top, rows: Array.from({ length: Math.max(0, bottom - top) }, () => span) };
  });
}
