import { InputError, type ByteReader } from '@buergerkoffer/formats';
import { checkRecordLength, COMPRESSIONS_2005, readCompression, readPpi, readPpiPerUnit } from './codes.js';
import type { FingerView } from './finger-view.js';

/** Bytes of the header before each image. */
const VIEW_HEADER = 14;

/** The rest of a record of 2005 behind its version (ISO/IEC 19794-4:2005, 7.1 and 7.2). */
export function readBody2005(reader: ByteReader, recordLength: number): readonly FingerView[] {
  const lengthAt = reader.offset;
  checkRecordLength(reader.u16() * 2 ** 32 + reader.u32(), recordLength, lengthAt);
  const device = { id: reader.u16(), acquisitionLevel: reader.u16() };
  const fingers = reader.u8();
  const ppiPerUnit = readPpiPerUnit(reader);
  const capturePpi = readPpi(reader, ppiPerUnit);
  const imagePpi = readPpi(reader, ppiPerUnit);
  const bitDepth = reader.u8();
  const compression = readCompression(reader, COMPRESSIONS_2005);
  reader.skip(2);
  const views: FingerView[] = [];
  for (let finger = 0; finger < fingers; finger += 1) {
    // Each image of a finger says how many there are; the first one counts.
    for (let view = 0, count = 1; view < count; view += 1) {
      const { imageCount, ...read } = readView(reader);
      if (view === 0) count = imageCount;
      views.push({ ...read, bitDepth, compression, imagePpi, capturePpi, device });
    }
  }
  reader.expectEnd();
  return views;
}

function readView(reader: ByteReader) {
  const lengthAt = reader.offset;
  const length = reader.u32();
  if (length < VIEW_HEADER) {
    throw new InputError('malformed', `a finger block has ${VIEW_HEADER} bytes at least`, {
      offset: lengthAt,
    });
  }
  const content = reader.sub(length - 4);
  const position = content.u8();
  const imageCount = content.u8();
  const viewNumber = content.u8();
  const qualities = [{ value: content.u8() }];
  const impression = content.u8();
  const [width, height] = [content.u16(), content.u16()];
  content.skip(1);
  const { offset } = content;
  const data = content.bytes(content.remaining);
  return { imageCount, position, viewNumber, qualities, impression, width, height, data, offset };
}
