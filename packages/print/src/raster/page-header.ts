import { bytesPerPixel, type RasterCanvas } from './raster-page.js';

/** Bytes of a page header (PWG 5102.4, 4.3). */
export const PAGE_HEADER_BYTES = 1796;

/** What the header says beside the canvas. */
export interface PageTicket {
  /** Name of PWG 5101.1. */
  readonly media: string;
  /** Size of the medium in points. */
  readonly widthPt: number;
  readonly heightPt: number;
  readonly duplex: boolean;
  /** Bound at the short edge. */
  readonly tumble: boolean;
  /** -1 where the page is mirrored across, or along, the feed. */
  readonly crossFeedTransform: 1 | -1;
  readonly feedTransform: 1 | -1;
  /** 0 where it is not known. */
  readonly totalPages: number;
}

/** Where each field lies (PWG 5102.4, table 4); those that are not named are 0. */
const FIELD = {
  duplex: 272,
  hwResolution: 276,
  numCopies: 340,
  pageSize: 352,
  tumble: 368,
  width: 372,
  height: 376,
  bitsPerColor: 384,
  bitsPerPixel: 388,
  bytesPerLine: 392,
  colorSpace: 400,
  numColors: 420,
  totalPageCount: 452,
  crossFeedTransform: 456,
  feedTransform: 460,
  imageBox: 464,
  alternatePrimary: 480,
  pageSizeName: 1732,
} as const;
/** Values of the field ColorSpace. */
const COLOR_SPACE = { sgray: 18, srgb: 19 } as const;
/** White, as red, green and blue. */
const WHITE = 0xffffff;

/** The header of a page on `canvas`. */
export function pageHeader(canvas: RasterCanvas, ticket: PageTicket): Uint8Array {
  const { widthPx, heightPx, resolutionDpi, color } = canvas;
  const header = new Uint8Array(PAGE_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const put = (at: number, ...values: readonly number[]): void => {
    for (const [index, value] of values.entries()) view.setInt32(at + 4 * index, value);
  };
  header.set(new TextEncoder().encode('PwgRaster'), 0);
  put(FIELD.duplex, Number(ticket.duplex));
  put(FIELD.hwResolution, resolutionDpi, resolutionDpi);
  put(FIELD.numCopies, 1);
  put(FIELD.pageSize, ticket.widthPt, ticket.heightPt);
  put(FIELD.tumble, Number(ticket.tumble));
  put(FIELD.width, widthPx);
  put(FIELD.height, heightPx);
  put(FIELD.bitsPerColor, 8);
  put(FIELD.bitsPerPixel, 8 * bytesPerPixel(color));
  put(FIELD.bytesPerLine, widthPx * bytesPerPixel(color));
  put(FIELD.colorSpace, COLOR_SPACE[color]);
  put(FIELD.numColors, bytesPerPixel(color));
  put(FIELD.totalPageCount, ticket.totalPages);
  put(FIELD.crossFeedTransform, ticket.crossFeedTransform);
  put(FIELD.feedTransform, ticket.feedTransform);
  put(FIELD.imageBox, 0, 0, widthPx, heightPx);
  put(FIELD.alternatePrimary, WHITE);
  header.set(new TextEncoder().encode(ticket.media).subarray(0, 63), FIELD.pageSizeName);
  return header;
}
