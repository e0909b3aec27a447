import { ByteWriter, InputError } from '@buergerkoffer/formats';
import { MAX_PARAMETERS, type PtpMessage } from './container.js';
import { datasetReader, readU64 } from './fields.js';

/** Length and type, in bytes. */
export const PACKET_HEAD_BYTES = 8;
/** The port that PTP/IP has with IANA. */
export const PTPIP_PORT = 15_740;

/** Version 1.0. */
const PROTOCOL_VERSION = 0x0001_0000;
const GUID_BYTES = 16;
/** A name of 40 characters with its zero is the longest that is sent; a foreign one may be longer. */
const MAX_NAME_BYTES = 512;

/** Packets of PTP/IP (CIPA DC-005): the numbers are their types. */
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
  probeRequest: 13,
  probeResponse: 14,
} as const;

/** A packet that a camera sends. */
export type PtpIpPacket =
  | {
      readonly type: 'init-command-ack';
      readonly connection: number;
      readonly guid: Uint8Array;
      readonly name: string;
    }
  | { readonly type: 'init-event-ack' }
  /** Why the camera refuses: 1 the computer is not allowed, 2 it is busy, else unknown. */
  | { readonly type: 'init-fail'; readonly reason: number }
  | ({ readonly type: 'response' | 'event' } & PtpMessage)
  | { readonly type: 'start-data'; readonly transaction: number; readonly totalBytes: number }
  | { readonly type: 'data' | 'end-data'; readonly transaction: number; readonly bytes: Uint8Array }
  | { readonly type: 'cancel'; readonly transaction: number }
  | { readonly type: 'probe-request' | 'probe-response' };

/**
 * The packet of `kind` with `payload`, which is all behind its head. InputError `unsupported` for packets that only
 * computers send and for unknown ones; `truncated`, `malformed` or `too-large` with the offset in the packet.
 */
export function readPacket(kind: number, payload: Uint8Array): PtpIpPacket {
  const reader = datasetReader(payload, PACKET_HEAD_BYTES);
  switch (kind) {
    case PACKET.initCommandAck: {
      const connection = reader.u32();
      const guid = reader.bytes(GUID_BYTES);
      // The version behind the name is left out by some cameras; others add things.
      return { type: 'init-command-ack', connection, guid, name: readName(payload.subarray(4 + GUID_BYTES)) };
    }
    case PACKET.initEventAck:
      return { type: 'init-event-ack' };
    case PACKET.initFail:
      return { type: 'init-fail', reason: reader.remaining < 4 ? 0 : reader.u32() };
    case PACKET.operationResponse:
    case PACKET.event: {
      const type = kind === PACKET.event ? 'event' : 'response';
      const code = reader.u16();
      const transaction = reader.u32();
      if (reader.remaining % 4 !== 0 || reader.remaining > 4 * MAX_PARAMETERS) {
        throw new InputError('malformed', `${reader.remaining} bytes of parameters`, {
          offset: reader.offset,
        });
      }
      const parameters = Array.from({ length: reader.remaining / 4 }, () => reader.u32());
      return { type, code, transaction, parameters };
    }
    case PACKET.startData: {
      const transaction = reader.u32();
      return { type: 'start-data', transaction, totalBytes: readU64(reader) };
    }
    case PACKET.data:
    case PACKET.endData: {
      const transaction = reader.u32();
      const type = kind === PACKET.data ? 'data' : 'end-data';
      return { type, transaction, bytes: reader.bytes(reader.remaining) };
    }
    case PACKET.cancel:
      return { type: 'cancel', transaction: reader.u32() };
    case PACKET.probeRequest:
      return { type: 'probe-request' };
    case PACKET.probeResponse:
      return { type: 'probe-response' };
    default:
      throw new InputError('unsupported', `a camera sends no packet of type ${kind}`, { offset: 4 });
  }
}

/** The first packet on the first connection: who the computer is. `guid` has 16 bytes. */
export function initCommandRequest(guid: Uint8Array, name: string): Uint8Array {
  const payload = new ByteWriter('little').bytes(guid);
  for (let at = 0; at < name.length; at += 1) payload.u16(name.charCodeAt(at));
  return packet(PACKET.initCommandRequest, payload.u16(0).u32(PROTOCOL_VERSION));
}

/** The first packet on the second connection, with the number that the camera gave the first. */
export function initEventRequest(connection: number): Uint8Array {
  return packet(PACKET.initEventRequest, new ByteWriter('little').u32(connection));
}

/** An operation; `sendsData` where the computer sends data after it. */
export function operationRequest(command: PtpMessage, sendsData: boolean): Uint8Array {
  const payload = new ByteWriter('little')
    .u32(sendsData ? 2 : 1)
    .u16(command.code)
    .u32(command.transaction);
  for (const parameter of command.parameters) payload.u32(parameter);
  return packet(PACKET.operationRequest, payload);
}

/** Announces and holds all data of an operation: two packets, one after the other. */
export function dataPackets(transaction: number, data: Uint8Array): Uint8Array {
  const start = new ByteWriter('little').u32(transaction).u32(data.length).u32(0);
  const end = new ByteWriter('little').u32(transaction).bytes(data);
  return new ByteWriter('little')
    .bytes(packet(PACKET.startData, start))
    .bytes(packet(PACKET.endData, end))
    .toBytes();
}

/** Asks the camera to give an operation up. */
export function cancelPacket(transaction: number): Uint8Array {
  return packet(PACKET.cancel, new ByteWriter('little').u32(transaction));
}

/** Says that the computer is still there. */
export function probeResponse(): Uint8Array {
  return packet(PACKET.probeResponse, new ByteWriter('little'));
}

function packet(kind: number, payload: ByteWriter): Uint8Array {
  return new ByteWriter('little')
    .u32(PACKET_HEAD_BYTES + payload.length)
    .u32(kind)
    .bytes(payload.toBytes())
    .toBytes();
}

/** UTF-16 to the first zero, or to the end. */
function readName(bytes: Uint8Array): string {
  if (bytes.length > MAX_NAME_BYTES) {
    throw new InputError('too-large', `a name of ${bytes.length} bytes`, {
      offset: PACKET_HEAD_BYTES + 4 + GUID_BYTES,
    });
  }
  let name = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    if (unit === 0) break;
    name += String.fromCharCode(unit);
  }
  return name;
}
