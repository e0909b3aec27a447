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

function breakParagraph(paragraph: string, maxWidth: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  const take = (piece: string): void => {
    if (line === '' || measure((line + piece).trimEnd()) <= maxWidth) {
      line += piece;
    } else {
      lines.push(line.trimEnd());
      line = piece;
    }
  };
  for (const piece of pieces(paragraph)) {
    if (measure(piece.trimEnd()) <= maxWidth) take(piece);
    else for (const { segment } of graphemes.segment(piece)) take(segment);
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The places where a line may end, as the text cut there; the cut keeps the space or hyphen with what precedes it. */
function pieces(paragraph: string): string[] {
  return paragraph.match(/[^ /-]*(?:[ /-]+|$)/gu)?.filter((piece) => piece !== '') ?? [];
}
