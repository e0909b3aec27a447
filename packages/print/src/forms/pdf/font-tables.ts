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
