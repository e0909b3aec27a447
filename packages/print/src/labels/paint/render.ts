import { InputError } from '@buergerkoffer/formats';
import { ObjectSink } from '../../forms/pdf/object-sink.js';
import { openPdf, type Pdf } from '../../forms/pdf/pdfkit.js';
import { PDF_UA_IDENTIFICATION } from '../../forms/pdf/xmp.js';
import { programOf } from '../font/label-font.js';
import { LABELS } from '../layout/label.js';
import type { LabelText } from '../layout/layout-label.js';
import { isOfficial, placeText, type LabelFonts, type PlacedText } from './placed-text.js';
import { trialMark, TRIAL_GREY } from './trial-mark.js';

/** A sheet that carries stickers, and where on it the one to be printed is; millimetres. */
export interface LabelSheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly leftMm: number;
  readonly topMm: number;
}

/** How a sticker is printed. */
export interface RenderLabelOptions {
  /** The only time in the file. */
  readonly now: Date;
  /** Absent: the page has the size of the sticker. */
  readonly sheet?: LabelSheet;
}

const POINTS_PER_MM = 72 / 25.4;
const LARGEST_SHEET_MM = 500;

/**
 * The sticker as a PDF of one page, text at its natural size. With another than the official font MUSTER stands across it.
 * InputError: as `placeText`; `out-of-range` with path `sheet` where the sticker does not lie on the sheet.
 */
export async function renderLabel(
  label: LabelText,
  fonts: LabelFonts,
  options: RenderLabelOptions,
): Promise<Uint8Array> {
  const { title, widthMm, heightMm } = LABELS[label.kind];
  const sheet = options.sheet ?? { widthMm, heightMm, leftMm: 0, topMm: 0 };
  checkSheet(sheet, widthMm, heightMm);
  if (Number.isNaN(options.now.getTime())) {
    throw new InputError('malformed', 'the time is no time', { path: 'now' });
  }
  const lines = placeText(label, fonts);
  const pdf = openPdf({
    title,
    language: 'de-DE',
    producer: '@buergerkoffer/print',
    created: options.now,
    size: [sheet.widthMm * POINTS_PER_MM, sheet.heightMm * POINTS_PER_MM],
  });
  pdf.appendXML(PDF_UA_IDENTIFICATION);
  for (const font of new Set(lines.map((line) => line.font))) {
    pdf.registerFont(font.weight, programOf(font));
  }
  const sink = new ObjectSink();
  pdf._write = sink.write;
  const document = pdf.struct('Document', {});
  pdf.addStructure(document);
  pdf.addPage();

  if (!isOfficial(label, fonts)) {
    pdf.markContent('Artifact', { type: 'Layout' });
    for (const mark of trialMark(label, fonts)) paint(pdf, mark, sheet, TRIAL_GREY);
    pdf.endMarkedContent();
  }
  for (const line of lines) {
    const paragraph = pdf.struct('P', {});
    document.add(paragraph);
    paragraph.add(() => {
      paint(pdf, line, sheet, 0);
    });
  }
  pdf.end();
  return sink.file();
}

/** Marks become text runs of their own; `/ActualText` keeps letter and mark together for search and speech. */
function paint(pdf: Pdf, placed: PlacedText, sheet: LabelSheet, grey: number): void {
  const channel = grey.toString(16).padStart(2, '0');
  const composed = /\p{M}/u.test(placed.text);
  pdf.font(placed.font.weight, placed.emMm * POINTS_PER_MM).fillColor(`#${channel}${channel}${channel}`);
  if (composed) pdf.markContent('Span', { actual: placed.text });
  pdf.text(
    placed.text,
    (sheet.leftMm + placed.leftMm) * POINTS_PER_MM,
    (sheet.topMm + placed.baselineMm) * POINTS_PER_MM,
    { lineBreak: false, baseline: 'alphabetic' },
  );
  if (composed) pdf.endMarkedContent();
}

function checkSheet(sheet: LabelSheet, widthMm: number, heightMm: number): void {
  const isOn = (at: number, size: number, whole: number) =>
    at >= 0 && at + size <= whole && whole <= LARGEST_SHEET_MM;
  if (isOn(sheet.leftMm, widthMm, sheet.widthMm) && isOn(sheet.topMm, heightMm, sheet.heightMm)) return;
  throw new InputError('out-of-range', 'the sticker does not lie on the sheet', { path: 'sheet' });
}
