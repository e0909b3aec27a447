/** Little-endian numbers, as a host of the tests writes them. */
export const u16 = (value: number): readonly number[] => [value & 255, (value >> 8) & 255];
export const u32 = (value: number): readonly number[] => [
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  value >>> 24,
];

export const readU16 = (bytes: Uint8Array, at = 0): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint16(at, true);
export const readU32 = (bytes: Uint8Array, at = 0): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

/** An array of 32-bit numbers. */
export function readU32s(bytes: Uint8Array, at = 0): readonly number[] {
  return Array.from({ length: readU32(bytes, at) }, (_, index) => readU32(bytes, at + 4 + 4 * index));
}

/** A picture that is told from every other by its bytes: noise between the marks of a JPEG. */
export function picture(shot: number, length = 5_000): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, at) => ((at + shot) * 7919) % 251);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  bytes.set([0xff, 0xd9], length - 2);
  return bytes;
}
