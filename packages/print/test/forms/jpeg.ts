/** The markers of a JPEG of `width` x `height` RGB pixels with `payload` in place of entropy-coded data, and an Exif orientation if given. */
export function jpegMarkers(
  width: number,
  height: number,
  payload: readonly number[] = [1, 2, 3],
  orientation?: number,
): Uint8Array {
  const exif = orientation === undefined ? [] : exifSegment(orientation);
  const frame = [0xff, 0xc0, 0, 17, 8, ...u16(height), ...u16(width), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
  return Uint8Array.of(0xff, 0xd8, ...exif, ...frame, 0xff, 0xda, 0, 2, ...payload, 0xff, 0xd9);
}

function u16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function exifSegment(orientation: number): number[] {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  return [0xff, 0xe1, ...u16(tiff.length + 8), ...new TextEncoder().encode('Exif\0\0'), ...tiff];
}
