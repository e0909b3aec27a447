import { readCharacterMap, type CharacterMap } from './character-map.js';
import type { FontTables } from './font-tables.js';

/** Scripts whose letters stand side by side as they are; marks and other scripts are for an engine that shapes them. */
const PLAIN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]$/u;
const UNKNOWN = 0xffff;
/** What {@link PlainLetters.glyphOf} says of a character that cannot be set by itself. */
export const NOT_PLAIN = -1;

/**
 * Letters of a TrueType font that need no shaping: one glyph for each, with its width and its kerning. Read from `cmap`, `hmtx` and
 * `kern` when they are asked for, so that nothing is parsed before; the glyphs of characters that were met once are kept.
 */
export class PlainLetters {
  readonly #map: CharacterMap;
  readonly #metrics: DataView;
  readonly #lastMetric: number;
  readonly #kerning: DataView;
  readonly #glyphs = new Uint16Array(0x1_0000).fill(UNKNOWN);
  readonly #plain = new Map<number, boolean>();
  #pairs: ReadonlyMap<number, number> | undefined;

  private constructor(map: CharacterMap, metrics: DataView, metricCount: number, kerning: DataView) {
    this.#map = map;
    this.#metrics = metrics;
    this.#lastMetric = metricCount - 1;
    this.#kerning = kerning;
  }

  /** The letters of a font; nothing where it lacks a table, or keeps its kerning in another form. */
  static of(tables: FontTables): PlainLetters | undefined {
    const [cmap, hhea, hmtx, kern] = ['cmap', 'hhea', 'hmtx', 'kern'].map((tag) => tables.get(tag));
    if (cmap === undefined || hhea === undefined || hmtx === undefined || kern === undefined)
      return undefined;
    const map = readCharacterMap(cmap);
    const metricCount = hhea.getUint16(34);
    if (map === undefined || metricCount * 4 > hmtx.byteLength || metricCount === 0) return undefined;
    return hasOnePlainTable(kern) ? new PlainLetters(map, hmtx, metricCount, kern) : undefined;
  }

  /** Whether the font has a glyph for the code point. */
  covers(codePoint: number): boolean {
    return this.glyphAt(codePoint) !== 0;
  }

  /** Glyph of a code point, 0 where there is none. */
  glyphAt(codePoint: number): number {
    if (codePoint > 0xffff) return this.#map(codePoint);
    const known = this.#glyphs[codePoint] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const glyph = this.#map(codePoint);
    this.#glyphs[codePoint] = glyph;
    return glyph;
  }

  /** Glyph of a character that can be set by itself, else {@link NOT_PLAIN}. */
  glyphOf(codePoint: number): number {
    return codePoint < 0x180 || this.#isPlain(codePoint) ? this.glyphAt(codePoint) : NOT_PLAIN;
  }

  /** Width of a glyph in font units. */
  advance(glyph: number): number {
    return this.#metrics.getUint16(Math.min(glyph, this.#lastMetric) * 4);
  }

  /** What the distance of two glyphs differs from the width of the first by, in font units. */
  kerning(left: number, right: number): number {
    this.#pairs ??= readPairs(this.#kerning);
    return this.#pairs.get((left << 16) | right) ?? 0;
  }

  #isPlain(codePoint: number): boolean {
    const known = this.#plain.get(codePoint);
    if (known !== undefined) return known;
    const plain = PLAIN.test(String.fromCodePoint(codePoint));
    this.#plain.set(codePoint, plain);
    return plain;
  }
}

/** One horizontal table of pairs, as nearly all fonts have that have any (OpenType, `kern`, version 0, format 0). */
function hasOnePlainTable(kern: DataView): boolean {
  if (kern.byteLength < 18 || kern.getUint16(0) !== 0 || kern.getUint16(2) !== 1) return false;
  return kern.getUint16(8) === 1 && 18 + kern.getUint16(10) * 6 <= kern.byteLength;
}

function readPairs(kern: DataView): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  for (let at = 18; at < 18 + kern.getUint16(10) * 6; at += 6) {
    pairs.set(kern.getInt32(at), kern.getInt16(at + 4));
  }
  return pairs;
}
