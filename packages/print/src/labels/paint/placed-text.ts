import { InputError } from '@buergerkoffer/formats';
import { emMmOf, glyphsOf, programOf, type LabelFont } from '../font/label-font.js';
import type { GlyphRun } from '../font/font-program.js';
import { LABELS, type LabelField, type LabelWeight } from '../layout/label.js';
import type { LabelText } from '../layout/layout-label.js';

/** The fonts of a sticker by weight; the passport's needs the bold one only. */
export type LabelFonts = Partial<Readonly<Record<LabelWeight, LabelFont>>>;

/** A line of text where it is printed; millimetres from the top left corner of the sticker. */
export interface PlacedText {
  readonly text: string;
  readonly font: LabelFont;
  readonly run: GlyphRun;
  readonly emMm: number;
  readonly leftMm: number;
  readonly baselineMm: number;
  readonly widthMm: number;
}

/**
 * The lines of a sticker, measured in its fonts. InputError `missing` for a weight that nobody gave, `unsupported` for a
 * character that a font lacks, `too-large` where the font is too wide for the characters that the regulation allows.
 */
export function placeText(label: LabelText, fonts: LabelFonts): readonly PlacedText[] {
  const { entry, serialNumber } = LABELS[label.kind];
  return [
    ...label.lines.map((line, index) => placeLine(label, fonts, entry, line, index, 'lines')),
    placeLine(label, fonts, serialNumber, label.serialNumber, 0, 'serialNumber'),
  ];
}

/** Whether every font of the sticker is the official one; else it is a trial, not to be put on a document. */
export function isOfficial(label: LabelText, fonts: LabelFonts): boolean {
  return weightsOf(label).every((weight) => fonts[weight]?.official === true);
}

function weightsOf(label: LabelText): readonly LabelWeight[] {
  const { entry, serialNumber } = LABELS[label.kind];
  return [entry.weight, serialNumber.weight];
}

function placeLine(
  label: LabelText,
  fonts: LabelFonts,
  field: LabelField,
  text: string,
  index: number,
  path: string,
): PlacedText {
  const font = fonts[field.weight];
  if (font === undefined) {
    throw new InputError('missing', `the font in its ${field.weight} weight`, {
      path: `fonts.${field.weight}`,
    });
  }
  const emMm = emMmOf(font, LABELS[label.kind].capitalHeightMm);
  const run = glyphsOf(font, text, path);
  const widthMm = (run.advanceWidth * emMm) / programOf(font).unitsPerEm;
  if (widthMm > field.widthMm) {
    throw new InputError(
      'too-large',
      `${field.columns} characters of this font are wider than the ${field.widthMm} mm of the line`,
      { path: `fonts.${field.weight}`, remedy: 'give the official font' },
    );
  }
  const baselineMm = field.firstBaselineMm + index * field.linePitchMm;
  return { text, font, run, emMm, leftMm: field.leftMm, baselineMm, widthMm };
}
