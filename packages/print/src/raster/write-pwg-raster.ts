import { InputError } from '@buergerkoffer/formats';
import { packedRoom, packRow } from './pack-row.js';
import { pageHeader, type PageTicket } from './page-header.js';
import { bytesPerPixel, mediaSizeMm, type RasterPage } from './raster-page.js';
import { backTransform } from './sheet-back.js';

/** How pages become sheets. */
export interface RasterSettings {
  /** Name of PWG 5101.1 that tells its size, such as `iso_a4_210x297mm`. */
  readonly media: string;
  readonly sides: 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge';
  /** `pwg-raster-document-sheet-back` of the printer. Default `normal`. */
  readonly sheetBack?: string;
  /** How many pages come; default 0, not known. */
  readonly totalPages?: number;
}

/** How often one row may be said to stand, at most. */
const MOST_ROWS = 256;
const SYNC = new TextEncoder().encode('RaS2');

/**
 * A PWG raster document (PWG 5102.4) of `pages`: first its magic word, then one chunk for each page. Rows that do not fit the canvas are an
 * `InputError` with their number as path, as is a medium without a size.
 */
export async function* writePwgRaster(
  pages: Iterable<RasterPage> | AsyncIterable<RasterPage>,
  settings: RasterSettings,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield SYNC;
  let number = 0;
  for await (const page of pages) {
    yield await packedPage(page, ticketOf(settings, number % 2 === 1));
    number += 1;
  }
}

function ticketOf(
  { media, sides, sheetBack = 'normal', totalPages = 0 }: RasterSettings,
  isBack: boolean,
): PageTicket {
  const size = mediaSizeMm(media);
  if (size === undefined) {
    throw new InputError('unsupported', 'the name of the medium does not tell its size', { path: 'media' });
  }
  const duplex = sides !== 'one-sided';
  const tumble = sides === 'two-sided-short-edge';
  const points = (mm: number): number => Math.round((mm * 72) / 25.4);
  return {
    media,
    widthPt: points(size.widthMm),
    heightPt: points(size.heightMm),
    duplex,
    tumble,
    ...(duplex && isBack ? backTransform(sheetBack, tumble) : { crossFeedTransform: 1, feedTransform: 1 }),
    totalPages,
  };
}

async function packedPage(page: RasterPage, ticket: PageTicket): Promise<Uint8Array> {
  const { widthPx, heightPx, color } = page.canvas;
  const pixelBytes = bytesPerPixel(color);
  const rowBytes = widthPx * pixelBytes;
  const room = 1 + packedRoom(rowBytes, pixelBytes);
  const header = pageHeader(page.canvas, ticket);
  let out = new Uint8Array(header.length + 64 * room);
  out.set(header);
  let at = header.length;
  let last: Uint8Array | undefined;
  let times = 0;
  const flush = (): void => {
    if (last === undefined) return;
    if (at + room > out.length) {
      const larger = new Uint8Array(Math.max(2 * out.length, at + room));
      larger.set(out.subarray(0, at));
      out = larger;
    }
    out[at] = times - 1;
    at = packRow(last, pixelBytes, out, at + 1);
  };
  let count = 0;
  for await (const row of turned(page, ticket)) {
    if (row.length !== rowBytes || count === heightPx) throw wrongRow(count);
    count += 1;
    if (last !== undefined && times < MOST_ROWS && same(last, row)) {
      times += 1;
      continue;
    }
    flush();
    last = row.slice();
    times = 1;
  }
  if (count !== heightPx) throw wrongRow(count);
  flush();
  return out.subarray(0, at);
}

/** The rows as the header says that they lie: mirrored across the feed, along it, both or not at all. */
async function* turned(
  { rows, canvas: { color, heightPx } }: RasterPage,
  { crossFeedTransform, feedTransform }: PageTicket,
): AsyncGenerator<Uint8Array, void, undefined> {
  const across = (row: Uint8Array): Uint8Array =>
    crossFeedTransform < 0 ? mirrored(row, bytesPerPixel(color)) : row;
  if (feedTransform > 0) {
    for await (const row of rows) yield across(row);
    return;
  }
  const all: Uint8Array[] = [];
  for await (const row of rows) {
    if (all.length === heightPx) throw wrongRow(all.length);
    all.push(across(row.slice()));
  }
  yield* all.reverse();
}

function mirrored(row: Uint8Array, pixelBytes: number): Uint8Array {
  const out = new Uint8Array(row.length);
  for (let at = 0; at + pixelBytes <= row.length; at += pixelBytes) {
    out.set(row.subarray(at, at + pixelBytes), row.length - at - pixelBytes);
  }
  return out;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function wrongRow(number: number): InputError {
  return new InputError('malformed', `row ${number} does not fit the page`, { path: `rows.${number}` });
}
