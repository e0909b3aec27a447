/** A glyph inside another one, with the shift of its origin in font units. */
export interface GlyphPart {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/** Left, lower, right and upper edge in font units, as the tables `head` and `glyf` have them. */
export type Bounds = readonly [left: number, lower: number, right: number, upper: number];

/** What all outlines of one subset are cut with. */
export interface OutlineContext {
  /** Number in the subset of a glyph of the font; a glyph that was not there yet is added. */
  readonly renumber: (glyph: number) => number;
  /** What every glyph of parts states: it holds them all, and what is the same in hundreds of glyphs packs to nothing. */
  readonly bounds: Bounds;
}

/** Bytes before the contours or parts of an outline: their number and the bounds (OpenType, `glyf`). */
const HEADER = 10;

/** Flags of a part (OpenType, `glyf`). */
const PART = {
  words: 0x1,
  shifted: 0x2,
  scale: 0x8,
  more: 0x20,
  xyScale: 0x40,
  matrix: 0x80,
  /** Of no meaning without hinting: rounding to the grid, instructions, metrics of a part, outlines that overlap. */
  hinting: 0x4 | 0x100 | 0x200 | 0x400,
};

/** Whether an outline of the font is made of other glyphs. */
export function isComposite(outline: DataView): boolean {
  return outline.byteLength >= HEADER && outline.getInt16(0) < 0;
}

/** An outline of the font without instructions, its parts renumbered; padded to even length, empty where there is none. */
export function cutOutline(outline: DataView, context: OutlineContext): Uint8Array {
  if (outline.byteLength < HEADER) return new Uint8Array(0);
  return isComposite(outline) ? composite(outline, context) : simple(outline);
}

/** The outline of a glyph that the font does not have, of those that it has. */
export function composeOutline(
  parts: readonly GlyphPart[],
  { renumber, bounds }: OutlineContext,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER + parts.length * 8));
  view.setInt16(0, -1);
  setBounds(view, bounds);
  for (const [index, { glyph, x, y }] of parts.entries()) {
    const at = HEADER + index * 8;
    const more = index < parts.length - 1 ? PART.more : 0;
    view.setUint16(at, PART.words | PART.shifted | more);
    view.setUint16(at + 2, renumber(glyph));
    view.setInt16(at + 4, x);
    view.setInt16(at + 6, y);
  }
  return new Uint8Array(view.buffer);
}

/** The bounds that hold these bounds and an outline at its place. */
export function widened(bounds: Bounds, outline: DataView, { x, y }: GlyphPart): Bounds {
  if (outline.byteLength < HEADER) return bounds;
  return [
    Math.min(bounds[0], outline.getInt16(2) + x),
    Math.min(bounds[1], outline.getInt16(4) + y),
    Math.max(bounds[2], outline.getInt16(6) + x),
    Math.max(bounds[3], outline.getInt16(8) + y),
  ];
}

function setBounds(outline: DataView, bounds: Bounds): void {
  for (const [index, edge] of bounds.entries()) outline.setInt16(2 + index * 2, edge);
}

function composite(source: DataView, { renumber, bounds }: OutlineContext): Uint8Array {
  const outline = bytesOf(source).slice();
  const view = new DataView(outline.buffer);
  setBounds(view, bounds);
  let at = HEADER;
  for (let flags = PART.more; (flags & PART.more) !== 0;) {
    flags = view.getUint16(at);
    view.setUint16(at, flags & ~PART.hinting);
    view.setUint16(at + 2, renumber(view.getUint16(at + 2)));
    at += 4 + ((flags & PART.words) === 0 ? 2 : 4);
    if ((flags & PART.scale) !== 0) at += 2;
    else if ((flags & PART.xyScale) !== 0) at += 4;
    else if ((flags & PART.matrix) !== 0) at += 8;
  }
  return outline.subarray(0, at);
}

/** A simple outline with its instructions cut out. */
function simple(source: DataView): Uint8Array {
  const lengthAt = HEADER + source.getInt16(0) * 2;
  const points = lengthAt + 2 + source.getUint16(lengthAt);
  const length = lengthAt + 2 + source.byteLength - points;
  const outline = new Uint8Array(length + (length & 1));
  const bytes = bytesOf(source);
  outline.set(bytes.subarray(0, lengthAt));
  outline.set(bytes.subarray(points), lengthAt + 2);
  return outline;
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
