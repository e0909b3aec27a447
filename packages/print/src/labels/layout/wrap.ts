const GRAPHEMES = new Intl.Segmenter('de', { granularity: 'grapheme' });

/** How many characters a reader counts: a letter with its marks is one. */
export function characterCount(text: string): number {
  let count = 0;
  for (const segment of GRAPHEMES.segment(text)) count += segment.segment === '' ? 0 : 1;
  return count;
}

/**
 * The text in as few lines of at most `columns` characters as it takes, broken at spaces and after a hyphen or slash
 * between letters; `undefined` where a piece is longer than a line.
 */
export function wrap(text: string, columns: number): readonly string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=\s)|(?<=\p{L}[-/])(?=\p{L})/u)) {
    if (characterCount(piece.trimEnd()) > columns) return undefined;
    if (characterCount((line + piece).trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = piece;
    } else {
      line += piece;
    }
  }
  return [...lines, line.trimEnd()].filter((each) => each !== '');
}
