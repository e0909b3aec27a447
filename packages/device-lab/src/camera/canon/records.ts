import type { CameraObject } from '../card.js';
import { Dataset } from '../dataset.js';
import { EOS_RECORD } from './codes.js';

/** Choices are numbers of 32 bits. */
const NUMBERS = 3;

/** One record as GetEvent brings it: its size and type, 32 bits each, then its fields. */
function record(type: number, fields: Uint8Array): Uint8Array {
  return new Dataset()
    .u32(8 + fields.length, type)
    .bytes(fields)
    .done();
}

/** The end of all records. */
export const NO_MORE_RECORDS = record(0, new Uint8Array(0));

/** A property has this value. */
export function propertyRecord(property: number, value: number): Uint8Array {
  return record(EOS_RECORD.propertyChanged, new Dataset().u32(property, value).done());
}

/** A property that is a text, in ASCII. */
export function textRecord(property: number, text: string): Uint8Array {
  return record(EOS_RECORD.propertyChanged, new Dataset().u32(property).bytes(ascii(text)).done());
}

/** The values that a property may be set to; none for one that is read only. */
export function choicesRecord(property: number, values: readonly number[]): Uint8Array {
  return record(EOS_RECORD.choicesChanged, new Dataset().u32(property, NUMBERS).u32s(values).done());
}

/** An object is on the card now. */
export function addedRecord({ handle, storage, format, bytes, parent, name }: CameraObject): Uint8Array {
  const fields = new Dataset()
    .u32(handle, storage, format, 0, 0, bytes.length, parent, handle)
    .bytes(padded(ascii(name)));
  return record(EOS_RECORD.objectAdded, fields.done());
}

/** A picture in memory waits for the host to fetch it. */
export function transferRecord({ handle, format, bytes, name }: CameraObject): Uint8Array {
  const fields = new Dataset().u32(handle, format, 0, bytes.length, 0).bytes(padded(ascii(name)));
  return record(EOS_RECORD.requestObjectTransfer, fields.done());
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(`${text}\0`, (character) => character.charCodeAt(0) & 0x7f);
}

function padded(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  all.set(bytes);
  return all;
}
