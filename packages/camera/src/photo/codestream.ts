import { ByteReader, ByteWriter, checkImageSize, InputError } from '@buergerkoffer/formats';

const SOC = 0xff4f;
const SIZ = 0xff51;
const SOT = 0xff90;
const COM = 0xff64;

/** Bytes of a comment that has no content: marker, length, kind. */
const EMPTY_COMMENT = 6;
const LONGEST_COMMENT = 0xffff + 2;

/** Tiles of a codestream that is read: photos have one. */
const MAX_TILES = 1024;

/** Size of a JPEG 2000 image. */
export interface CodestreamSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 grey, 3 colour. */
  readonly components: 1 | 3;
}

/**
 * The size that a codestream claims (ITU-T T.800, A.5.1), before anything is decoded. Other than 1 or 3 components of
 * 8 unsigned bits, not subsampled, is `InputError('unsupported')`; too many pixels or tiles are `too-large`.
 */
export function readCodestreamSize(codestream: Uint8Array, baseOffset = 0): CodestreamSize {
  const reader = new ByteReader(codestream, { baseOffset });
  if (reader.u16() !== SOC || reader.u16() !== SIZ)
    throw new InputError('malformed', 'a codestream begins with FF 4F FF 51', { offset: baseOffset });
  const offset = reader.offset;
  const segment = reader.sub(reader.u16() - 2);
  segment.skip(2);
  const [right, bottom, left, top] = [segment.u32(), segment.u32(), segment.u32(), segment.u32()];
  const [tileWidth, tileHeight, tileLeft, tileTop] = [
    segment.u32(),
    segment.u32(),
    segment.u32(),
    segment.u32(),
  ];
  const components = segment.u16();
  checkImageSize(right - left, bottom - top, undefined, offset);
  if (tileWidth === 0 || tileHeight === 0 || tileLeft > left || tileTop > top)
    throw new InputError('malformed', 'the tiles do not fit the image', { offset });
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  if (tiles > MAX_TILES) throw new InputError('too-large', `the image has ${tiles} tiles`, { offset });
  if (components !== 1 && components !== 3)
    throw new InputError('unsupported', `the image has ${components} components, 1 or 3 are read`, {
      offset,
    });
  for (let component = 0; component < components; component += 1) {
    if (segment.u8() !== 7 || segment.u8() !== 1 || segment.u8() !== 1)
      throw new InputError('unsupported', 'components have 8 unsigned bits and full size', { offset });
  }
  segment.expectEnd();
  return { widthPx: right - left, heightPx: bottom - top, components };
}

/**
 * The codestream made longer to at least `length` bytes by comments in its main header, which decoders pass over
 * (ITU-T T.800, A.9.2); as it is when it is long enough. It becomes up to 6 bytes longer than asked for.
 */
export function paddedCodestream(codestream: Uint8Array, length: number): Uint8Array {
  let missing = length - codestream.length;
  if (missing <= 0) return codestream;
  const end = mainHeaderLength(codestream);
  const writer = new ByteWriter().bytes(codestream.subarray(0, end));
  while (missing > 0) {
    const size = Math.min(LONGEST_COMMENT, Math.max(EMPTY_COMMENT, missing));
    writer
      .u16(COM)
      .u16(size - 2)
      .u16(0)
      .bytes(new Uint8Array(size - EMPTY_COMMENT));
    missing -= size;
  }
  return writer.bytes(codestream.subarray(end)).toBytes();
}

function mainHeaderLength(codestream: Uint8Array): number {
  const reader = new ByteReader(codestream);
  reader.skip(2);
  for (;;) {
    const offset = reader.offset;
    if (reader.u16() === SOT) return offset;
    reader.skip(reader.u16() - 2);
  }
}
