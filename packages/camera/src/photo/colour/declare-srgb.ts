import { ByteWriter } from '@buergerkoffer/formats';

const APP0 = 0xffe0;
const APP1 = 0xffe1;
const SOI_BYTES = 2;
const LONG = 4;
const SHORT = 3;
const UNDEFINED = 7;

/**
 * The JPEG with Exif (CIPA DC-008) that says ColorSpace sRGB and nothing else, behind its JFIF header: a picture that says nothing
 * of its colours is only taken for sRGB.
 */
export function declareSrgb(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const hasJfif = view.getUint16(SOI_BYTES) === APP0;
  const at = hasJfif ? SOI_BYTES + 2 + view.getUint16(SOI_BYTES + 2) : SOI_BYTES;
  const exif = exifOfSrgb();
  return new ByteWriter()
    .bytes(jpeg.subarray(0, at))
    .u16(APP1)
    .u16(exif.length + 2)
    .bytes(exif)
    .bytes(jpeg.subarray(at))
    .toBytes();
}

function exifOfSrgb(): Uint8Array {
  const exifDirectoryAt = 26;
  return (
    new ByteWriter()
      .ascii('Exif\0\0')
      // The header and the first directory: where Exif's own is.
      .ascii('MM')
      .u16(42)
      .u32(8)
      .u16(1)
      .u16(0x8769)
      .u16(LONG)
      .u32(1)
      .u32(exifDirectoryAt)
      .u32(0)
      // ExifVersion 2.32, ColorSpace 1.
      .u16(2)
      .u16(0x9000)
      .u16(UNDEFINED)
      .u32(4)
      .ascii('0232')
      .u16(0xa001)
      .u16(SHORT)
      .u32(1)
      .u16(1)
      .u16(0)
      .u32(0)
      .toBytes()
  );
}
