import { NOT_PLAIN, type PlainLetters } from './plain-letters.js';
import type { GlyphPosition, OpenedFont, Pdf, ShapedText } from './pdfkit.js';
import type { GlyphPart } from './outline.js';
import { unicodeMap } from './unicode-map.js';

/** Glyphs of a text in the subset of the document, and where they stand; widths in thousandths of the font size. */
interface GlyphLine {
  readonly glyphs: number[];
  /** From each glyph to the next, kerning included. */
  readonly advances: number[];
  /** Width that the document states for each glyph. */
  readonly widths: number[];
  /** Where a glyph stands off its place (a mark on its letter), by its index. */
  readonly offsets: Map<number, readonly [x: number, y: number]>;
}

/** Where a line of text begins and how large it is, in points. */
export interface TextPlace {
  readonly x: number;
  readonly baseline: number;
  readonly size: number;
  /** Whether y is counted downwards, as on our pages, so that the letters are turned up again. */
  readonly downwards: boolean;
}

/** Sets text in one font of one document. Letters are set by their widths and kerning; words with marks are shaped by fontkit. */
export class Typesetter {
  readonly font: OpenedFont;
  readonly #letters: PlainLetters | undefined;
  readonly #scale: number;
  readonly #shaped = new Map<string, GlyphLine>();

  constructor(pdf: Pdf, font: OpenedFont, letters: PlainLetters | undefined) {
    this.font = font;
    this.#letters = letters;
    this.#scale = font.scale;
    font.widths[0] = this.#thousandths(font.widths[0] ?? 0); // pdfkit notes it in font units
    font.toUnicodeCmap = () => {
      const map = pdf.ref({});
      map.end(unicodeMap(font.unicode));
      return map;
    };
  }

  /** Width of a text in thousandths of the font size. */
  width(text: string): number {
    return this.#plainWidth(text) ?? this.#set(text).advances.reduce((sum, advance) => sum + advance, 0);
  }

  /** Operators that show a line of text (ISO 32000-1, 9.4): from `BT` to `ET`, without its colour. */
  show(text: string, place: TextPlace): string {
    const { x, baseline, size, downwards } = place;
    const { glyphs, advances, widths, offsets } = this.#set(text);
    const operators = ['BT', `/${this.font.id} ${number(size)} Tf`];
    let [at, run, isKerned, isOff] = [x, '', false, true];
    const moveTo = (left: number, base: number): void => {
      operators.push(`1 0 0 ${downwards ? '-1' : '1'} ${number(left)} ${number(base)} Tm`);
    };
    const endRun = (): void => {
      if (run !== '') operators.push(isKerned ? `[(${run})] TJ` : `(${run}) Tj`);
      [run, isKerned] = ['', false];
    };
    for (const [index, glyph] of glyphs.entries()) {
      const advance = advances[index] ?? 0;
      const offset = offsets.get(index);
      if (offset !== undefined) {
        endRun();
        const rise = (offset[1] * size) / 1000;
        moveTo(at + (offset[0] * size) / 1000, downwards ? baseline - rise : baseline + rise);
        operators.push(`(${shown(glyph)}) Tj`);
        isOff = true;
      } else {
        if (isOff) moveTo(at, baseline);
        isOff = false;
        const kern = (widths[index] ?? 0) - advance;
        const goesOn = index + 1 < glyphs.length && !offsets.has(index + 1);
        run += shown(glyph);
        if (kern !== 0 && goesOn) {
          run += `) ${kern} (`;
          isKerned = true;
        }
      }
      at += (advance * size) / 1000;
    }
    endRun();
    operators.push('ET');
    return operators.join('\n');
  }

  /** Whether marks of the text stand as glyphs of their own, which search and speech would take apart. */
  hasLooseMarks(text: string): boolean {
    return /\p{M}/u.test(text) && this.#set(text).offsets.size > 0;
  }

  /** Takes first of all the glyphs of these code points into the subset, as far as the font has them: what can be typed later. */
  include(codePoints: readonly number[]): void {
    const { font } = this.font;
    for (const codePoint of codePoints) {
      if (this.#letters !== undefined) {
        const glyph = this.#letters.glyphAt(codePoint);
        if (glyph !== 0) this.#number(glyph, this.#thousandths(this.#letters.advance(glyph)), [codePoint]);
      } else if (font.hasGlyphForCodePoint(codePoint)) {
        const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
        this.#number(id, this.#thousandths(advanceWidth), [codePoint]);
      }
    }
    this.font.subset.seal?.();
  }

