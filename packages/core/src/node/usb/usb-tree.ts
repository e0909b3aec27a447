import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { UsbPort } from '../../port.js';
import { readUsbDescriptors } from '../../usb/descriptors.js';
import type { UsbConfigurationDescriptor, UsbDescriptors } from '../../usb/descriptor.js';
import { portSettings } from '../../usb/port-settings.js';
import { attribute, names, numberAttribute, textAttribute } from '../sysfs.js';
import type { UsbHost } from './usb-host.js';

/** One attached device as the kernel's device tree shows it, to everybody and without touching the device. */
export interface UsbEntry {
  /** Bus and the chain of hub ports, such as `1-4.2`. */
  readonly place: string;
  readonly busNumber: number;
  /** Its address; the same thing plugged in again gets another one. */
  readonly deviceNumber: number;
  /** The node through which it is opened, such as `/dev/bus/usb/001/007`. */
  readonly node: string;
  readonly vendorId: number;
  readonly productId: number;
  /** The configuration in use; undefined while there is none. */
  readonly configuration?: UsbConfigurationDescriptor;
  /** The interfaces of that configuration, one port for each class that one is of. */
  readonly ports: readonly UsbPort[];
  /** What is wrong with its descriptors. */
  readonly faults: readonly InputError[];
}

/** Devices are `1-4.2`; `usb1` is a root hub and `1-4.2:1.0` an interface. */
const PLACE = /^\d+-\d+(\.\d+)*$/;
const HUB_CLASS = 9;

/** Where the tree of `host` has its USB devices. */
export function usbFolder(host: Pick<UsbHost, 'sysfs'>): string {
  return join(host.sysfs, 'bus/usb/devices');
}

/** Every attached device but hubs, in a fixed order; undefined where the system has no USB. */
export async function usbEntries(
  host: Pick<UsbHost, 'sysfs' | 'dev'>,
): Promise<readonly UsbEntry[] | undefined> {
  const all = await names(usbFolder(host));
  if (all === undefined) return undefined;
  const places = all.filter((name) => PLACE.test(name)).sort();
  const entries = await Promise.all(places.map((place) => usbEntry(host, place)));
  return entries.filter((entry) => entry !== undefined);
}

/** The device at `place`; undefined where there is none, only a hub, or one that is leaving while it is read. */
export async function usbEntry(
  host: Pick<UsbHost, 'sysfs' | 'dev'>,
  place: string,
): Promise<UsbEntry | undefined> {
  const folder = join(usbFolder(host), place);
  // The kernel holds these back while it configures a new device: what follows is settled then.
  const [active, maker, model, serialNumber] = await Promise.all([
    numberAttribute(join(folder, 'bConfigurationValue'), 10),
    textAttribute(join(folder, 'manufacturer')),
    textAttribute(join(folder, 'product')),
    textAttribute(join(folder, 'serial')),
  ]);
  const [busNumber, deviceNumber, bytes] = await Promise.all([
    numberAttribute(join(folder, 'busnum'), 10),
    numberAttribute(join(folder, 'devnum'), 10),
    attribute(join(folder, 'descriptors')),
  ]);
  if (busNumber === undefined || deviceNumber === undefined || bytes === undefined) return undefined;
  const read = readOrFault(bytes);
  const isHub = read.device?.deviceClass === HUB_CLASS;
  if (isHub) return undefined;
  const configuration = read.configurations.find(({ value }) => value === active);
  const { vendorId = 0, productId = 0, deviceVersion } = read.device ?? {};
  const common = {
    bus: 'usb',
    physical: `usb:${place}`,
    vendorId,
    productId,
    ...(deviceVersion === undefined ? {} : { deviceVersion }),
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  } as const;
  return {
    place,
    busNumber,
    deviceNumber,
    node: join(host.dev, 'bus/usb', threeDigits(busNumber), threeDigits(deviceNumber)),
    vendorId,
    productId,
    ...(configuration === undefined ? {} : { configuration }),
    ports: portSettings(configuration?.interfaces ?? []).map(({ setting: one, isFirst }) => ({
      ...common,
      id: `usb:${place}@${deviceNumber}:${one.interfaceNumber}${isFirst ? '' : `/${one.alternateSetting}`}`,
      path: `${place}:${configuration?.value ?? 0}.${one.interfaceNumber}`,
      interfaceNumber: one.interfaceNumber,
      interfaceClass: one.interfaceClass,
      interfaceSubclass: one.interfaceSubclass,
      interfaceProtocol: one.interfaceProtocol,
      ...(isFirst ? {} : { alternateSetting: one.alternateSetting }),
    })),
    faults: read.faults,
  };
}

/** Bus and device numbers as the names of nodes have them. */
export function threeDigits(number: number): string {
  return String(number).padStart(3, '0');
}

/** The descriptors, or only the fault where there is nothing to be made of them. */
function readOrFault(bytes: Uint8Array): Omit<UsbDescriptors, 'device'> & Partial<UsbDescriptors> {
  try {
    return readUsbDescriptors(bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { configurations: [], faults: [error] };
  }
}
