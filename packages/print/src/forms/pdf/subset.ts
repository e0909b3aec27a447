import { writeFontTables, type FontTables } from './font-tables.js';
import { composeOutline, cutOutline, isComposite, widened, type Bounds, type GlyphPart } from './outline.js';
import { keepPacked } from './pack-stream.js';

/** The glyphs of one document out of a font: what pdfkit asks for, glyph by glyph, and embeds at the end. */
export interface GlyphSubset {
  /** Number of the glyph in the subset; a glyph that was not there yet is added. */
  includeGlyph(glyph: number): number;
  /** Number of a glyph made of several, where the kind of font has such glyphs: a letter with its marks. */
  compose?(parts: readonly GlyphPart[], advance: number): number;
  /** What was asked for so far is the same in every document that has no more than this. */
  seal?(): void;
  encode(): Uint8Array;
}

/** A glyph that the font itself does not have. */
interface Composed {
  readonly parts: readonly GlyphPart[];
  readonly advance: number;
}

/** Tables that a TrueType program in a PDF file has to have (ISO 32000-1, 9.9), without those of hinting. */
const TABLES = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const;
type TableName = (typeof TABLES)[number];

/** Whether a font has the tables that subsets are cut from: TrueType outlines (not CFF). */
export function hasOutlines(tables: FontTables): boolean {
  return TABLES.every((name) => tables.has(name));
}

/** The subsets of fonts that many documents share, and how many glyphs were asked for. */
const shared = new WeakMap<FontTables, { readonly count: number; readonly bytes: Uint8Array }>();

/**
 * A subset of a TrueType font without its hinting programs: half the size, and what a printer or a screen of today makes
 * of the outlines does not differ. Glyphs are numbered in the order in which they were asked for; 0 is `.notdef`.
 */
export class TrueTypeSubset implements GlyphSubset {
  readonly #tables: FontTables;
  readonly #glyphs: (number | Composed)[] = [];
  readonly #numbers = new Map<number | string, number>();

  #sealed = 0;

  constructor(tables: FontTables) {
    this.#tables = tables;
    this.includeGlyph(0);
  }

  includeGlyph(glyph: number): number {
    return this.#include(glyph, glyph);
  }

  compose(parts: readonly GlyphPart[], advance: number): number {
    const key = parts.map(({ glyph, x, y }) => `${glyph} ${x} ${y}`).join();
    return this.#include(key, { parts, advance });
  }

