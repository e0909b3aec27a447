import { InputError, type ByteReader } from '@buergerkoffer/formats';
import { checkRecordLength, COMPRESSIONS_2011, readCompression, readPpi, readPpiPerUnit } from './codes.js';
import type { FingerView } from './finger-view.js';

/** Bytes of a date and time: year, month, day, hour, minute, second, milliseconds. */
const DATE_TIME = 9;
/** Bytes of a certification: authority and scheme. */
const CERTIFICATION = 3;

/** The rest of a record of 2011 behind its version (ISO/IEC 19794-4:2011, 8.2 to 8.4). */
export function readBody2011(reader: ByteReader, recordLength: number): readonly FingerView[] {
  const lengthAt = reader.offset;
  checkRecordLength(reader.u32(), recordLength, lengthAt);
  const representations = reader.u16();
  const isCertified = reader.u8() !== 0;
  reader.skip(1);
  const views: FingerView[] = [];
  for (let each = 0; each < representations; each += 1) {
    const at = reader.offset;
    const length = reader.u32();
    if (length < 4)
      throw new InputError('malformed', 'a representation is shorter than its length', { offset: at });
    // Extended data (segmentation, annotations, comments) follow the image; they are left aside.
    views.push(readRepresentation(reader.sub(length - 4), isCertified));
  }
  reader.expectEnd();
  return views;
}

function readRepresentation(reader: ByteReader, isCertified: boolean): FingerView {
  reader.skip(DATE_TIME);
  const device = { technology: reader.u8(), vendor: reader.u16(), id: reader.u16() };
  const qualities = Array.from({ length: reader.u8() }, () => ({
    value: reader.u8(),
    vendor: reader.u16(),
    algorithm: reader.u16(),
  }));
  if (isCertified) reader.skip(CERTIFICATION * reader.u8());
  const position = reader.u8();
  const viewNumber = reader.u8();
  const ppiPerUnit = readPpiPerUnit(reader);
  const capturePpi = readPpi(reader, ppiPerUnit);
  const imagePpi = readPpi(reader, ppiPerUnit);
  const bitDepth = reader.u8();
  const compression = readCompression(reader, COMPRESSIONS_2011);
  const impression = reader.u8();
  const [width, height] = [reader.u16(), reader.u16()];
  const length = reader.u32();
  const { offset } = reader;
  const data = reader.bytes(length);
  return {
    ...{ position, viewNumber, qualities, impression, width, height, bitDepth, compression },
    ...{ imagePpi, capturePpi, device, data, offset },
  };
}
