import { glyphTexts } from './glyph-texts.js';
import { nameOf, PdfFile, type Dict } from './pdf-reader.js';

/** What the pages of a file of ours say: the texts in the order they were painted, a space between two. */
export function paintedText(bytes: Uint8Array): string {
  const file = new PdfFile(bytes);
  const root = file.dict(file.trailer.get('Root'));
  const pages = file.list(file.dict(root.get('Pages')).get('Kids')).map((page) => file.dict(page));
  return pages.map((page) => pageText(file, page)).join('\n');
}

/** Control characters by their letters in a literal string (ISO 32000-1, table 3). */
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r' };

function pageText(file: PdfFile, page: Dict): string {
  const fonts = new Map(
    [...file.dict(file.dict(page.get('Resources')).get('Font'))].map(([name, font]) => [
      name,
      textsOfFont(file, file.dict(font)),
    ]),
  );
  const texts: string[] = [];
  let glyphs: readonly string[] = [];
  for (const line of latin1(file.stream(page.get('Contents'))).split('\n')) {
    if (line.trim() === 'BT') texts.push('');
    const font = /^\/(\S+) \S+ Tf$/u.exec(line.trim())?.[1];
    if (font !== undefined) glyphs = fonts.get(font) ?? [];
    if (!/T[Jj]$/u.test(line.trimEnd())) continue;
    for (const [, literal = ''] of line.matchAll(/\(((?:\\.|[^\\)])*)\)/gu)) {
      const ids =
        literal.replaceAll(/\\(.)/gu, (_, byte: string) => CONTROLS[byte] ?? byte).match(/.{2}/gsu) ?? [];
      const numbers = ids.map((id) => id.charCodeAt(0) * 256 + id.charCodeAt(1));
      texts.push((texts.pop() ?? '') + numbers.map((number) => glyphs[number] ?? '\ufffd').join(''));
    }
  }
  return texts.join(' ');
}

function textsOfFont(file: PdfFile, font: Dict): readonly string[] {
  if (nameOf(font.get('Subtype')) !== 'Type0') throw new Error('no composite font');
  return glyphTexts(latin1(file.stream(font.get('ToUnicode'))));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
