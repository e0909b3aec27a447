import { type ByteReader, InputError } from '@buergerkoffer/formats';
import { datasetReader, readText } from './fields.js';

/** A value of a device property; 64-bit numbers and longer ones are bigint. */
export type PropertyValue = number | bigint | string | readonly (number | bigint)[];

/** What a property may be set to. */
export type PropertyForm =
  | { readonly type: 'any' }
  | {
      readonly type: 'range';
      readonly minimum: PropertyValue;
      readonly maximum: PropertyValue;
      readonly step: PropertyValue;
    }
  | { readonly type: 'choice'; readonly values: readonly PropertyValue[] };

/** The dataset DevicePropDesc (ISO 15740, 13.3.3). */
export interface PropertyDescription {
  readonly property: number;
  /** Code of the data type: 0x0002 is an unsigned byte, 0xffff a string. */
  readonly dataType: number;
  readonly writable: boolean;
  readonly factoryDefault: PropertyValue;
  readonly current: PropertyValue;
  readonly form: PropertyForm;
}

const TEXT = 0xffff;
/** The bit of a data type that makes it an array. */
const ARRAY = 0x4000;

/**
 * The dataset DevicePropDesc. InputError `truncated` with the offset; `unsupported` for a data type that the standard
 * does not know.
 */
export function readPropertyDescription(bytes: Uint8Array): PropertyDescription {
  const reader = datasetReader(bytes);
  const property = reader.u16();
  const dataType = reader.u16();
  const writable = reader.u8() !== 0;
  const factoryDefault = readPropertyValue(reader, dataType);
  const current = readPropertyValue(reader, dataType);
  return { property, dataType, writable, factoryDefault, current, form: readForm(reader, dataType) };
}

/** The next value of `dataType`. */
export function readPropertyValue(reader: ByteReader, dataType: number): PropertyValue {
  if (dataType === TEXT) return readText(reader);
  if ((dataType & ARRAY) === 0) return readNumber(reader, dataType);
  const type = dataType & ~ARRAY;
  const count = reader.u32();
  const items = reader.sub(count * widthOf(type, reader.offset));
  return Array.from({ length: count }, () => readNumber(items, type));
}

function readForm(reader: ByteReader, dataType: number): PropertyForm {
  // Some cameras end the dataset before the form where there is none.
  const form = reader.remaining === 0 ? 0 : reader.u8();
  if (form === 1) {
    const minimum = readPropertyValue(reader, dataType);
    const maximum = readPropertyValue(reader, dataType);
    return { type: 'range', minimum, maximum, step: readPropertyValue(reader, dataType) };
  }
  if (form !== 2) return { type: 'any' };
  const count = reader.u16();
  return { type: 'choice', values: Array.from({ length: count }, () => readPropertyValue(reader, dataType)) };
}

/** Data types go 1 int8, 2 uint8, 3 int16, 4 uint16 … 9 int128, 10 uint128. */
function widthOf(type: number, offset: number): number {
  if (type < 1 || type > 10) {
    throw new InputError('unsupported', `a property has no data type ${type}`, { offset });
  }
  return 2 ** ((type - 1) >> 1);
}

function readNumber(reader: ByteReader, type: number): number | bigint {
  const { offset } = reader;
  const width = widthOf(type, offset);
  const signed = type % 2 === 1;
  switch (width) {
    case 1: {
      const value = reader.u8();
      return signed && value > 0x7f ? value - 0x100 : value;
    }
    case 2:
      return signed ? reader.i16() : reader.u16();
    case 4:
      return signed ? reader.i32() : reader.u32();
    default: {
      const bytes = reader.bytes(width);
      const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      return signed ? BigInt.asIntN(8 * width, value) : value;
    }
  }
}
