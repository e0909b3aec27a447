import {
  parseUsbString,
  readUsbDescriptors,
  type UsbConfigurationDescriptor,
  type UsbInterfaceDescriptor,
} from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';
import { readSetup, type SetupPacket } from '../usb/setup-packet.js';
import type { VirtualInterface, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import type { CapturedAddress, CapturedTransfer } from './captured-transfer.js';

/** What a device is, as it told while it was recorded. */
export interface CapturedDevice {
  readonly description: Omit<VirtualUsbDevice, 'powerUp'>;
  /** A descriptor of an interface's class, where it was asked for. */
  classDescriptor(type: number, index: number, interfaceNumber: number): Uint8Array | undefined;
}

const TYPE = { device: 1, configuration: 2, string: 3 } as const;
const GET_DESCRIPTOR = 6;
const DEVICE_BYTES = 18;
/** Where the device descriptor names its strings. */
const STRING_INDICES = [14, 15, 16] as const;
const LANGUAGES = new Uint8Array([4, TYPE.string, 0x09, 0x04]);

/** Whether `address` told what it is: a device that was plugged in before the recording did not. */
export function isDescribed(address: CapturedAddress): boolean {
  const answers = answersOf(address.transfers);
  return longest(answers, TYPE.device) !== undefined && longest(answers, TYPE.configuration) !== undefined;
}

/**
 * The device at `address`, from its answers to standard requests. Strings that nobody asked for it does not have.
 * Throws `InputError`: `missing` where it did not tell what it is, `malformed` for descriptors that are none.
 */
export function capturedDevice({ transfers }: CapturedAddress): CapturedDevice {
  const answers = answersOf(transfers);
  const told = longest(answers, TYPE.device);
  const configuration = longest(answers, TYPE.configuration);
  if (told === undefined || configuration === undefined) {
    throw new InputError('missing', 'the recording does not tell what the device is', {
      remedy: 'begin to record before the device is plugged in',
    });
  }
  const texts = new Map(
    answers
      .filter(({ type, index }) => type === TYPE.string && index !== 0)
      .map(({ index, bytes }) => [index, bytes]),
  );
  const device = told.slice(0, DEVICE_BYTES);
  for (const at of STRING_INDICES) if (!texts.has(device[at] ?? 0)) device[at] = 0;
  const whole = new Uint8Array([...device, ...configuration]);
  const { device: ids, configurations } = readUsbDescriptors(whole);
  const maker = textOf(texts.get(ids.makerIndex));
  const model = textOf(texts.get(ids.modelIndex));
  const serialNumber = textOf(texts.get(ids.serialNumberIndex));
  const [first] = configurations;
  if (first === undefined) throw new InputError('malformed', 'the recorded configuration is none');
  return {
    description: {
      vendorId: ids.vendorId,
      productId: ids.productId,
      deviceVersion: ids.deviceVersion,
      deviceClass: ids.deviceClass,
      deviceSubclass: ids.deviceSubclass,
      deviceProtocol: ids.deviceProtocol,
      ...(maker === undefined ? {} : { maker }),
      ...(model === undefined ? {} : { model }),
      ...(serialNumber === undefined ? {} : { serialNumber }),
      speed: speedOf(ids.usbVersion, first),
      interfaces: first.interfaces.map(interfaceOf),
      raw: {
        device,
        configuration,
        string: (index) => (index === 0 && texts.size > 0 ? LANGUAGES : texts.get(index)),
      },
    },
    classDescriptor: (type, index, interfaceNumber) =>
      answers.find(
        (one) =>
          one.recipient === 'interface' &&
          one.type === type &&
          one.index === index &&
          one.of === interfaceNumber,
      )?.bytes,
  };
}

/** The setup stage of a control transfer. Throws `InputError` where a reserved value stands in it. */
export function setupOf(transfer: CapturedTransfer): SetupPacket | undefined {
  if (transfer.setup === undefined) return undefined;
  const setup = readSetup(transfer.setup);
  if (setup !== undefined) return setup;
  throw new InputError('unsupported', 'a control transfer with a reserved type or recipient', {
    offset: transfer.offset,
  });
}

interface DescriptorAnswer {
  readonly recipient: string;
  readonly type: number;
  readonly index: number;
  /** The language of a string, the number of an interface. */
  readonly of: number;
  readonly bytes: Uint8Array;
}

function answersOf(transfers: readonly CapturedTransfer[]): readonly DescriptorAnswer[] {
  return transfers.flatMap((transfer) => {
    const packet = setupOf(transfer);
    if (packet?.direction !== 'in' || transfer.status !== 0) return [];
    const { requestType, request, recipient, value, index } = packet.setup;
    if (requestType !== 'standard' || request !== GET_DESCRIPTOR) return [];
    return [{ recipient, type: value >> 8, index: value & 0xff, of: index, bytes: transfer.data }];
  });
}

/** The longest answer of `type`, for a host first asks for its beginning. */
function longest(answers: readonly DescriptorAnswer[], type: number): Uint8Array | undefined {
  const least = type === TYPE.device ? DEVICE_BYTES : 0;
  let found: Uint8Array | undefined;
  for (const { recipient, type: told, index, bytes } of answers) {
    if (recipient !== 'device' || told !== type || index !== 0 || bytes.length < least) continue;
    if (bytes.length > (found?.length ?? 0)) found = bytes;
  }
  return found;
}

function interfaceOf(one: UsbInterfaceDescriptor): VirtualInterface {
  const { interfaceClass, interfaceSubclass, interfaceProtocol, alternateSetting } = one;
  return {
    number: one.interfaceNumber,
    alternateSetting,
    interfaceClass,
    interfaceSubclass,
    interfaceProtocol,
    endpoints: one.endpoints.flatMap(({ direction, number, type, packetSize, interval }) =>
      (type === 'bulk' || type === 'interrupt') && packetSize > 0
        ? [{ direction, number, type, packetSize, interval }]
        : [],
    ),
    classDescriptors: new Uint8Array(one.extra.flatMap((bytes) => [...bytes])),
  };
}

/** usbmon does not tell the speed; the packet sizes of bulk endpoints do (USB 2.0, 5.8.3). */
function speedOf(usbVersion: number, { interfaces }: UsbConfigurationDescriptor): 'full' | 'high' | 'super' {
  const sizes = interfaces.flatMap(({ endpoints }) => endpoints).map(({ packetSize }) => packetSize);
  const largest = Math.max(0, ...sizes);
  if (usbVersion >= 0x0300 && largest >= 1024) return 'super';
  return largest > 64 ? 'high' : 'full';
}

function textOf(descriptor: Uint8Array | undefined): string | undefined {
  if (descriptor === undefined) return undefined;
  try {
    return parseUsbString(descriptor);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
