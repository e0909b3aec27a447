import { ByteReader } from '@buergerkoffer/formats';

/** A page of a PWG raster document, unpacked. */
export interface UnpackedPage {
  readonly header: DataView;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelBytes: number;
  readonly pixels: Uint8Array;
}

/** Reads PWG raster back (PWG 5102.4, 4): written for the tests, apart from the writer. */
export function readPwgRaster(bytes: Uint8Array): readonly UnpackedPage[] {
  const reader = new ByteReader(bytes);
  if (reader.ascii(4) !== 'RaS2') throw new Error('no PWG raster');
  const pages: UnpackedPage[] = [];
  while (reader.remaining > 0) pages.push(pageOf(reader));
  return pages;
}

function pageOf(reader: ByteReader): UnpackedPage {
  const head = reader.bytes(1796);
  const header = new DataView(head.buffer, head.byteOffset, head.length);
  const [widthPx, heightPx, pixelBytes] = [
    header.getUint32(372),
    header.getUint32(376),
    header.getUint32(388) / 8,
  ];
  const rowBytes = header.getUint32(392);
  const pixels = new Uint8Array(rowBytes * heightPx);
  for (let row = 0; row < heightPx;) {
    const times = reader.u8() + 1;
    const start = row * rowBytes;
    for (let at = start; at < start + rowBytes;) {
      const count = reader.u8();
      if (count <= 127) {
        const pixel = reader.bytes(pixelBytes);
        for (let n = 0; n <= count; n += 1, at += pixelBytes) pixels.set(pixel, at);
      } else {
        if (count === 128) throw new Error('128 is not used');
        const literals = reader.bytes((257 - count) * pixelBytes);
        pixels.set(literals, at);
        at += literals.length;
      }
      if (at > start + rowBytes) throw new Error(`row ${row} is too long`);
    }
    for (let n = 1; n < times; n += 1) pixels.copyWithin(start + n * rowBytes, start, start + rowBytes);
    row += times;
  }
  return { header, widthPx, heightPx, pixelBytes, pixels };
}
