import { DeviceError } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import type {
  InterfaceAssociation,
  VirtualEndpoint,
  VirtualInterface,
  VirtualUsbDevice,
} from './virtual-usb-device.js';

/** What a device answers when it is asked who it is. */
export interface UsbDescriptors {
  readonly device: Uint8Array;
  /** The only configuration, with all that belongs to it. */
  readonly configuration: Uint8Array;
  /** What SET_CONFIGURATION takes, 1 unless raw bytes say otherwise. */
  readonly configurationValue: number;
  /** Capabilities of a SuperSpeed device. */
  readonly bos?: Uint8Array;
  /** A string descriptor; index 0 lists the languages. */
  string(index: number, language: number): Uint8Array | undefined;
  /** The first descriptor of `type` among those of an interface's class. */
  classDescriptor(type: number, interfaceNumber: number): Uint8Array | undefined;
}

const TYPE = { device: 1, configuration: 2, string: 3, interface: 4, endpoint: 5, association: 11 } as const;
const COMPANION = 48;
const US_ENGLISH = 0x0409;
/** A string descriptor tells its length in one byte. */
const STRING_UNITS = 126;
const PACKET_BYTES = 1024;

/**
 * The descriptors of a device (USB 2.0, 9.6; USB 3.2, 9.6 for `super`). Throws `invalid-request` for an endpoint
 * or a string that no descriptor can hold, `InputError` for other numbers that do not fit their field.
 */
export function descriptorsOf(device: VirtualUsbDevice): UsbDescriptors {
  const strings = stringsOf(device);
  const stringDescriptors = strings.map(stringDescriptor);
  const configuration = device.raw?.configuration ?? configurationDescriptor(device, strings);
  const bos = device.speed === 'super' ? { bos: capabilities() } : {};
  return {
    device: device.raw?.device ?? deviceDescriptor(device, strings),
    configuration,
    configurationValue: configuration[5] ?? 1,
    ...bos,
    string: (index, language) => {
      if (device.raw?.string !== undefined) return device.raw.string(index, language);
      if (index === 0) return new ByteWriter('little').u8(4).u8(TYPE.string).u16(US_ENGLISH).toBytes();
      return stringDescriptors[index - 1];
    },
    classDescriptor: (type, interfaceNumber) => {
      const all = device.interfaces.filter(({ number }) => number === interfaceNumber);
      return all
        .flatMap(({ classDescriptors = new Uint8Array(0) }) => split(classDescriptors))
        .find((bytes) => bytes[1] === type);
    },
  };
}

