import { ByteReader } from '@buergerkoffer/formats';
import { Dataset } from '../dataset.js';
import type { Answer } from '../delivery.js';
import type { PtpCommand, PtpEvent } from '../operation.js';
import type { PtpReply } from '../responder.js';

/** Container types of PTP over USB (PIMA 15740:2000, annex D). */
const CONTAINER = { command: 1, data: 2, response: 3, event: 4 } as const;
/** Length, type, code and transaction, in bytes. */
const HEAD = 12;
const MOST_PARAMETERS = 5;
/** Bytes that are a whole number of packets at every speed of USB. */
const WHOLE_PACKETS = 1024;

/** What a host sends over the bulk pipe. */
export type HostContainer =
  | { readonly type: 'command'; readonly command: PtpCommand }
  | { readonly type: 'data'; readonly code: number; readonly transaction: number; readonly data: Uint8Array };

/** How long the container is that begins with these bytes; undefined while its length is not all there. */
export function containerLength(bytes: Uint8Array): number | undefined {
  return bytes.length < 4 ? undefined : new ByteReader(bytes, { order: 'little' }).u32();
}

/** The container that `bytes` are, whole; undefined for what a host may not send. */
export function readContainer(bytes: Uint8Array): HostContainer | undefined {
  if (bytes.length < HEAD) return undefined;
  const reader = new ByteReader(bytes, { order: 'little' });
  if (reader.u32() !== bytes.length) return undefined;
  const type = reader.u16();
  const code = reader.u16();
  const transaction = reader.u32();
  if (type === CONTAINER.data) {
    return { type: 'data', code, transaction, data: reader.bytes(reader.remaining) };
  }
  const count = reader.remaining / 4;
  if (type !== CONTAINER.command || !Number.isInteger(count) || count > MOST_PARAMETERS) return undefined;
  const parameters = Array.from({ length: count }, () => reader.u32());
  return { type: 'command', command: { code, transaction, parameters } };
}

/** The containers that answer a command, as what goes wrong with them wants them. */
export function replyContainers({ code, transaction }: PtpCommand, reply: PtpReply): Answer {
  const { fault, data } = reply;
  const number = fault?.type === 'wrong-transaction' ? (transaction + 1) >>> 0 : transaction;
  const words = new Dataset().u32(...reply.parameters).done();
  const response = { bytes: container(CONTAINER.response, reply.code, number, words) };
  if (data === undefined) return { first: [], rest: [response] };
  const more = fault?.type === 'wrong-length' ? fault.by : 0;
  const whole = container(CONTAINER.data, code, number, data, more);
  const sent = fault?.type === 'truncate' ? whole.subarray(0, HEAD + fault.bytes) : whole;
  const half = Math.floor(sent.length / 2 / WHOLE_PACKETS) * WHOLE_PACKETS;
  const first = half === 0 ? [] : [{ bytes: sent.subarray(0, half), more: true }];
  return { first, rest: [{ bytes: sent.subarray(half) }, response] };
}

export function eventContainer({ code, transaction, parameters }: PtpEvent): Uint8Array {
  return container(CONTAINER.event, code, transaction, new Dataset().u32(...parameters).done());
}

function container(
  type: (typeof CONTAINER)[keyof typeof CONTAINER],
  code: number,
  transaction: number,
  payload: Uint8Array,
  more = 0,
): Uint8Array {
  return new Dataset()
    .u32(Math.max(0, HEAD + payload.length + more))
    .u16(type, code)
    .u32(transaction)
    .bytes(payload)
    .done();
}
