import { NOT_PLAIN, type PlainLetters } from './plain-letters.js';
import type { OpenedFont } from './pdfkit.js';

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

  constructor(font: OpenedFont, letters: PlainLetters | undefined) {
    this.font = font;
    this.#letters = letters;
    this.#scale = font.scale;
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
    let [at, run, isOff] = [x, '', true];
    const moveTo = (left: number, base: number): void => {
      operators.push(`1 0 0 ${downwards ? '-1' : '1'} ${number(left)} ${number(base)} Tm`);
    };
    const endRun = (): void => {
      if (run !== '') operators.push(run.includes('>') ? `[<${run}>] TJ` : `<${run}> Tj`);
      run = '';
    };
    for (const [index, glyph] of glyphs.entries()) {
      const advance = advances[index] ?? 0;
      const offset = offsets.get(index);
      if (offset !== undefined) {
        endRun();
        const rise = (offset[1] * size) / 1000;
        moveTo(at + (offset[0] * size) / 1000, downwards ? baseline - rise : baseline + rise);
        operators.push(`<${hex(glyph)}> Tj`);
        isOff = true;
      } else {
        if (isOff) moveTo(at, baseline);
        isOff = false;
        const kern = Math.round((widths[index] ?? 0) - advance);
        const goesOn = index + 1 < glyphs.length && !offsets.has(index + 1);
        run += kern !== 0 && goesOn ? `${hex(glyph)}> ${kern} <` : hex(glyph);
      }
      at += (advance * size) / 1000;
    }
    endRun();
    operators.push('ET');
    return operators.join('\n');
  }

  /** Takes the glyphs of these code points into the subset, as far as the font has them: what can be typed into a field later. */
  include(codePoints: readonly number[]): void {
    const { font } = this.font;
    for (const codePoint of codePoints) {
      if (this.#letters !== undefined) {
        const glyph = this.#letters.glyphAt(codePoint);
        if (glyph !== 0) this.#number(glyph, this.#letters.advance(glyph) * this.#scale, [codePoint]);
      } else if (font.hasGlyphForCodePoint(codePoint)) {
        const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
        this.#number(id, advanceWidth * this.#scale, [codePoint]);
      }
    }
  }

  #plainWidth(text: string): number | undefined {
    const letters = this.#letters;
    if (letters === undefined) return undefined;
    let width = 0;
    let last = 0;
    for (let at = 0; at < text.length; at++) {
      const glyph = letters.glyphOf(text.charCodeAt(at));
      if (glyph === NOT_PLAIN) return undefined;
      width += letters.advance(glyph) + (at === 0 ? 0 : letters.kerning(last, glyph));
      last = glyph;
    }
    return width * this.#scale;
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
      const width = letters.advance(glyph) * this.#scale;
      if (at > 0) {
        const before = line.advances.length - 1;
        line.advances[before] = (line.advances[before] ?? 0) + letters.kerning(last, glyph) * this.#scale;
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
    const { glyphs, positions } = this.font.font.layout(word);
    const scale = this.#scale;
    return {
      glyphs: glyphs.map(({ id, advanceWidth, codePoints }) =>
        this.#number(id, advanceWidth * scale, codePoints),
      ),
      advances: positions.map(({ xAdvance }) => xAdvance * scale),
      widths: glyphs.map(({ advanceWidth }) => advanceWidth * scale),
      offsets: new Map(
        [...positions.entries()].flatMap(([index, { xOffset, yOffset }]) =>
          xOffset === 0 && yOffset === 0 ? [] : [[index, [xOffset * scale, yOffset * scale]] as const],
        ),
      ),
    };
  }

  /** Number of a glyph in the subset; its width and what it means are noted for the file. */
  #number(glyph: number, width: number, codePoints: readonly number[]): number {
    const { subset, widths, unicode } = this.font;
    const number = subset.includeGlyph(glyph);
    widths[number] ??= width;
    unicode[number] ??= codePoints;
    return number;
  }
}

function hex(glyph: number): string {
  return glyph.toString(16).padStart(4, '0');
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
