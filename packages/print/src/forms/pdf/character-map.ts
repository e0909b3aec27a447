/** Glyph of a code point; 0 where the font has none. */
export type CharacterMap = (codePoint: number) => number;

/** Platform and encoding of a table of Unicode, the fuller first (OpenType, `cmap`). */
const UNICODE = ['3.10', '0.4', '3.1', '0.3'];

/** The glyphs of Unicode characters from a font's `cmap`, formats 4 and 12; nothing where it has neither. */
export function readCharacterMap(cmap: DataView): CharacterMap | undefined {
  const offsets = new Map<string, number>();
  for (let record = 4; record < 4 + 8 * cmap.getUint16(2); record += 8) {
    offsets.set(`${cmap.getUint16(record)}.${cmap.getUint16(record + 2)}`, cmap.getUint32(record + 4));
  }
  for (const name of UNICODE) {
    const offset = offsets.get(name);
    if (offset === undefined) continue;
    const table = new DataView(cmap.buffer, cmap.byteOffset + offset, cmap.byteLength - offset);
    const format = table.getUint16(0);
    if (format === 12) return segmentedCoverage(table);
    if (format === 4) return segmentMapping(table);
  }
  return undefined;
}

/** Format 12: groups of 32-bit code points whose glyphs follow one another. */
function segmentedCoverage(table: DataView): CharacterMap {
  const count = table.getUint32(12);
  return (codePoint) => {
    const group = 16 + 12 * firstWhere(count, (index) => table.getUint32(16 + 12 * index + 4) >= codePoint);
    if (group >= 16 + 12 * count || table.getUint32(group) > codePoint) return 0;
    return table.getUint32(group + 8) + codePoint - table.getUint32(group);
  };
}

/** Format 4: segments of 16-bit code points, shifted by a number or looked up. */
function segmentMapping(table: DataView): CharacterMap {
  const size = table.getUint16(6);
  const [ends, starts, deltas, ranges] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size];
  return (codePoint) => {
    const at = 2 * firstWhere(size / 2, (index) => table.getUint16(ends + 2 * index) >= codePoint);
    if (at >= size || table.getUint16(starts + at) > codePoint) return 0;
    const delta = table.getUint16(deltas + at);
    const range = table.getUint16(ranges + at);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = table.getUint16(ranges + at + range + 2 * (codePoint - table.getUint16(starts + at)));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}

/** The first of `count` numbers for which the condition holds, as it does for all after it. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