  #plainWidth(text: string): number | undefined {
    const letters = this.#letters;
    if (letters === undefined) return undefined;
    let width = 0;
    let last = 0;
    for (let at = 0; at < text.length; at++) {
      const glyph = letters.glyphOf(text.charCodeAt(at));
      if (glyph === NOT_PLAIN) return undefined;
      width += this.#thousandths(letters.advance(glyph));
      if (at > 0) width += this.#thousandths(letters.kerning(last, glyph));
      last = glyph;
    }
    return width;
  }

  #set(text: string): GlyphLine {
    const line: GlyphLine = { glyphs: [], advances: [], widths: [], offsets: new Map() };
    if (this.#addPlain(text, line)) return line;
    for (const word of text.match(/[^ ]+|[ ]+/gu) ?? []) {
      if (!this.#addPlain(word, line)) this.#addShaped(word, line);
    }
    return line;
  }

  /** Adds the text where all its letters are plain. */
  #addPlain(text: string, line: GlyphLine): boolean {
    const letters = this.#letters;
    if (letters === undefined) return false;
    const begin = line.glyphs.length;
    let last = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const glyph = letters.glyphOf(code);
      if (glyph === NOT_PLAIN) {
        for (const list of [line.glyphs, line.advances, line.widths]) list.length = begin;
        return false;
      }
      const width = this.#thousandths(letters.advance(glyph));
      if (at > 0) {
        const before = line.advances.length - 1;
        line.advances[before] =
          (line.advances[before] ?? 0) + this.#thousandths(letters.kerning(last, glyph));
      }
      line.glyphs.push(this.#number(glyph, width, [code]));
      line.advances.push(width);
      line.widths.push(width);
      last = glyph;
    }
    return true;
  }

  /** Adds a word that fontkit shapes: marks are placed on their letters. */
  #addShaped(word: string, line: GlyphLine): void {
    const shaped = this.#shaped.get(word) ?? this.#shape(word);
    this.#shaped.set(word, shaped);
    for (const [index, offset] of shaped.offsets) line.offsets.set(line.glyphs.length + index, offset);
    line.glyphs.push(...shaped.glyphs);
    line.advances.push(...shaped.advances);
    line.widths.push(...shaped.widths);
  }

  #shape(word: string): GlyphLine {
    const line: GlyphLine = { glyphs: [], advances: [], widths: [], offsets: new Map() };
    const { glyphs, positions } = this.font.font.layout(word);
    for (let begin = 0, end = 0; begin < glyphs.length; begin = end) {
      end = begin + 1;
      while (end < glyphs.length && isMark(glyphs[end]?.codePoints)) end++;
      this.#addCluster(line, glyphs.slice(begin, end), positions.slice(begin, end));
    }
    return line;
  }

  /** Adds a letter and its marks: as one glyph where the kind of font allows it, so that nothing takes them apart. */
  #addCluster(line: GlyphLine, glyphs: ShapedText['glyphs'], positions: ShapedText['positions']): void {
    const { subset } = this.font;
    const scale = this.#scale;
    const [base] = glyphs;
    if (base !== undefined && glyphs.length > 1 && subset.compose !== undefined && !isMark(base.codePoints)) {
      const number = subset.compose(placed(glyphs, positions), base.advanceWidth);
      const width = this.#thousandths(base.advanceWidth);
      this.#note(
        number,
        width,
        glyphs.flatMap(({ codePoints }) => codePoints),
      );
      line.glyphs.push(number);
      line.advances.push(this.#thousandths(positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0)));
      line.widths.push(width);
      return;
    }
    for (const [index, { id, advanceWidth, codePoints }] of glyphs.entries()) {
      const { xAdvance, xOffset, yOffset } = positions[index] ?? NOWHERE;
      if (xOffset !== 0 || yOffset !== 0) {
        line.offsets.set(line.glyphs.length, [xOffset * scale, yOffset * scale]);
      }
      const width = this.#thousandths(advanceWidth);
      line.glyphs.push(this.#number(id, width, codePoints));
      line.advances.push(this.#thousandths(xAdvance));
      line.widths.push(width);
    }
  }

  /** Font units as whole thousandths of the font size: widths of a file are read, and add up, as they are written. */
  #thousandths(units: number): number {
    return Math.round(units * this.#scale);
  }

  /** Number of a glyph in the subset; its width and what it means are noted for the file. */
  #number(glyph: number, width: number, codePoints: readonly number[]): number {
    const number = this.font.subset.includeGlyph(glyph);
    this.#note(number, width, codePoints);
    return number;
  }

  #note(number: number, width: number, codePoints: readonly number[]): void {
    this.font.widths[number] ??= width;
    this.font.unicode[number] ??= codePoints;
  }
}

const NOWHERE: GlyphPosition = { xAdvance: 0, xOffset: 0, yOffset: 0 };

function isMark(codePoints: readonly number[] | undefined): boolean {
  return codePoints?.[0] !== undefined && /^\p{M}$/u.test(String.fromCodePoint(codePoints[0]));
}

/** Glyphs of a cluster as parts of one: where each stands from the origin of the first. */
function placed(glyphs: ShapedText['glyphs'], positions: ShapedText['positions']): GlyphPart[] {
  let at = 0;
  return glyphs.map(({ id }, index) => {
    const { xAdvance, xOffset, yOffset } = positions[index] ?? NOWHERE;
    const part = { glyph: id, x: Math.round(at + xOffset), y: Math.round(yOffset) };
    at += xAdvance;
    return part;
  });
}

/** Each byte as it stands in a literal string (ISO 32000-1, 7.3.4.2), which has half the size of one in hexadecimal. */
const BYTES = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(byte)
    .replace(/[()\\]/u, '\\$&')
    .replace('\r', '\\r')
    .replace('\n', '\\n'),
);

/** The two bytes of a glyph's number. */
function shown(glyph: number): string {
  return `${BYTES[glyph >> 8] ?? ''}${BYTES[glyph & 0xff] ?? ''}`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
