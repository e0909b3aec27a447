import { bytesPerPixel, type RasterCanvas, type RasterPage } from '../../src/raster/index.js';
import { writePwgRaster, type RasterSettings } from '../../src/raster/index.js';

/** The page whose pixels are `pixels`. */
export function pageOf(canvas: RasterCanvas, pixels: Uint8Array): RasterPage {
  const rowBytes = canvas.widthPx * bytesPerPixel(canvas.color);
  const rows = Array.from({ length: canvas.heightPx }, (_, row) =>
    pixels.subarray(row * rowBytes, (row + 1) * rowBytes),
  );
  return { canvas, rows };
}

/** The whole document. */
export async function rasterOf(
  pages: Iterable<RasterPage> | AsyncIterable<RasterPage>,
  settings: RasterSettings,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writePwgRaster(pages, settings)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
