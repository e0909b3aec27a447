import { DeviceError } from '@buergerkoffer/core';
import type { PrinterTraits } from '../client/printer-answer.js';
import type { PageRenderer } from '../page-renderer.js';
import type { PrintOrder } from '../print-order.js';
import type { PrintDocument, PrinterCapabilities } from '../printer.js';
import { mediaSizeMm, writePwgRaster, type RasterCanvas } from '../raster/index.js';

const PWG_RASTER = 'image/pwg-raster';
/** The resolution that is enough for text and small print. */
const WANTED_DPI = 300;
/** The largest document after rendering, in bytes. */
const MOST_BYTES = 128 * 1024 * 1024;

/** What is sent in place of a document that the printer does not take. */
export interface Preparation {
  /** What can be printed: what the printer takes, and what the renderer reads where the printer takes raster. */
  readonly capabilities: PrinterCapabilities;
  isSentAsItIs(order: PrintOrder): boolean;
  /** The document as it is sent. */
  prepared(order: PrintOrder, signal: AbortSignal): Promise<PrintDocument>;
}

/** The preparation for a printer, with a renderer or without. */
export function preparationFor(traits: PrinterTraits, renderer: PageRenderer | undefined): Preparation {
  const { capabilities, raster } = traits;
  const { documentFormats } = capabilities;
  const rendered =
    renderer !== undefined && documentFormats.includes(PWG_RASTER)
      ? renderer.formats.filter((format) => !documentFormats.includes(format))
      : [];
  return {
    capabilities: { ...capabilities, documentFormats: [...documentFormats, ...rendered] },
    isSentAsItIs: ({ document }) => !rendered.includes(document.mediaType),
    prepared: (order, signal) => {
      if (renderer === undefined || !rendered.includes(order.document.mediaType)) {
        return Promise.resolve(order.document);
      }
      return rasterOf(renderer, order, raster, signal);
    },
  };
}

async function rasterOf(
  renderer: PageRenderer,
  order: PrintOrder,
  traits: PrinterTraits['raster'],
  signal: AbortSignal,
): Promise<PrintDocument> {
  const pages = renderer.render(order.document, canvasFor(order, traits), signal);
  const { media, sides } = order;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of writePwgRaster(pages, { media, sides, sheetBack: traits.sheetBack })) {
    signal.throwIfAborted();
    length += chunk.length;
    if (length > MOST_BYTES) {
      throw new DeviceError('unsupported', `as raster the document has more than ${MOST_BYTES} bytes`, {
        remedy: 'print it in parts',
      });
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, mediaType: PWG_RASTER };
}

function canvasFor(order: PrintOrder, { resolutionsDpi, types }: PrinterTraits['raster']): RasterCanvas {
  const size = mediaSizeMm(order.media);
  const sorted = [...resolutionsDpi].sort((a, b) => a - b);
  const resolutionDpi = sorted.find((dpi) => dpi >= WANTED_DPI) ?? sorted.at(-1);
  const color = order.color !== 'monochrome' && types.includes('srgb_8') ? 'srgb' : 'sgray';
  if (
    size === undefined ||
    resolutionDpi === undefined ||
    !types.includes(color === 'srgb' ? 'srgb_8' : 'sgray_8')
  ) {
    throw new DeviceError('unsupported', 'the printer takes no raster that can be made here', {
      remedy: 'use a printer that takes PDF, or raster of the types sgray_8 or srgb_8',
    });
  }
  const pixels = (mm: number): number => Math.floor((mm * resolutionDpi) / 25.4);
  return { widthPx: pixels(size.widthMm), heightPx: pixels(size.heightMm), resolutionDpi, color };
}
