import { InputError, type ByteReader } from '@buergerkoffer/formats';
import { datasetReader } from './fields.js';

/** A photo, or another file, that a Canon EOS offers. */
export interface EosObject {
  readonly handle: number;
  readonly format: number;
  readonly sizeBytes: number;
  /** Empty where the record has none. */
  readonly fileName: string;
}

/** A record of Canon's event stream that means something to the drivers; the others are left out. */
export type EosEvent =
  /** An object was stored on the card. */
  | { readonly type: 'object-added'; readonly object: EosObject }
  /** An object lies in the camera's memory and waits to be fetched; the camera keeps it until it is told. */
  | { readonly type: 'transfer-requested'; readonly object: EosObject }
  /** Of values longer than 32 bits only the first four bytes, 0 where there are fewer. */
  | { readonly type: 'property-changed'; readonly property: number; readonly value: number }
  /** The camera switches itself off soon. */
  | { readonly type: 'will-shut-down' };

/** Size and type of a record, in bytes. */
const RECORD_HEAD_BYTES = 8;
/** Records of a stream at most: a camera's first answer has about 400. */
const MAX_RECORDS = 65_536;

const RECORD = {
  requestObjectTransfer: 0xc186,
  objectAddedEx: 0xc181,
  propertyChanged: 0xc189,
  willSoonShutdown: 0xc18d,
  objectAddedEx64: 0xc1a7,
  requestObjectTransfer64: 0xc1a9,
  requestObjectTransfer64Lfn: 0xc1b8,
} as const;

/**
 * The events in an answer to GetEvent: records of a size and a type, ended by one of 8 bytes and type 0; what follows
 * is not looked at. An empty answer and one that ends with a whole record are taken as they are. InputError
 * `truncated`, or `out-of-range` for a size below 8, with the offset.
 */
export function readEosEvents(bytes: Uint8Array): readonly EosEvent[] {
  const reader = datasetReader(bytes);
  const events: EosEvent[] = [];
  for (let count = 0; reader.remaining > 0; count += 1) {
    const { offset } = reader;
    const size = reader.u32();
    const type = reader.u32();
    if (type === 0 && size === RECORD_HEAD_BYTES) break;
    if (size < RECORD_HEAD_BYTES || count >= MAX_RECORDS) {
      throw new InputError('out-of-range', `an event record of ${size} bytes, number ${count}`, { offset });
    }
    const event = readRecord(type, reader.sub(size - RECORD_HEAD_BYTES));
    if (event !== undefined) events.push(event);
  }
  return events;
}

function readRecord(type: number, record: ByteReader): EosEvent | undefined {
  switch (type) {
    case RECORD.objectAddedEx:
      return { type: 'object-added', object: readAdded(record, 8) };
    case RECORD.objectAddedEx64:
      return { type: 'object-added', object: readAdded(record, 12) };
    case RECORD.requestObjectTransfer:
    case RECORD.requestObjectTransfer64:
    case RECORD.requestObjectTransfer64Lfn:
      return { type: 'transfer-requested', object: readRequested(record) };
    case RECORD.propertyChanged: {
      const property = record.u32();
      return { type: 'property-changed', property, value: record.remaining < 4 ? 0 : record.u32() };
    }
    case RECORD.willSoonShutdown:
      return { type: 'will-shut-down' };
    default:
      return undefined;
  }
}

/** Handle, storage, format, 10 bytes of other things, size, parent; `behindSize` bytes later the name. */
function readAdded(record: ByteReader, behindSize: number): EosObject {
  const handle = record.u32();
  record.skip(4);
  const format = record.u16();
  record.skip(10);
  const sizeBytes = record.u32();
  record.skip(behindSize);
  return { handle, format, sizeBytes, fileName: readName(record) };
}

/** Handle, format, 6 bytes of other things, size; 4 bytes later the name, where there is one. */
function readRequested(record: ByteReader): EosObject {
  const handle = record.u32();
  const format = record.u16();
  record.skip(6);
  const sizeBytes = record.u32();
  record.skip(Math.min(4, record.remaining));
  return { handle, format, sizeBytes, fileName: readName(record) };
}

/** ASCII to the first zero; whatever is none is shown as `?`. */
function readName(record: ByteReader): string {
  let name = '';
  while (record.remaining > 0) {
    const byte = record.u8();
    if (byte === 0) break;
    name += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
  }
  return name;
}