/** The texts of a device; index 1 is the first. */
function stringsOf({ maker, model, serialNumber, interfaces }: VirtualUsbDevice): readonly string[] {
  const texts = [maker, model, serialNumber, ...interfaces.map(({ name }) => name)];
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function indexOf(text: string | undefined, strings: readonly string[]): number {
  return text === undefined ? 0 : strings.indexOf(text) + 1;
}

function deviceDescriptor(device: VirtualUsbDevice, strings: readonly string[]): Uint8Array {
  const superSpeed = device.speed === 'super';
  const associated = device.interfaces.some(({ association }) => association !== undefined);
  return new ByteWriter('little')
    .u8(18)
    .u8(TYPE.device)
    .u16(superSpeed ? 0x0300 : 0x0200)
    .u8(device.deviceClass ?? (associated ? 0xef : 0))
    .u8(device.deviceSubclass ?? (associated ? 2 : 0))
    .u8(device.deviceProtocol ?? (associated ? 1 : 0))
    .u8(superSpeed ? 9 : 64) // at SuperSpeed the exponent of 2
    .u16(device.vendorId)
    .u16(device.productId)
    .u16(device.deviceVersion ?? 0x0100)
    .u8(indexOf(device.maker, strings))
    .u8(indexOf(device.model, strings))
    .u8(indexOf(device.serialNumber, strings))
    .u8(1)
    .toBytes();
}

function configurationDescriptor(device: VirtualUsbDevice, strings: readonly string[]): Uint8Array {
  const body = new ByteWriter('little');
  for (const one of device.interfaces) {
    if (one.association !== undefined) writeAssociation(body, one.number, one.association);
    writeInterface(body, one, strings);
    for (const endpoint of one.endpoints) {
      writeEndpoint(body, endpoint);
      if (device.speed === 'super') writeCompanion(body, endpoint);
    }
  }
  return new ByteWriter('little')
    .u8(9)
    .u8(TYPE.configuration)
    .u16(9 + body.length)
    .u8(new Set(device.interfaces.map(({ number }) => number)).size)
    .u8(1) // its value
    .u8(0)
    .u8(0x80) // bus powered
    .u8(device.speed === 'super' ? 12 : 50) // 100 mA
    .bytes(body.toBytes())
    .toBytes();
}

function writeAssociation(out: ByteWriter, first: number, association: InterfaceAssociation): void {
  const { interfaceCount, functionClass, functionSubclass = 0, functionProtocol = 0 } = association;
  out.u8(8).u8(TYPE.association).u8(first).u8(interfaceCount);
  out.u8(functionClass).u8(functionSubclass).u8(functionProtocol).u8(0);
}

function writeInterface(out: ByteWriter, one: VirtualInterface, strings: readonly string[]): void {
  out
    .u8(9)
    .u8(TYPE.interface)
    .u8(one.number)
    .u8(one.alternateSetting ?? 0)
    .u8(one.endpoints.length);
  out
    .u8(one.interfaceClass)
    .u8(one.interfaceSubclass ?? 0)
    .u8(one.interfaceProtocol ?? 0);
  out.u8(indexOf(one.name, strings));
  if (one.classDescriptors !== undefined) out.bytes(one.classDescriptors);
}

function writeEndpoint(out: ByteWriter, endpoint: VirtualEndpoint): void {
  const { direction, number, type, packetSize } = endpoint;
  checkRange('endpoint number', number, 1, 15);
  checkRange('packetSize', packetSize, 1, PACKET_BYTES);
  out
    .u8(7)
    .u8(TYPE.endpoint)
    .u8(number | (direction === 'in' ? 0x80 : 0));
  out
    .u8(type === 'bulk' ? 2 : 3)
    .u16(packetSize)
    .u8(type === 'bulk' ? 0 : (endpoint.interval ?? 9));
}

/** SuperSpeed endpoint companion: no bursts; an interrupt endpoint moves one packet in each interval. */
function writeCompanion(out: ByteWriter, { type, packetSize }: VirtualEndpoint): void {
  out
    .u8(6)
    .u8(COMPANION)
    .u8(0)
    .u8(0)
    .u16(type === 'interrupt' ? packetSize : 0);
}

/** BOS: no link power management; full, high and super speed; no latency to leave U1 and U2. */
function capabilities(): Uint8Array {
  const usb2Extension = [7, 16, 2, 0, 0, 0, 0];
  const superSpeed = [10, 16, 3, 0, 0x0e, 0, 1, 0, 0, 0];
  return new Uint8Array([5, 15, 5 + 7 + 10, 0, 2, ...usb2Extension, ...superSpeed]);
}

function stringDescriptor(text: string): Uint8Array {
  if (text.length > STRING_UNITS) {
    throw new DeviceError('invalid-request', `a USB string has at most ${STRING_UNITS} UTF-16 units`);
  }
  const out = new ByteWriter('little').u8(2 + 2 * text.length).u8(TYPE.string);
  for (let at = 0; at < text.length; at += 1) out.u16(text.charCodeAt(at));
  return out.toBytes();
}

function checkRange(path: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new DeviceError('invalid-request', `${path} is an integer from ${least} to ${most}`, { path });
}

/** One descriptor behind the other; what a wrong length cuts off is left out. */
function split(bytes: Uint8Array): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    if (length < 2 || at + length > bytes.length) return all;
    all.push(bytes.subarray(at, at + length));
    at += length;
  }
  return all;
}
