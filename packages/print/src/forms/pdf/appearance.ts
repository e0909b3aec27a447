import type { GlyphPosition, OpenedFont, Pdf, Reference } from './pdfkit.js';

/** Appearances of fewer characters stay as they are. */
const SMALLEST_PACKED = 400;

/** A line of a field's text with its baseline, in points from the lower left corner of the field. */
export interface FieldLine {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
}

/** How a text field shows its lines (ISO 32000-1, 12.7.3.3), in the font in use. */
export function textAppearance(
  pdf: Pdf,
  width: number,
  height: number,
  size: number,
  lines: readonly FieldLine[],
): Reference {
  const font = pdf._font;
  const shown = lines.filter(({ text }) => text !== '').map((line) => showLine(font, size, line));
  const clip = `1 0 ${number(Math.max(0, width - 2))} ${number(height)} re W n`;
  const content =
    shown.length === 0
      ? '/Tx BMC\nEMC'
      : `/Tx BMC\nq\n${clip}\nBT\n0 g\n/${font.id} ${number(size)} Tf\n${shown.join('\n')}\nET\nQ\nEMC`;
  return appearance(pdf, width, height, content, { Font: { [font.id]: font.ref() } });
}

/** How a box to tick looks: its frame, and the cross when it is ticked. */
export function boxAppearance(pdf: Pdf, side: number, ticked: boolean): Reference {
  const [inner, outer] = [number(2), number(side - 2)];
  const frame = `q\n0.7 w\n0.5 0.5 ${number(side - 1)} ${number(side - 1)} re S\n`;
  const cross = `1.1 w\n${inner} ${inner} m ${outer} ${outer} l S\n${inner} ${outer} m ${outer} ${inner} l S\n`;
  return appearance(pdf, side, side, `${frame}${ticked ? cross : ''}Q`, {});
}

/** What has nothing to show yet: a signature field before it is signed. */
export function emptyAppearance(pdf: Pdf, width: number, height: number): Reference {
  return appearance(pdf, width, height, 'q\nQ', {});
}

function appearance(
  pdf: Pdf,
  width: number,
  height: number,
  content: string,
  resources: Record<string, Record<string, Reference>>,
): Reference {
  const form = pdf.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: resources,
  });
  // Packing takes longer than all that a reader could gain.
  form.compress = content.length >= SMALLEST_PACKED;
  form.end(content);
  return form;
}

/** Glyphs of a line; a glyph that stands off its place (a mark on its letter) is placed by itself. */
function showLine(font: OpenedFont, size: number, { text, x, baseline }: FieldLine): string {
  const [glyphs, positions] = font.encode(text);
  const operators: string[] = [];
  let run = '';
  let runX = x;
  let at = x;
  const endRun = (): void => {
    if (run !== '') operators.push(`1 0 0 1 ${number(runX)} ${number(baseline)} Tm <${run}> Tj`);
    run = '';
    runX = at;
  };
  for (const [index, glyph] of glyphs.entries()) {
    const position = positions[index] ?? NOWHERE;
    const { xOffset, yOffset } = position;
    if (xOffset !== 0 || yOffset !== 0) {
      endRun();
      const [left, top] = [at + (xOffset * size) / 1000, baseline + (yOffset * size) / 1000];
      operators.push(`1 0 0 1 ${number(left)} ${number(top)} Tm <${glyph}> Tj`);
    } else run += glyph;
    at += (position.xAdvance * size) / 1000;
    if (run === '' || position.xAdvance !== position.advanceWidth) endRun();
  }
  endRun();
  return operators.join('\n');
}

const NOWHERE: GlyphPosition = { advanceWidth: 0, xAdvance: 0, xOffset: 0, yOffset: 0 };

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
