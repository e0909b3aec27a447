import { CONTENT_WIDTH, PAGE, STROKES } from '../layout/style.js';
import type { Sheet } from '../pdf/sheet.js';

/** A page to be placed. */
export interface Scan {
  readonly bytes: Uint8Array;
  readonly resolutionPpi: number | undefined;
}

/** Where a scan goes on the current page. */
export interface ScanPlace {
  readonly top: number;
  readonly bottom: number;
  readonly alt: string;
  readonly path: string;
}

/** Points left free around a scan, so that its frame is not taken for a part of it. */
const MARGIN = 4;

/** Places a scan in the middle of its room: in its own size where it fits, else smaller; returns its scale, where it is known. */
export function placeScan(
  sheet: Sheet,
  scan: Scan,
  { top, bottom, alt, path }: ScanPlace,
): number | undefined {
  const { width, height } = sheet.sizeOf({ bytes: scan.bytes }, path);
  const room = { width: CONTENT_WIDTH - 2 * MARGIN, height: bottom - top - 2 * MARGIN };
  const fitting = Math.min(room.width / width, room.height / height);
  const trueSize = scan.resolutionPpi === undefined ? undefined : 72 / scan.resolutionPpi;
  const pointsPerPixel = trueSize === undefined ? fitting : Math.min(trueSize, fitting);
  const size = { width: width * pointsPerPixel, height: height * pointsPerPixel };
  const box = { x: PAGE.left + MARGIN + (room.width - size.width) / 2, y: top + MARGIN, ...size };
  const bbox = [box.x, box.y, box.x + box.width, box.y + box.height] as const;
  sheet.mark(sheet.element(sheet.root, 'Figure', { alt, bbox, placement: 'Block' }), () => {
    sheet.picture({ bytes: scan.bytes }, box, 'contain', path);
  });
  sheet.artifact('Layout', () => {
    sheet.frame({ x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 }, STROKES.table);
  });
  return trueSize === undefined ? undefined : pointsPerPixel / trueSize;
}
