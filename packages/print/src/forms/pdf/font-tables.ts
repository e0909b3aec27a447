/** The tables of a TrueType or OpenType font by tag (OpenType, "Organization of an OpenType Font"). */
export type FontTables = ReadonlyMap<string, DataView>;

/** The tables of one font; nothing for a collection, other bytes, and a font whose tables leave the file. */
export function readFontTables(bytes: Uint8Array): FontTables | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 12) return undefined;
  const tables = new Map<string, DataView>();
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16) {
    if (entry + 16 > view.byteLength) return undefined;
    const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4));
    const [offset, length] = [view.getUint32(entry + 8), view.getUint32(entry + 12)];
    if (offset + length > view.byteLength) return undefined;
    tables.set(tag, new DataView(bytes.buffer, bytes.byteOffset + offset, length));
  }
  return tables;
}

/** A font file of these tables, each on a boundary of four bytes. */
export function writeFontTables(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
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
