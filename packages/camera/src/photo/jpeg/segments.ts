import { ByteReader } from '@buergerkoffer/formats';

/** One segment of a JPEG: its marker without FF, and what it holds. */
export interface JpegSegment {
  readonly marker: number;
  readonly content: ByteReader;
  /** Offset of the byte behind it. */
  readonly end: number;
}

const SOS = 0xda;

/** The segments of a JPEG that `readJpegInfo` has walked through, up to the header of its first scan and with it. */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment, undefined> {
  const reader = new ByteReader(bytes);
  reader.skip(2);
  for (let marker = 0; marker !== SOS;) {
    marker = reader.u16() & 0xff;
    while (marker === 0xff) marker = reader.u8();
    const content = reader.sub(reader.u16() - 2);
    yield { marker, content, end: reader.offset };
  }
}

/** Whether the segment begins with this identifier; as many bytes are consumed. */
export function isNamed(content: ByteReader, name: string): boolean {
  if (content.remaining < name.length) return false;
  return String.fromCharCode(...content.bytes(name.length)) === name;
}