  #include(key: number | string, glyph: number | Composed): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#glyphs.length);
    return this.#glyphs.push(glyph) - 1;
  }

  seal(): void {
    this.#sealed = this.#glyphs.length;
  }

  encode(): Uint8Array {
    const count = this.#glyphs.length;
    if (count !== this.#sealed) return this.#encode();
    const known = shared.get(this.#tables);
    if (known?.count === count) return known.bytes;
    const bytes = this.#encode();
    shared.set(this.#tables, { count, bytes });
    keepPacked(bytes);
    return bytes;
  }

  #encode(): Uint8Array {
    const bounds = this.#bounds();
    const context = { bounds, renumber: (glyph: number) => this.includeGlyph(glyph) };
    const outlines: Uint8Array[] = [];
    for (let at = 0; at < this.#glyphs.length; at++) {
      const glyph = this.#glyphs[at] ?? 0; // outlines of parts come to it on the way
      outlines.push(
        typeof glyph === 'number'
          ? cutOutline(this.#outline(glyph), context)
          : composeOutline(glyph.parts, context),
      );
    }
    const end = outlines.reduce((sum, { length }) => sum + length, 0);
    const isShort = end <= 0x1_fffe;
    const loca = new DataView(new ArrayBuffer((outlines.length + 1) * (isShort ? 2 : 4)));
    let begin = 0;
    for (const [index, outline] of outlines.entries()) {
      begin += outline.length;
      if (isShort) loca.setUint16((index + 1) * 2, begin / 2);
      else loca.setUint32((index + 1) * 4, begin);
    }
    const head = this.#copy('head');
    head.setUint32(8, 0); // checkSumAdjustment: of no use in a subset
    for (const [index, edge] of bounds.entries()) head.setInt16(36 + index * 2, edge);
    head.setInt16(50, isShort ? 0 : 1);
    const hhea = this.#copy('hhea');
    hhea.setUint16(34, outlines.length);
    const maxp = this.#copy('maxp');
    maxp.setUint16(4, outlines.length);
    this.#setLargest(maxp);
    const tables = { glyf: joined(outlines, end), head, hhea, hmtx: this.#metrics(bounds), loca, maxp };
    return writeFontTables(Object.entries(tables).map(([tag, { buffer }]) => [tag, new Uint8Array(buffer)]));
  }

  /** The bounds of the whole font with the glyphs that were composed. */
  #bounds(): Bounds {
    const head = this.#table('head');
    return this.#glyphs
      .flatMap((glyph) => (typeof glyph === 'number' ? [] : glyph.parts))
      .reduce<Bounds>(
        (bounds, part) => widened(bounds, this.#outline(part.glyph), part),
        [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
      );
  }

  /** The bounds of memory that a reader needs (OpenType, `maxp`), with room for the glyphs that were composed. */
  #setLargest(maxp: DataView): void {
    if (maxp.byteLength < 32) return;
    maxp.setUint16(26, 0); // no instructions
    const most = Math.max(
      0,
      ...this.#glyphs.map((each) => (typeof each === 'number' ? 0 : each.parts.length)),
    );
    if (most === 0) return;
    for (const [of, sum] of [
      [6, 10], // points
      [8, 12], // contours
    ] as const) {
      const larger = Math.max(maxp.getUint16(of), maxp.getUint16(sum)) * most;
      maxp.setUint16(sum, Math.min(larger, 0xffff));
    }
    maxp.setUint16(28, Math.max(maxp.getUint16(28), most));
    maxp.setUint16(30, maxp.getUint16(30) + 1);
  }

  #table(name: TableName): DataView {
    const table = this.#tables.get(name);
    if (table === undefined) throw new RangeError(`the font has no table ${name}`);
    return table;
  }

  #copy(name: TableName): DataView {
    const { buffer, byteOffset, byteLength } = this.#table(name);
    return new DataView(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  }

  /** The outline of a glyph of the font (OpenType, `loca`). */
  #outline(glyph: number): DataView {
    const [loca, glyf] = [this.#table('loca'), this.#table('glyf')];
    const [begin, end] =
      this.#table('head').getInt16(50) === 0
        ? [loca.getUint16(glyph * 2) * 2, loca.getUint16(glyph * 2 + 2) * 2]
        : [loca.getUint32(glyph * 4), loca.getUint32(glyph * 4 + 4)];
    return new DataView(glyf.buffer, glyf.byteOffset + begin, end - begin);
  }

  /** Advance of each glyph and where its outline begins: as in the font, or at the bounds that glyphs of parts have. */
  #metrics([left]: Bounds): DataView {
    const hmtx = this.#table('hmtx');
    const long = this.#table('hhea').getUint16(34);
    const metrics = new DataView(new ArrayBuffer(this.#glyphs.length * 4));
    for (const [index, glyph] of this.#glyphs.entries()) {
      if (typeof glyph !== 'number') {
        metrics.setUint16(index * 4, glyph.advance);
        metrics.setInt16(index * 4 + 2, left);
        continue;
      }
      metrics.setUint16(index * 4, hmtx.getUint16(Math.min(glyph, long - 1) * 4));
      const bearing = glyph < long ? glyph * 4 + 2 : long * 4 + (glyph - long) * 2;
      metrics.setInt16(index * 4 + 2, isComposite(this.#outline(glyph)) ? left : hmtx.getInt16(bearing));
    }
    return metrics;
  }
}

function joined(parts: readonly Uint8Array[], size: number): DataView<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new DataView(bytes.buffer);
}
