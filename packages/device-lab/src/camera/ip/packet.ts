import { ByteReader, InputError } from '@buergerkoffer/formats';
import { ByteQueue } from '../../byte-queue.js';
import { Dataset } from '../dataset.js';
import type { Answer } from '../delivery.js';
import type { PtpCommand, PtpEvent } from '../operation.js';
import type { PtpReply } from '../responder.js';

/** Packet types of PTP/IP (CIPA DC-005-2005). */
export const PACKET = {
  initCommandRequest: 1,
  initCommandAck: 2,
  initEventRequest: 3,
  initEventAck: 4,
  initFail: 5,
  operationRequest: 6,
  operationResponse: 7,
  event: 8,
  startData: 9,
  data: 10,
  cancel: 11,
  endData: 12,
  ping: 13,
  pong: 14,
} as const;

/** Why a handshake fails. */
export const INIT_FAIL = { busy: 2, unspecified: 3 } as const;

/** Length and type, in bytes. */
const HEAD = 8;
/** Bytes of one packet from a host, at most: it sends settings, no pictures. */
const MOST_BYTES = 1024 * 1024;
/** Bytes of data in one packet to the host. */
const DATA_BYTES = 64 * 1024;
const MOST_PARAMETERS = 5;
const VERSION = 0x0001_0000;

/** A packet that came. */
export interface Packet {
  readonly type: number;
  readonly body: ByteReader;
}

/** Cuts a stream into packets. */
export class PacketReader {
  readonly #queue = new ByteQueue();
  #length: number | undefined;

  /** Takes bytes, which are its own from now on. */
  push(bytes: Uint8Array): void {
    this.#queue.push(bytes);
  }

  /** The next packet when it is all there; a length that cannot be is `malformed`. */
  next(): Packet | undefined {
    this.#length ??= this.#lengthOfNext();
    if (this.#length === undefined) return undefined;
    const { offset } = this.#queue;
    const rest = this.#queue.take(this.#length - 4);
    if (rest === undefined) return undefined;
    this.#length = undefined;
    const body = new ByteReader(rest, { order: 'little', baseOffset: offset });
    return { type: body.u32(), body };
  }

  #lengthOfNext(): number | undefined {
    const { offset } = this.#queue;
    const head = this.#queue.take(4);
    if (head === undefined) return undefined;
    const length = new ByteReader(head, { order: 'little' }).u32();
    if (length >= HEAD && length <= MOST_BYTES) return length;
    throw new InputError('malformed', `no packet has ${length} bytes`, { offset });
  }
}

/** The command of an operation request, and whether data follows. */
export function readOperation(body: ByteReader): {
  readonly command: PtpCommand;
  readonly dataFollows: boolean;
} {
  const phase = body.u32();
  const code = body.u16();
  const transaction = body.u32();
  const count = body.remaining / 4;
  if (!Number.isInteger(count) || count > MOST_PARAMETERS) {
    throw new InputError('malformed', `${body.remaining} bytes are no parameters`, { offset: body.offset });
  }
  const parameters = Array.from({ length: count }, () => body.u32());
  return { command: { code, transaction, parameters }, dataFollows: phase === 2 };
}

/** One packet: its length and type, then `body`. */
export function packet(
  type: (typeof PACKET)[keyof typeof PACKET],
  body: Dataset = new Dataset(),
): Uint8Array {
  const bytes = body.done();
  return new Dataset()
    .u32(HEAD + bytes.length, type)
    .bytes(bytes)
    .done();
}

/** Acknowledges the first socket: number of the connection, GUID, name and version of the camera. */
export function initCommandAck(connection: number, guid: Uint8Array, name: string): Uint8Array {
  return packet(PACKET.initCommandAck, new Dataset().u32(connection).bytes(guid).wide(name).u32(VERSION));
}

export function eventPacket({ code, transaction, parameters }: PtpEvent): Uint8Array {
  return packet(
    PACKET.event,
    new Dataset()
      .u16(code)
      .u32(transaction)
      .u32(...parameters),
  );
}

/** The packets that answer a command, as what goes wrong with them wants them; data comes in two or more. */
export function replyPackets({ transaction }: PtpCommand, reply: PtpReply): Answer {
  const { fault, data } = reply;
  const number = fault?.type === 'wrong-transaction' ? (transaction + 1) >>> 0 : transaction;
  const response = { bytes: responsePacket(reply.code, number, reply.parameters) };
  if (data === undefined) return { first: [], rest: [response] };
  const more = fault?.type === 'wrong-length' ? fault.by : 0;
  const total = Math.max(0, data.length + more);
  const sent = fault?.type === 'truncate' ? data.subarray(0, fault.bytes) : data;
  const start = { bytes: packet(PACKET.startData, new Dataset().u32(number).u64(total)) };
  const pieceBytes = Math.max(1, Math.min(DATA_BYTES, Math.ceil(sent.length / 2)));
  const count = Math.max(1, Math.ceil(sent.length / pieceBytes));
  const messages = Array.from({ length: count }, (_, index) => ({
    bytes: dataPacket(
      index === count - 1,
      number,
      sent.subarray(index * pieceBytes, (index + 1) * pieceBytes),
    ),
  }));
  const half = Math.floor(messages.length / 2);
  return { first: [start, ...messages.slice(0, half)], rest: [...messages.slice(half), response] };
}

/** A piece of data, the last one or not. */
export function dataPacket(last: boolean, transaction: number, piece: Uint8Array): Uint8Array {
  return packet(last ? PACKET.endData : PACKET.data, new Dataset().u32(transaction).bytes(piece));
}

export function responsePacket(code: number, transaction: number, parameters: readonly number[]): Uint8Array {
  const body = new Dataset().u16(code).u32(transaction);
  return packet(PACKET.operationResponse, body.u32(...parameters));
}
