import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import { readCodestreamSize, type CodestreamSize } from './codestream.js';

const SIGNATURE = 0x6a502020;
const SIGNATURE_CONTENT = 0x0d0a870a;
const FILE_TYPE = 0x66747970;
const BRAND = 0x6a703220;
const HEADER = 0x6a703268;
const IMAGE_HEADER = 0x69686472;
const COLOUR = 0x636f6c72;
const CODESTREAM = 0x6a703263;

const BOX_HEADER = 8;
const WAVELETS = 7;
const ENUMERATED = 1;
const SRGB = 16;
const GREYSCALE = 17;

/** Bytes of a JP2 file of {@link writeJp2} before its codestream. */
export const JP2_OVERHEAD = 85;

/**
 * A JP2 file (ITU-T T.800, Annex I) around a codestream of 8-bit grey or sRGB: signature, file type, header,
 * codestream.
 */
export function writeJp2(codestream: Uint8Array): Uint8Array<ArrayBuffer> {
  const { widthPx, heightPx, components } = readCodestreamSize(codestream);
  const imageHeader = new ByteWriter()
    .u32(heightPx)
    .u32(widthPx)
    .u16(components)
    .u8(7)
    .u8(WAVELETS)
    .u8(0)
    .u8(0)
    .toBytes();
  const colour = new ByteWriter()
    .u8(ENUMERATED)
    .u8(0)
    .u8(0)
    .u32(components === 3 ? SRGB : GREYSCALE)
    .toBytes();
  const writer = new ByteWriter();
  writeBox(writer, SIGNATURE, new ByteWriter().u32(SIGNATURE_CONTENT).toBytes());
  writeBox(writer, FILE_TYPE, new ByteWriter().u32(BRAND).u32(0).u32(BRAND).toBytes());
  const header = new ByteWriter();
  writeBox(header, IMAGE_HEADER, imageHeader);
  writeBox(header, COLOUR, colour);
  writeBox(writer, HEADER, header.toBytes());
  writeBox(writer, CODESTREAM, codestream);
  return writer.toBytes();
}

function writeBox(writer: ByteWriter, type: number, content: Uint8Array): void {
  writer
    .u32(BOX_HEADER + content.length)
    .u32(type)
    .bytes(content);
}

/** What a JP2 file holds. */
export interface Jp2 extends CodestreamSize {
  /** A view of the file. */
  readonly codestream: Uint8Array;
}

/**
 * Finds the codestream of a JP2 file and reads its size; other boxes are passed over. Lengths beyond the end are
 * `InputError` `truncated`, a file without signature or codestream `malformed` or `missing`, boxes of more than 4 GiB
 * `unsupported`.
 */
export function readJp2(bytes: Uint8Array): Jp2 {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== BOX_HEADER + 4 || reader.u32() !== SIGNATURE || reader.u32() !== SIGNATURE_CONTENT)
    throw new InputError('malformed', 'this is no JP2 file', { offset: 0 });
  while (reader.remaining > 0) {
    const offset = reader.offset;
    const length = reader.u32();
    const type = reader.u32();
    if (length === 1) throw new InputError('unsupported', 'a box has a length of 8 bytes', { offset });
    // Length 0 is a last box that goes to the end.
    if (length !== 0 && length < BOX_HEADER)
      throw new InputError('malformed', 'a box is shorter than its header', { offset });
    const content = reader.bytes(length === 0 ? reader.remaining : length - BOX_HEADER);
    if (type === CODESTREAM) {
      return { ...readCodestreamSize(content, offset + BOX_HEADER), codestream: content };
    }
  }
  throw new InputError('missing', 'the JP2 file has no codestream', { offset: bytes.length });
}
