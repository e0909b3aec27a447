import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import { readScan, type CopyPage } from '../copies/scanned-page.js';
import type { Scan } from '../copies/place-scan.js';
import type { AnyForm, FormDefinition } from '../definition.js';
import { MM, PAGE, STYLES, type TextStyle } from '../layout/style.js';
import type { FontSet } from '../pdf/fonts.js';
import { breakLines } from '../pdf/lines.js';
import type { LayoutBox } from '../pdf/boxes.js';
import { baselineBelow, Sheet } from '../pdf/sheet.js';
import { inputCells } from '../read/cells.js';
import { checkInForce } from '../render.js';
import { checkCharacters, parseData } from '../validate.js';
import { overlayPlaceSchema, textAt, type OverlayPlace } from './overlay-place.js';

/** What data on a foreign paper need besides the data. */
export interface OverlayOptions {
  readonly fonts: FontSet;
  /** Title of the file, in German: what the foreign paper is. */
  readonly title: string;
  /** When the file is made; the only source of dates in it besides the data. */
  readonly now: Date;
  /**
   * `page-and-words`: a new paper that shows the foreign page with the words on it. `words`: only the words, to be printed on the foreign
   * paper itself, laid into the printer.
   */
  readonly print: 'page-and-words' | 'words';
}

/** A foreign paper with the form's data on it, ready to be printed, signed and sealed. */
export interface OverlaidForm {
  readonly bytes: Uint8Array;
  readonly pageCount: number;
  /** To be printed in its own size, on one side. */
  readonly sides: 'one-sided';
  readonly boxes: readonly LayoutBox[];
}

const MAX_PAGES = 20;
const MAX_PLACES = 200;
/** Share by which the shape of a page of unknown resolution may differ from that of A4. */
const SHAPE_TOLERANCE = 0.02;
/** Points by which a scan may be larger than the paper: scanners give a rim. */
const RIM = 3 * MM;

const optionsSchema = z.object({
  title: z.string().min(1).max(120),
  places: z.array(overlayPlaceSchema).min(1).max(MAX_PLACES),
});

/**
 * A form's data on the pages of a foreign paper, such as a pension fund's own Lebensbescheinigung, at the places that are described: one
 * tagged file written to PDF/A-3a, without attached data. The pages are pictures; `renderPage` makes them of a PDF file. What the form's
 * schema refuses is refused here too: who was not met is certified on no paper.
 * @throws InputError with a path: as `renderForm` for the data; below `pages` for a page that is no picture or does not have the size of A4;
 * below `places` for a text that does not fit (`too-large`), a page that is not there (`out-of-range`) and a field that the form does not know.
 */
export async function overlayForm<T>(
  form: FormDefinition<T>,
  data: T,
  pages: readonly CopyPage[],
  places: readonly OverlayPlace[],
  options: OverlayOptions,
): Promise<OverlaidForm> {
  const { fonts, title, now } = options;
  parseData(optionsSchema, { title, places });
  checkInForce(form, now);
  const words = wordsOf(form, parseData(form.schema, data), places, pages.length);
  checkCharacters({ title, places: words.map(({ text }) => text) }, fonts, '');
  if (pages.length === 0) throw new InputError('missing', 'a paper has at least one page', { path: 'pages' });
  if (pages.length > MAX_PAGES) {
    throw new InputError('too-large', `a paper has at most ${MAX_PAGES} pages`, { path: 'pages' });
  }
  const scans = await Promise.all(pages.map(readScan));
  const sheet = new Sheet({ title, fonts, created: now, fillable: false, wholePage: true });
  for (const [page, scan] of scans.entries()) {
    sheet.addPage();
    sheet.bookmark(`Seite ${page + 1}`, 0);
    const box = boxOf(sheet, scan, `pages.${page}`);
    if (options.print === 'page-and-words') paintPage(sheet, scan, box, page, scans.length);
    for (const word of words) if (word.place.page === page) paintWord(sheet, word);
  }
  return {
    bytes: await sheet.end(),
    pageCount: sheet.pageCount,
    sides: 'one-sided',
    boxes: sheet.boxes,
  };
}

interface Word {
  readonly place: OverlayPlace;
  readonly text: string;
  readonly path: string;
}

function wordsOf(
  form: AnyForm,
  data: unknown,
  places: readonly OverlayPlace[],
  pageCount: number,
): readonly Word[] {
  const cells = inputCells(form, data);
  return places.map((place, index) => {
    const path = `places.${index}`;
    if (place.page >= pageCount) {
      throw new InputError('out-of-range', `the paper has ${pageCount} pages`, { path: `${path}.page` });
    }
    return { place, text: textAt(place, cells, path), path };
  });
}

/** Where the page lies on the paper: in its own size from the corner, or over all of it where its resolution is not known. */
function boxOf(sheet: Sheet, { bytes, resolutionPpi }: Scan, path: string): LayoutSize {
  const { width, height } = sheet.sizeOf({ bytes }, path);
  if (resolutionPpi === undefined) {
    const shape = width / height / (PAGE.width / PAGE.height);
    if (Math.abs(shape - 1) <= SHAPE_TOLERANCE) return { width: PAGE.width, height: PAGE.height };
    throw new InputError('unsupported', 'not the shape of A4, and its resolution is not known', { path });
  }
  const size = { width: (width * 72) / resolutionPpi, height: (height * 72) / resolutionPpi };
  if (size.width <= PAGE.width + RIM && size.height <= PAGE.height + RIM) return size;
  throw new InputError('unsupported', 'the page is larger than A4', { path });
}

interface LayoutSize {
  readonly width: number;
  readonly height: number;
}

function paintPage(sheet: Sheet, { bytes }: Scan, size: LayoutSize, page: number, count: number): void {
  const shown = {
    x: 0,
    y: 0,
    width: Math.min(size.width, PAGE.width),
    height: Math.min(size.height, PAGE.height),
  };
  const bbox = [0, 0, shown.width, shown.height] as const;
  const path = `pages.${page}`;
  const pixels = sheet.sizeOf({ bytes }, path);
  const crop = {
    x: 0,
    y: 0,
    width: (pixels.width * shown.width) / size.width,
    height: (pixels.height * shown.height) / size.height,
  };
  const alt = `Seite ${page + 1} von ${count} des fremden Vordrucks`;
  sheet.mark(sheet.element(sheet.root, 'Figure', { alt, bbox, placement: 'Block' }), () => {
    sheet.picture({ bytes, crop }, shown, 'cover', path);
  });
}

/** @throws InputError `too-large` with the place whose text needs more room than it has. */
function paintWord(sheet: Sheet, { place, text, path }: Word): void {
  if (text === '') return;
  const { lines: room = 1, sizePt = STYLES.value.size } = place;
  const leading = place.leadingMm === undefined ? sizePt * 1.3 : place.leadingMm * MM;
  const style: TextStyle = { ...STYLES.value, size: sizePt, leading };
  const lines = breakLines(text, place.widthMm * MM, (piece) => sheet.width(piece, style));
  if (lines.length > room) {
    throw new InputError('too-large', `the text needs ${lines.length} lines, its place has ${room}`, {
      path,
      germanRemedy:
        'Bitte kürzen Sie die Angabe, oder lassen Sie den Platz auf dem Vordruck größer beschreiben.',
    });
  }
  const top = place.yMm * MM - baselineBelow(style);
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    for (const [index, line] of lines.entries()) {
      sheet.text(line, place.xMm * MM, top + index * leading, style, path);
    }
  });
}
