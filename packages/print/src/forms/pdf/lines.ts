/** Width in points of a piece of text in a fixed font and size. */
export type Measure = (text: string) => number;

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' });

/**
 * The text as lines no wider than `maxWidth`: broken at line feeds and spaces, after hyphens and slashes,
 * and, where a single word is too wide, between graphemes (never between a letter and its mark). At least one line.
 */
export function breakLines(text: string, maxWidth: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, maxWidth, measure));
}

/** Share of the width that kerning between two pieces could make up: closer to the edge the line is measured whole. */
const NEAR = 0.03;

function breakParagraph(paragraph: string, maxWidth: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  const take = (piece: string, pieceWidth: number): void => {
    const fits =
      line === '' ||
      width + pieceWidth <= maxWidth * (1 - NEAR) ||
      measure((line + piece).trimEnd()) <= maxWidth;
    if (!fits) lines.push(line.trimEnd());
    line = fits ? line + piece : piece;
    width = (fits ? width : 0) + pieceWidth;
  };
  for (const piece of pieces(paragraph)) {
    const pieceWidth = measure(piece);
    if (pieceWidth <= maxWidth || measure(piece.trimEnd()) <= maxWidth) take(piece, pieceWidth);
    else for (const { segment } of graphemes.segment(piece)) take(segment, measure(segment));
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The places where a line may end, as the text cut there; the cut keeps the space or hyphen with what precedes it. */
function pieces(paragraph: string): string[] {
  return paragraph.match(/[^ /-]*(?:[ /-]+|$)/gu)?.filter((piece) => piece !== '') ?? [];
}
