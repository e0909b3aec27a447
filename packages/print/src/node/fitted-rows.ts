import { DeviceError } from '@buergerkoffer/core';
import { bytesPerPixel, type RasterCanvas } from '../raster/index.js';
import type { PnmPage } from './pnm-pages.js';

/** How far a page may differ from the paper: what rounding and a millimetre of trim make. */
const TOLERANCE = 0.01;
const WHITE = 255;

/** The rows of `page` on `canvas`, from its upper left corner, white where the page ends before. `unsupported` for a page of another size. */
export async function* fittedRows(
  page: PnmPage,
  canvas: RasterCanvas,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pixelBytes = bytesPerPixel(canvas.color);
  const differs = (a: number, b: number): boolean => Math.abs(a - b) > TOLERANCE * b + 1;
  if (
    page.pixelBytes !== pixelBytes ||
    differs(page.widthPx, canvas.widthPx) ||
    differs(page.heightPx, canvas.heightPx)
  ) {
    throw new DeviceError('unsupported', 'a page of the document does not have the size of the paper', {
      remedy: 'print pages of A4 in portrait, or use a printer that takes PDF',
    });
  }
  const rowBytes = canvas.widthPx * pixelBytes;
  let rows = 0;
  for await (const row of page.rows) {
    rows += 1;
    if (rows > canvas.heightPx) continue;
    const fitted = new Uint8Array(rowBytes).fill(WHITE);
    fitted.set(row.subarray(0, rowBytes));
    yield fitted;
  }
  for (; rows < canvas.heightPx; rows += 1) yield new Uint8Array(rowBytes).fill(WHITE);
}
