import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { ByteQueue } from '../../byte-queue.js';
import { Dataset } from '../dataset.js';
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

/** The next packet when it is all there; a length that cannot be is `malformed`. */
export function nextPacket(queue: ByteQueue, peeked: { length?: number }): Packet | undefined {
  const offset = queue.offset;
  if (peeked.length === undefined) {
    const head = queue.take(4);
    if (head === undefined) return undefined;
    peeked.length = new ByteReader(head, { order: 'little' }).u32();
    if (peeked.length < HEAD || peeked.length > MOST_BYTES) {
      throw new InputError('malformed', `no packet has ${peeked.length} bytes`, { offset });
    }
  }
  const rest = queue.take(peeked.length - 4);
  if (rest === undefined) return undefined;
  delete peeked.length;
  const body = new ByteReader(rest, { order: 'little', baseOffset: offset });
  return { type: body.u32(), body };
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

/** The packets that answer a command, as what goes wrong with them wants them: the data's in one piece, the response. */
export function replyPackets({ transaction }: PtpCommand, reply: PtpReply): readonly Uint8Array[] {
  const { fault, data } = reply;
  const number = fault?.type === 'wrong-transaction' ? (transaction + 1) >>> 0 : transaction;
  const response = packet(
    PACKET.operationResponse,
    new Dataset()
      .u16(reply.code)
      .u32(number)
      .u32(...reply.parameters),
  );
  if (data === undefined) return [response];
  const more = fault?.type === 'wrong-length' ? fault.by : 0;
  const sent = fault?.type === 'truncate' ? data.subarray(0, fault.bytes) : data;
  const all = new Dataset().bytes(
    packet(PACKET.startData, new Dataset().u32(number).u64(Math.max(0, data.length + more))),
  );
  for (let at = 0; ; at += DATA_BYTES) {
    const last = at + DATA_BYTES >= sent.length;
    const piece = new Dataset().u32(number).bytes(sent.subarray(at, at + DATA_BYTES));
    all.bytes(packet(last ? PACKET.endData : PACKET.data, piece));
    if (last) return [all.done(), response];
  }
}
