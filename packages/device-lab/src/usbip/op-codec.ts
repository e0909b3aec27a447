import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import type { UsbDescriptors } from '../usb/descriptors-of.js';
import type { VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import type { ByteQueue } from '../byte-queue.js';

/** What a client asks a USB/IP server for before it imports (USB/IP 1.1.1). */
export type OpRequest =
  | { readonly type: 'list' }
  /** `busId` is one of the list. */
  | { readonly type: 'import'; readonly busId: string };

/** A device as a server lists it. */
export interface ExportedDevice {
  /** Up to 31 characters, such as `1-1`. */
  readonly busId: string;
  readonly busNumber: number;
  readonly deviceNumber: number;
  readonly device: VirtualUsbDevice;
  readonly descriptors: UsbDescriptors;
}

/** A device that was imported from a server, as far as a host controller must know it. */
export interface ImportedDevice {
  readonly busNumber: number;
  readonly deviceNumber: number;
  /** As Linux numbers speeds: 1 low, 2 full, 3 high, 5 super. */
  readonly speed: number;
}

/** Why an import is refused, as the reply numbers it. */
export const REFUSAL = { notAvailable: 1, busy: 2, error: 3, noDevice: 4 } as const;
/** How Linux numbers speeds. */
export const SPEED_NUMBER = { full: 2, high: 3, super: 5 } as const;

const VERSION = 0x0111;
const CODE = { reqImport: 0x8003, repImport: 0x0003, reqList: 0x8005, repList: 0x0005 } as const;
const HEAD_BYTES = 8;
const PATH_BYTES = 256;
const BUS_ID_BYTES = 32;
const DEVICE_BYTES = 312;

/** Bytes of the reply to an import: the head alone when it is refused. */
export const IMPORT_REPLY_BYTES = HEAD_BYTES + DEVICE_BYTES;

/** Reads requests from a stream; a head whose rest has not come is remembered. */
export class OpReader {
  #importComes = false;

  /** The next request, or undefined while it is not all there. Throws `InputError` for another protocol. */
  next(input: ByteQueue): OpRequest | undefined {
    if (!this.#importComes) {
      const { offset } = input;
      const head = input.take(HEAD_BYTES);
      if (head === undefined) return undefined;
      const reader = new ByteReader(head, { baseOffset: offset });
      const version = reader.u16();
      if (version !== VERSION) {
        throw new InputError('unsupported', `USB/IP version ${version.toString(16)}, 111 is spoken here`, {
          offset,
        });
      }
      const code = reader.u16();
      if (code === CODE.reqList) return { type: 'list' };
      if (code !== CODE.reqImport) {
        throw new InputError('malformed', `request ${code.toString(16)} is not known`, {
          offset: offset + 2,
        });
      }
      this.#importComes = true;
    }
    const busId = input.take(BUS_ID_BYTES);
    if (busId === undefined) return undefined;
    this.#importComes = false;
    return { type: 'import', busId: textOf(busId) };
  }
}

/** The list of devices that can be imported. */
export function writeList(devices: readonly ExportedDevice[]): Uint8Array {
  const out = head(CODE.repList, 0).u32(devices.length);
  for (const one of devices) {
    const interfaces = one.device.interfaces.filter(({ alternateSetting = 0 }) => alternateSetting === 0);
    writeDevice(out, one, interfaces.length);
    for (const { interfaceClass, interfaceSubclass = 0, interfaceProtocol = 0 } of interfaces) {
      out.u8(interfaceClass).u8(interfaceSubclass).u8(interfaceProtocol).u8(0);
    }
  }
  return out.toBytes();
}

/** The reply to an import that is granted; transfers follow on the same connection. */
export function writeImported(device: ExportedDevice): Uint8Array {
  const out = head(CODE.repImport, 0);
  writeDevice(out, device, new Set(device.device.interfaces.map(({ number }) => number)).size);
  return out.toBytes();
}

/** The reply to an import that is refused. */
export function writeRefused(status: number): Uint8Array {
  return head(CODE.repImport, status).toBytes();
}

/** The request for a device; throws `InputError` when no server can have such a bus id. */
export function writeImport(busId: string): Uint8Array {
  return padded(head(CODE.reqImport, 0), busId, BUS_ID_BYTES).toBytes();
}

/** The reply to an import as far as it has come: a device, the number of a refusal, or undefined for too few bytes. */
export function readImportReply(bytes: Uint8Array): ImportedDevice | number | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const reader = new ByteReader(bytes);
  if (reader.u16() !== VERSION || reader.u16() !== CODE.repImport) {
    throw new InputError('malformed', 'no reply to an import', { offset: 0 });
  }
  const status = reader.u32();
  if (status !== 0) return status;
  if (bytes.length < IMPORT_REPLY_BYTES) return undefined;
  reader.skip(PATH_BYTES + BUS_ID_BYTES);
  return { busNumber: reader.u32(), deviceNumber: reader.u32(), speed: reader.u32() };
}

function head(code: number, status: number): ByteWriter {
  return new ByteWriter().u16(VERSION).u16(code).u32(status);
}

function writeDevice(out: ByteWriter, one: ExportedDevice, interfaceCount: number): void {
  const { device, descriptors } = one;
  padded(out, `/sys/devices/platform/device-lab/usb${one.busNumber}/${one.busId}`, PATH_BYTES);
  padded(out, one.busId, BUS_ID_BYTES);
  out
    .u32(one.busNumber)
    .u32(one.deviceNumber)
    .u32(SPEED_NUMBER[device.speed ?? 'high']);
  out
    .u16(device.vendorId)
    .u16(device.productId)
    .u16(device.deviceVersion ?? 0x0100);
  out.bytes(descriptors.device.slice(4, 7)); // class, subclass, protocol
  out.u8(descriptors.configurationValue).u8(1).u8(interfaceCount);
}

/** Text closed with at least one zero byte. */
function padded(out: ByteWriter, text: string, length: number): ByteWriter {
  if (text.length >= length)
    throw new InputError('out-of-range', `at most ${length - 1} characters`, { path: 'busId' });
  return out.ascii(text).bytes(new Uint8Array(length - text.length));
}

/** The text before the first zero byte; other characters than ASCII name no device. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
}
