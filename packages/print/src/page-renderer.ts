import type { RasterCanvas, RasterPage } from './raster/index.js';
import type { PrintDocument } from './printer.js';

/**
 * Makes pictures of the pages of a document, for printers that take no PDF. The vendor plugs in what they have; `pdftoppmRenderer` of
 * `@buergerkoffer/print/node` is one.
 */
export interface PageRenderer {
  /** MIME types that it reads, such as `application/pdf`. */
  readonly formats: readonly string[];
  /** The pages in order, each filling `canvas`. Rejects `unsupported` where it cannot; keeps nothing of the document. */
  render(document: PrintDocument, canvas: RasterCanvas, signal: AbortSignal): AsyncIterable<RasterPage>;
}
