import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import type { Letterhead } from '../definition.js';
import { paintFooters, paintLetterhead } from '../layout/frame.js';
import { PAGE } from '../layout/style.js';
import type { FontSet } from '../pdf/fonts.js';
import type { LayoutBox } from '../pdf/boxes.js';
import { Sheet } from '../pdf/sheet.js';
import { caseNumberSchema, letterheadSchema } from '../render.js';
import { checkCharacters, parseData } from '../validate.js';
import { certificationNoteSchema, type CertificationNote } from './note.js';
import { noteHeight, paintNote } from './paint-note.js';
import { placeScan } from './place-scan.js';
import { readScan, type CopyPage } from './scanned-page.js';

/** What a certified copy needs besides its pages and the note. */
export interface CopyOptions {
  readonly fonts: FontSet;
  /** The authority that certifies. */
  readonly letterhead: Letterhead;
  readonly caseNumber: string;
  /** When the file is made; the only source of dates in it besides the note. */
  readonly now: Date;
}

/** A copy ready to be printed, signed and sealed. */
export interface CertifiedCopy {
  readonly bytes: Uint8Array;
  readonly pageCount: number;
  /** To be printed on one side only: each sheet is bound under the seal. */
  readonly sides: 'one-sided';
  /** For each page the size of the copy by that of what was scanned, 1 for the same; nothing where the resolution is not known. */
  readonly scales: readonly (number | undefined)[];
  readonly boxes: readonly LayoutBox[];
}

const MAX_PAGES = 100;

/**
 * Scanned pages as one tagged file written to PDF/A-3a, with the certification note of § 33 VwVfG under the last page and the place of the
 * seal left free. The paper certifies once an official has signed and sealed it; this file does not.
 * @throws InputError with a path into `pages`, `note` or the options: `not-allowed` and `missing` also for what § 33 (2) refuses.
 */
export async function certifiedCopy(
  pages: readonly CopyPage[],
  note: CertificationNote,
  options: CopyOptions,
): Promise<CertifiedCopy> {
  const checked = parseData(
    z.object({ note: certificationNoteSchema, letterhead: letterheadSchema, caseNumber: caseNumberSchema }),
    {
      note,
      letterhead: options.letterhead,
      caseNumber: options.caseNumber,
    },
  );
  checkCharacters({ note: checked.note, letterhead: checked.letterhead }, options.fonts, '');
  if (pages.length === 0) throw new InputError('missing', 'a copy has at least one page', { path: 'pages' });
  if (pages.length > MAX_PAGES)
    throw new InputError('too-large', `a copy has at most ${MAX_PAGES} pages`, { path: 'pages' });
  const scans = await Promise.all(pages.map(readScan));

  const sheet = new Sheet({
    title: 'Beglaubigte Abschrift',
    fonts: options.fonts,
    created: options.now,
    fillable: false,
  });
  const height = noteHeight(sheet, checked.note, pages.length);
  const scales = scans.map((scan, index) => {
    sheet.addPage();
    const top = index === 0 ? paintLetterhead(sheet, PAGE.top, checked.letterhead) : PAGE.top;
    const bottom = index === scans.length - 1 ? PAGE.bottom - height : PAGE.bottom;
    sheet.bookmark(`Seite ${index + 1}`, top);
    return placeScan(sheet, scan, {
      top,
      bottom,
      alt: `Seite ${index + 1} von ${scans.length} der Abschrift`,
      path: `pages.${index}`,
    });
  });
  paintNote(sheet, checked.note, pages.length, PAGE.bottom - height);
  paintFooters(sheet, {
    caseNumber: checked.caseNumber,
    formId: 'beglaubigte-abschrift',
    edition: 'Beglaubigte Abschrift',
  });
  return {
    bytes: await sheet.end(),
    pageCount: sheet.pageCount,
    sides: 'one-sided',
    scales,
    boxes: sheet.boxes,
  };
}
