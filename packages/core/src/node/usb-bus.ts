import type { Bus, Diagnostic } from '../bus.js';
import type { UsbPort } from '../port.js';
import { libraryDiagnostic, polledBus, textOf, type Listing } from './polled-bus.js';

/** What the library says of one device; its getters may open the device, and may throw. */
interface ListedDevice {
  readonly bus: string;
  readonly address: number;
  readonly ports: readonly number[];
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceClass: number;
  readonly deviceSubclass: number;
  readonly deviceProtocol: number;
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly serialNumber: string | null;
  readonly configuration: { readonly interfaces: readonly ListedInterface[] };
}
interface ListedInterface {
  readonly interfaceNumber: number;
  readonly alternates: readonly {
    readonly interfaceClass: number;
    readonly interfaceSubclass: number;
    readonly interfaceProtocol: number;
  }[];
}

/** The USB interfaces that the optional library `usb` lists, looked at once a second. */
export function usbBus(): Bus<'usb'> {
  return polledBus({ kind: 'usb', everyMs: 1_000, list: listUsb });
}

async function listUsb(): Promise<Listing<'usb'>> {
  let devices: readonly ListedDevice[];
  try {
    const { usb } = await import('usb');
    devices = await usb.getDevices();
  } catch (error) {
    return { ports: [], diagnostics: [diagnosticOf(error)] };
  }
  const denied: string[] = [];
  const ports = devices.flatMap((device) => portsOf(device, denied));
  return { ports, diagnostics: denied.length === 0 ? [] : [deniedDiagnostic(denied)] };
}

/** One port per interface; the interfaces of a device that may not be opened are unknown, it is one port then. */
function portsOf(device: ListedDevice, denied: string[]): readonly UsbPort[] {
  const place = `${Number.parseInt(device.bus, 10)}-${device.ports.join('.')}`;
  const common = {
    bus: 'usb',
    physical: `usb:${place}`,
    vendorId: device.vendorId,
    productId: device.productId,
    ...text('maker', () => device.manufacturerName),
    ...text('model', () => device.productName),
    ...text('serialNumber', () => device.serialNumber),
  } as const;
  let interfaces: readonly ListedInterface[];
  try {
    interfaces = device.configuration.interfaces;
  } catch {
    denied.push(place);
    return [
      {
        ...common,
        id: `usb:${place}@${device.address}`,
        path: place,
        interfaceNumber: 0,
        interfaceClass: device.deviceClass,
        interfaceSubclass: device.deviceSubclass,
        interfaceProtocol: device.deviceProtocol,
      },
    ];
  }
  return interfaces.map((one) => ({
    ...common,
    id: `usb:${place}@${device.address}:${one.interfaceNumber}`,
    path: `${place}:${one.interfaceNumber}`,
    interfaceNumber: one.interfaceNumber,
    interfaceClass: one.alternates[0]?.interfaceClass ?? 0,
    interfaceSubclass: one.alternates[0]?.interfaceSubclass ?? 0,
    interfaceProtocol: one.alternates[0]?.interfaceProtocol ?? 0,
  }));
}

/** A string that the library may have to open the device for, and may throw. */
function text(field: 'maker' | 'model' | 'serialNumber', read: () => string | null): object {
  try {
    const value = read();
    return value === null || value === '' ? {} : { [field]: value };
  } catch {
    return {};
  }
}

function diagnosticOf(error: unknown): Diagnostic {
  if (!textOf(error).includes('/sys/bus/usb')) {
    return libraryDiagnostic(
      'usb',
      'usb',
      'install the library for this system and Node version again',
      error,
    );
  }
  return {
    code: 'usb.absent',
    severity: 'info',
    message: 'this computer has no USB, or this container does not see it',
    remedy: 'run on the computer itself, or give the container /dev/bus/usb and /sys',
  };
}

function deniedDiagnostic(places: readonly string[]): Diagnostic {
  return {
    code: 'usb.access-denied',
    severity: 'warning',
    message: `no permission to open the USB devices at ${places.join(', ')}`,
    remedy: 'add a udev rule with TAG+="uaccess" for them, then plug them in again',
  };
}
