import { ByteWriter, InputError } from '@buergerkoffer/formats';
import { datasetReader } from './fields.js';

/** Length, type, code and transaction, in bytes. */
export const CONTAINER_HEAD_BYTES = 12;
/** An operation, a response and an event have so many parameters at most. */
export const MAX_PARAMETERS = 5;
/** The largest container without data: head and five parameters. */
export const MAX_PLAIN_BYTES = CONTAINER_HEAD_BYTES + 4 * MAX_PARAMETERS;

/** What a container of PTP over USB holds (PIMA 15740:2000, D.7.1.1). */
export type ContainerType = 'command' | 'data' | 'response' | 'event';

const TYPES: readonly ContainerType[] = ['command', 'data', 'response', 'event'];

/** The first twelve bytes of a container. */
export interface ContainerHead {
  readonly type: ContainerType;
  /** Bytes of the whole container, 12 to 2³² - 1. */
  readonly length: number;
  /** Code of the operation, response or event. */
  readonly code: number;
  /** Number of the transaction; 0 outside of a session, and in most events. */
  readonly transaction: number;
}

/** A command, a response or an event: a code with up to five 32-bit parameters. */
export interface PtpMessage {
  readonly code: number;
  readonly transaction: number;
  readonly parameters: readonly number[];
}

/**
 * The head at the beginning of `bytes`. InputError `truncated` for fewer than 12 bytes, `malformed` for an unknown
 * type, `out-of-range` for a length below 12 or, but for data, one that no such container has.
 */
export function readContainerHead(bytes: Uint8Array): ContainerHead {
  const reader = datasetReader(bytes);
  const length = reader.u32();
  const number = reader.u16();
  const type = TYPES[number - 1];
  if (type === undefined) {
    throw new InputError('malformed', `a container has no type ${number}`, { offset: 4 });
  }
  const tooLong = type !== 'data' && (length > MAX_PLAIN_BYTES || length % 4 !== 0);
  if (length < CONTAINER_HEAD_BYTES || tooLong) {
    throw new InputError('out-of-range', `a ${type} container cannot have ${length} bytes`, { offset: 0 });
  }
  return { type, length, code: reader.u16(), transaction: reader.u32() };
}

/**
 * The command, response or event in `bytes`, which hold it and nothing else. InputError as {@link readContainerHead};
 * `truncated` or `malformed` for fewer or more bytes than it announces; `malformed` for a container of data.
 */
export function readMessage(bytes: Uint8Array): ContainerHead & PtpMessage {
  const head = readContainerHead(bytes);
  if (head.type === 'data') {
    throw new InputError('malformed', 'data stands where a message should', { offset: 4 });
  }
  const reader = datasetReader(bytes);
  reader.skip(CONTAINER_HEAD_BYTES);
  const words = reader.sub(head.length - CONTAINER_HEAD_BYTES);
  reader.expectEnd();
  return { ...head, parameters: Array.from({ length: words.remaining / 4 }, () => words.u32()) };
}

/** A command, response or event as one container; more than five parameters are InputError `out-of-range`. */
export function writeMessage(type: Exclude<ContainerType, 'data'>, message: PtpMessage): Uint8Array {
  const { code, transaction, parameters } = message;
  if (parameters.length > MAX_PARAMETERS) {
    throw new InputError('out-of-range', `${parameters.length} parameters; ${MAX_PARAMETERS} fit`);
  }
  const writer = writeHead(type, code, transaction, CONTAINER_HEAD_BYTES + 4 * parameters.length);
  for (const parameter of parameters) writer.u32(parameter);
  return writer.toBytes();
}

/** Data that belongs to an operation, as one container. */
export function writeData(code: number, transaction: number, data: Uint8Array): Uint8Array {
  return writeHead('data', code, transaction, CONTAINER_HEAD_BYTES + data.length)
    .bytes(data)
    .toBytes();
}

function writeHead(type: ContainerType, code: number, transaction: number, length: number): ByteWriter {
  return new ByteWriter('little')
    .u32(length)
    .u16(TYPES.indexOf(type) + 1)
    .u16(code)
    .u32(transaction);
}
