import type { FontTables } from './font-tables.js';
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

/** A glyph inside another one, with the shift of its origin in font units. */
export interface GlyphPart {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/** A glyph that the font itself does not have. */
interface Composed {
  readonly parts: readonly GlyphPart[];
  readonly advance: number;
}

/** Tables that a TrueType program in a PDF file has to have (ISO 32000-1, 9.9), without those of hinting. */
const TABLES = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const;
type TableName = (typeof TABLES)[number];

/** Flags of a component of a composite glyph (OpenType, `glyf`). */
const COMPONENT = {
  words: 0x1,
  shifted: 0x2,
  scale: 0x8,
  more: 0x20,
  xyScale: 0x40,
  matrix: 0x80,
  instructions: 0x100,
};

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
    const outlines: Uint8Array[] = [];
    for (let at = 0; at < this.#glyphs.length; at++) outlines.push(this.#outline(this.#glyphs[at] ?? 0));
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
    head.setInt16(50, isShort ? 0 : 1);
    const hhea = this.#copy('hhea');
    hhea.setUint16(34, outlines.length);
    const maxp = this.#copy('maxp');
    maxp.setUint16(4, outlines.length);
    this.#setLargest(maxp);
    const tables = { glyf: joined(outlines, end), head, hhea, hmtx: this.#metrics(), loca, maxp };
    return sfnt(Object.entries(tables).map(([tag, { buffer }]) => [tag, new Uint8Array(buffer)]));
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

  /** Outline of a glyph without instructions, its components renumbered; padded to even length. */
  #outline(glyph: number | Composed): Uint8Array {
    if (typeof glyph !== 'number') return this.#composed(glyph.parts);
    const [begin, end] = this.#place(glyph);
    if (end - begin < 10) return new Uint8Array(0);
    const { buffer, byteOffset } = this.#table('glyf');
    const source = new Uint8Array(buffer, byteOffset + begin, end - begin);
    const view = new DataView(buffer, byteOffset + begin, end - begin);
    const contours = view.getInt16(0);
    return contours < 0 ? this.#composite(source) : simple(source, view, contours);
  }

  #composed(parts: readonly GlyphPart[]): Uint8Array {
    const view = new DataView(new ArrayBuffer(10 + parts.length * 8));
    view.setInt16(0, -1);
    for (const [index, edge] of this.#bounds(parts).entries()) view.setInt16(2 + index * 2, edge);
    for (const [index, { glyph, x, y }] of parts.entries()) {
      const at = 10 + index * 8;
      const more = index < parts.length - 1 ? COMPONENT.more : 0;
      view.setUint16(at, COMPONENT.words | COMPONENT.shifted | more);
      view.setUint16(at + 2, this.includeGlyph(glyph));
      view.setInt16(at + 4, x);
      view.setInt16(at + 6, y);
    }
    return new Uint8Array(view.buffer);
  }

  /** Left, lower, right and upper edge of the parts together; zeros where none has an outline. */
  #bounds(parts: readonly GlyphPart[]): readonly [number, number, number, number] {
    const boxes = parts.flatMap(({ glyph, x, y }) => {
      const [begin, end] = this.#place(glyph);
      if (end - begin < 10) return [];
      const edge = (at: number): number => this.#table('glyf').getInt16(begin + at);
      return [[edge(2) + x, edge(4) + y, edge(6) + x, edge(8) + y] as const];
    });
    if (boxes.length === 0) return [0, 0, 0, 0];
    return [
      Math.min(...boxes.map((box) => box[0])),
      Math.min(...boxes.map((box) => box[1])),
      Math.max(...boxes.map((box) => box[2])),
      Math.max(...boxes.map((box) => box[3])),
    ];
  }

  #place(glyph: number): readonly [number, number] {
    const loca = this.#table('loca');
    return this.#table('head').getInt16(50) === 0
      ? [loca.getUint16(glyph * 2) * 2, loca.getUint16(glyph * 2 + 2) * 2]
      : [loca.getUint32(glyph * 4), loca.getUint32(glyph * 4 + 4)];
  }

  #composite(source: Uint8Array): Uint8Array {
    const outline = source.slice();
    const view = new DataView(outline.buffer);
    let at = 10;
    for (let flags = COMPONENT.more; (flags & COMPONENT.more) !== 0;) {
      flags = view.getUint16(at);
      view.setUint16(at, flags & ~COMPONENT.instructions);
      view.setUint16(at + 2, this.includeGlyph(view.getUint16(at + 2)));
      at += 4 + ((flags & COMPONENT.words) === 0 ? 2 : 4);
      if ((flags & COMPONENT.scale) !== 0) at += 2;
      else if ((flags & COMPONENT.xyScale) !== 0) at += 4;
      else if ((flags & COMPONENT.matrix) !== 0) at += 8;
    }
    return outline.subarray(0, at);
  }

  #metrics(): DataView {
    const hmtx = this.#table('hmtx');
    const long = this.#table('hhea').getUint16(34);
    const metrics = new DataView(new ArrayBuffer(this.#glyphs.length * 4));
    for (const [index, glyph] of this.#glyphs.entries()) {
      if (typeof glyph !== 'number') {
        metrics.setUint16(index * 4, glyph.advance);
        metrics.setInt16(index * 4 + 2, this.#bounds(glyph.parts)[0]);
        continue;
      }
      const last = Math.min(glyph, long - 1);
      metrics.setUint16(index * 4, hmtx.getUint16(last * 4));
      const bearing = glyph < long ? glyph * 4 + 2 : long * 4 + (glyph - long) * 2;
      metrics.setInt16(index * 4 + 2, hmtx.getInt16(bearing));
    }
    return metrics;
  }
}

/** A simple outline with its instructions cut out. */
function simple(source: Uint8Array, view: DataView, contours: number): Uint8Array {
  const lengthAt = 10 + contours * 2;
  const points = lengthAt + 2 + view.getUint16(lengthAt);
  const length = lengthAt + 2 + source.length - points;
  const outline = new Uint8Array(length + (length & 1));
  outline.set(source.subarray(0, lengthAt));
  outline.set(source.subarray(points), lengthAt + 2);
  return outline;
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

/** A font file of these tables, each on a boundary of four bytes (OpenType, "Organization of an OpenType Font"). */
function sfnt(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
  const headerSize = 12 + tables.length * 16;
  const padded = (length: number): number => (length + 3) & ~3;
  const file = new Uint8Array(tables.reduce((size, [, bytes]) => size + padded(bytes.length), headerSize));
  const view = new DataView(file.buffer);
  const selector = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x0001_0000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 << selector);
  view.setUint16(8, selector);
  view.setUint16(10, tables.length * 16 - (16 << selector));
  let offset = headerSize;
  for (const [index, [tag, bytes]] of tables.entries()) {
    const entry = 12 + index * 16;
    for (let at = 0; at < 4; at++) file[entry + at] = tag.charCodeAt(at);
    file.set(bytes, offset);
    view.setUint32(entry + 4, checksum(new DataView(file.buffer, offset, padded(bytes.length))));
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, bytes.length);
    offset += padded(bytes.length);
  }
  return file;
}

function checksum(table: DataView): number {
  let sum = 0;
  for (let at = 0; at < table.byteLength; at += 4) sum = (sum + table.getUint32(at)) >>> 0;
  return sum;
}
