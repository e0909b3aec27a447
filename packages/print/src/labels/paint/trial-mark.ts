import { glyphsOf, programOf } from '../font/label-font.js';
import { LABELS } from '../layout/label.js';
import type { LabelText } from '../layout/layout-label.js';
import type { LabelFonts, PlacedText } from './placed-text.js';

/** Light enough to read what stands over it, dark enough to be seen on paper. */
export const TRIAL_GREY = 215;

/** Share of the sticker's width that the word takes. */
const SHARE = 0.9;

/** The word across a sticker that was not made with the official font, in its bold weight. */
export function trialMark(label: LabelText, { bold: font }: LabelFonts): readonly PlacedText[] {
  if (font === undefined) return [];
  const { widthMm, heightMm } = LABELS[label.kind];
  const run = glyphsOf(font, 'MUSTER', 'font');
  const emMm = (SHARE * widthMm * programOf(font).unitsPerEm) / run.advanceWidth;
  const capitalMm = (emMm * (run.glyphs[0]?.bbox.maxY ?? 0)) / programOf(font).unitsPerEm;
  return [
    {
      text: 'MUSTER',
      font,
      run,
      emMm,
      leftMm: ((1 - SHARE) / 2) * widthMm,
      baselineMm: (heightMm + capitalMm) / 2,
      widthMm: SHARE * widthMm,
    },
  ];
}
