import { CONTENT_WIDTH, MM, PAGE, STROKES, STYLES } from '../layout/style.js';
import { breakLines } from '../pdf/lines.js';
import type { Sheet } from '../pdf/sheet.js';
import { noteSentences, placeAndDay, type CertificationNote } from './note.js';

/** Points: the free place of the seal (38 mm), from it to the words, above and below the heading, room to sign, between sentences. */
const SEAL = 38 * MM;
const GAP = { seal: 16, above: 10, heading: 5, sign: 40, sentence: 3, label: 3 } as const;
const TEXT_WIDTH = CONTENT_WIDTH - SEAL - GAP.seal;

/** Height in points of the note with everything that belongs under the copy. */
export function noteHeight(sheet: Sheet, note: CertificationNote, pageCount: number): number {
  return Math.max(wordsHeight(sheet, note, pageCount), SEAL + GAP.above) + 6;
}

function wordsHeight(sheet: Sheet, note: CertificationNote, pageCount: number): number {
  const lines = setSentences(sheet, note, pageCount);
  const body = lines.reduce((sum, set) => sum + set.length * STYLES.body.leading + GAP.sentence, 0);
  const head = GAP.above + STYLES.section.leading + GAP.heading;
  return head + body + GAP.sign + GAP.label + officialLines(sheet, note).length * STYLES.label.leading;
}

/** Paints the note from `top` on: words, place and day, the line to sign on, and the place of the seal. */
export function paintNote(sheet: Sheet, note: CertificationNote, pageCount: number, top: number): void {
  let y = top + GAP.above;
  sheet.artifact('Layout', () => {
    sheet.rule(PAGE.left, y - 4, CONTENT_WIDTH, STROKES.section);
    sheet.frame({ x: PAGE.right - SEAL, y: y + 2, width: SEAL, height: SEAL - 2 }, STROKES.table);
    sheet.text('Dienstsiegel', PAGE.right - SEAL + 4, y + SEAL - 12, STYLES.label, 'note.seal');
  });
  sheet.mark(sheet.element(sheet.root, 'H1'), () => {
    sheet.text('Beglaubigungsvermerk', PAGE.left, y, STYLES.section, 'note.heading');
  });
  y += STYLES.section.leading + GAP.heading;
  for (const lines of setSentences(sheet, note, pageCount)) {
    sheet.mark(sheet.element(sheet.root, 'P'), () => {
      for (const line of lines) {
        sheet.text(line, PAGE.left, y, STYLES.body, 'note');
        y += STYLES.body.leading;
      }
    });
    y += GAP.sentence;
  }
  const base = y + GAP.sign - 2;
  sheet.artifact('Layout', () => {
    sheet.rule(PAGE.left, base, TEXT_WIDTH, STROKES.signature);
  });
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    sheet.text(placeAndDay(note), PAGE.left, y, STYLES.value, 'note.place');
  });
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    for (const [index, line] of officialLines(sheet, note).entries()) {
      sheet.text(
        line,
        PAGE.left,
        base + GAP.label + index * STYLES.label.leading,
        STYLES.label,
        'note.official',
      );
    }
  });
}

function setSentences(
  sheet: Sheet,
  note: CertificationNote,
  pageCount: number,
): readonly (readonly string[])[] {
  return noteSentences(note, pageCount).map((sentence) =>
    breakLines(sentence, TEXT_WIDTH, (piece) => sheet.width(piece, STYLES.body)),
  );
}

function officialLines(sheet: Sheet, note: CertificationNote): readonly string[] {
  const words = `Unterschrift, ${note.official}`;
  return breakLines(words, TEXT_WIDTH, (piece) => sheet.width(piece, STYLES.label));
}
