import { ByteWriter, InputError, readBit, writeBit, type FingerPosition } from '@buergerkoffer/formats';
import { readWsqInfo } from '../wsq/wsq-info.js';
import { readFingerRecord, type FingerRecord } from './finger-record.js';

/** A print for the chip of a German identity document. */
export interface ChipPrint {
  /** Thumb to ring finger of either hand; little fingers are never taken (BSI TR-03121-3, GID). */
  readonly position: FingerPosition;
  /** The print as WSQ file of less than 18,432 bytes, 500 ppi. */
  readonly wsq: Uint8Array;
  /** NFIQ 2 value, 0 to 100, or 255 where it could not be computed. */
  readonly quality: number;
  /** The vendor's id of the scanner, 0 to 65,535. Default 0: unknown. */
  readonly captureDeviceId?: number;
  /** Image acquisition level: 31 for a scanner of 500 ppi (default), 41 for one of 1000 ppi. */
  readonly acquisitionLevel?: 31 | 41;
  /** Pixels per inch of the scan, not below the image's 500. Default 500. */
  readonly scanPpi?: number;
}

/** A print as a chip holds it. */
export interface ChipFinger {
  readonly position: FingerPosition;
  readonly record: FingerRecord;
}

/** A WSQ file has fewer bytes (BSI TR-03121-3, COM-FP-WSQR). */
const TOO_MANY_WSQ_BYTES = 18_432;

const GENERAL_HEADER = 32;
const FINGER_HEADER = 14;
const IMAGE_PPI = 500;
const WSQ = 2;

/**
 * The finger image record of one live plain print (ISO/IEC 19794-4:2005) in the profile of BSI TR-03121-3,
 * COD-FP-CHIP. Width and height are those of the WSQ file. What the profile does not allow is
 * `InputError('out-of-range')` or `('not-allowed')` with the field as path, too large a file `('too-large')`.
 */
export function writeChipRecord(print: ChipPrint): Uint8Array<ArrayBuffer> {
  const { position, wsq, quality, captureDeviceId = 0, acquisitionLevel = 31, scanPpi = IMAGE_PPI } = print;
  checkPrint({ position, quality, captureDeviceId, scanPpi });
  if (wsq.length >= TOO_MANY_WSQ_BYTES) {
    throw new InputError('too-large', `the WSQ file has ${wsq.length} bytes, less than 18432 are allowed`, {
      path: 'wsq',
      remedy: 'compress the print with maxBytes 18431',
    });
  }
  const { width, height } = readWsqInfo(wsq);
  const writer = new ByteWriter().ascii('FIR\0').ascii('010\0').u16(0);
  writer.u32(GENERAL_HEADER + FINGER_HEADER + wsq.length);
  writer.u16(captureDeviceId).u16(acquisitionLevel).u8(1).u8(1);
  writer.u16(scanPpi).u16(scanPpi).u16(IMAGE_PPI).u16(IMAGE_PPI).u8(8).u8(WSQ).u16(0);
  writer.u32(FINGER_HEADER + wsq.length);
  writer.u8(position).u8(1).u8(1).u8(quality).u8(0).u16(width).u16(height).u8(0);
  return writer.bytes(wsq).toBytes();
}

/** The biometric information template around {@link writeChipRecord}, as the document producer takes it. */
export function writeChipTemplate(print: ChipPrint): Uint8Array<ArrayBuffer> {
  return writeBit({ type: 'fingerprint', position: print.position, record: writeChipRecord(print) });
}

/**
 * Reads a biometric information template of a finger. `InputError` as from `readBit` and `readFingerRecord`,
 * with offsets within the record for the latter; a record of another finger than the template's is
 * `malformed`.
 */
export function readChipTemplate(bytes: Uint8Array): ChipFinger {
  const information = readBit(bytes);
  if (information.type !== 'fingerprint') {
    throw new InputError('unsupported', 'this is the template of a face', { offset: 0 });
  }
  const { position } = information;
  const record = readFingerRecord(information.record);
  if (record.views.some((view) => view.position !== position)) {
    throw new InputError('malformed', 'template and record name different fingers', { path: 'position' });
  }
  return { position, record };
}

function checkPrint({
  position,
  quality,
  captureDeviceId,
  scanPpi,
}: Required<Omit<ChipPrint, 'wsq' | 'acquisitionLevel'>>): void {
  if (!Number.isInteger(position) || position < 1 || position > 10) {
    throw new InputError('out-of-range', 'a finger position is 1 to 10', { path: 'position' });
  }
  if (position % 5 === 0) {
    throw new InputError('not-allowed', 'little fingers are not taken for identity documents', {
      path: 'position',
    });
  }
  if (!Number.isInteger(quality) || quality < 0 || (quality > 100 && quality !== 255)) {
    throw new InputError('out-of-range', 'a quality is 0 to 100, or 255', { path: 'quality' });
  }
  if (!Number.isInteger(captureDeviceId) || captureDeviceId < 0 || captureDeviceId > 65_535) {
    throw new InputError('out-of-range', 'the id of a device is 0 to 65535', { path: 'captureDeviceId' });
  }
  if (!Number.isInteger(scanPpi) || scanPpi < IMAGE_PPI || scanPpi > 65_535) {
    throw new InputError('out-of-range', 'a scan has 500 ppi at least', { path: 'scanPpi' });
  }
}
