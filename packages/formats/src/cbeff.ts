import { ByteReader } from './byte-reader.js';
import { InputError } from './error.js';
import { findTlv, readTlv, writeTlv, type Tlv } from './tlv.js';

/** Finger by its code in ISO/IEC 19794-4: 1 to 5 thumb to little finger of the right hand, 6 to 10 of the left. */
export type FingerPosition = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A biometric record with what its header template says about it. */
export type BiometricInformation =
  /** `record` is a finger image record, ISO/IEC 19794-4:2005. */
  | { readonly type: 'fingerprint'; readonly position: FingerPosition; readonly record: Uint8Array }
  /** `record` is a face image record, ISO/IEC 19794-5:2005. */
  | { readonly type: 'face'; readonly record: Uint8Array };

const BIT = 0x7f60;
const HEADER = 0xa1;
const DATA = 0x5f2e;
const VERSION = 0x80;
const TYPE = 0x81;
const SUBTYPE = 0x82;
const FORMAT_OWNER = 0x87;
const FORMAT_TYPE = 0x88;

/** Patron header version 1.1, and JTC 1 SC 37 as owner of the formats: the same two bytes. */
const VERSION_1_1 = 0x0101;
const SC_37 = 0x0101;

/** Biometric type and format type of the two kinds of record. */
const CODES = {
  fingerprint: { type: 0x08, format: 0x0007 },
  face: { type: 0x02, format: 0x0008 },
} as const;

/**
 * CBEFF subtypes of the fingers by position: bits 1 and 2 are right and left hand, the bits above count
 * the finger from 1, the thumb (BSI TR-03121-3, COD-FP-GID).
 */
const FINGERS: readonly (readonly [FingerPosition, number])[] = [
  [1, 0x05],
  [2, 0x09],
  [3, 0x0d],
  [4, 0x11],
  [5, 0x15],
  [6, 0x06],
  [7, 0x0a],
  [8, 0x0e],
  [9, 0x12],
  [10, 0x16],
];

/**
 * The biometric information template `7F60` around a record, DER lengths, its five header fields in
 * the order of BSI TR-03121-3 (COD-FI-CHIP, COD-FP-GID).
 */
export function writeBit(information: BiometricInformation): Uint8Array<ArrayBuffer> {
  const codes = CODES[information.type];
  const subtype = information.type === 'face' ? 0x00 : subtypeOf(information.position);
  return writeTlv(BIT, [
    writeTlv(HEADER, [
      writeTlv(VERSION, u16(VERSION_1_1)),
      writeTlv(TYPE, Uint8Array.of(codes.type)),
      writeTlv(SUBTYPE, Uint8Array.of(subtype)),
      writeTlv(FORMAT_OWNER, u16(SC_37)),
      writeTlv(FORMAT_TYPE, u16(codes.format)),
    ]),
    writeTlv(DATA, information.record),
  ]);
}

/**
 * Reads a biometric information template of a finger or face record; `record` is a view of the bytes.
 * A header field or the data that is not there is `InputError('missing')`, another kind of
 * record `InputError('unsupported')`. The order of the fields is free.
 */
export function readBit(bytes: Uint8Array): BiometricInformation {
  const bit = readTlv(bytes);
  if (bit.tag !== BIT) {
    throw new InputError('malformed', 'a biometric information template has the tag 7F60', {
      offset: bit.offset,
    });
  }
  const header = required(bit, HEADER);
  expectNumber(header, VERSION, VERSION_1_1);
  expectNumber(header, FORMAT_OWNER, SC_37);
  const type = number(required(header, TYPE));
  const format = number(required(header, FORMAT_TYPE));
  const subtype = required(header, SUBTYPE);
  const record = required(bit, DATA).value;
  if (type === CODES.face.type && format === CODES.face.format) return { type: 'face', record };
  if (type === CODES.fingerprint.type && format === CODES.fingerprint.format) {
    return { type: 'fingerprint', position: positionOf(subtype), record };
  }
  throw new InputError('unsupported', 'only finger (0007) and face (0008) records of SC 37 are read', {
    offset: header.offset,
  });
}

function subtypeOf(position: FingerPosition): number {
  const found = FINGERS.find(([candidate]) => candidate === position);
  if (found === undefined)
    throw new InputError('out-of-range', 'a finger position is 1 to 10', { path: 'position' });
  return found[1];
}

function positionOf(subtype: Tlv): FingerPosition {
  const code = number(subtype);
  const found = FINGERS.find(([, candidate]) => candidate === code);
  if (found === undefined) {
    throw new InputError('unsupported', 'the subtype names no single finger', { offset: subtype.offset });
  }
  return found[0];
}

function required(parent: Tlv, tag: number): Tlv {
  const found = findTlv(parent.children, tag);
  if (found !== undefined) return found;
  throw new InputError('missing', `data object ${tag.toString(16).toUpperCase()} is missing`, {
    offset: parent.offset,
  });
}

function expectNumber(parent: Tlv, tag: number, expected: number): void {
  const object = required(parent, tag);
  if (number(object) === expected) return;
  throw new InputError('unsupported', `data object ${tag.toString(16)} has another value than 0101`, {
    offset: object.offset,
  });
}

function number(object: Tlv): number {
  const reader = new ByteReader(object.value, { baseOffset: object.offset });
  if (reader.remaining === 2) return reader.u16();
  const value = reader.u8();
  reader.expectEnd();
  return value;
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
