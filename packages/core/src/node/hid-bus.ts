import type { Device } from 'node-hid';
import type { Bus } from '../bus.js';
import type { HidPort } from '../port.js';
import { libraryDiagnostic, polledBus, type Listing } from './polled-bus.js';
import { usbPlaceOf } from './topology.js';

/** The HID collections that the optional library `node-hid` lists, looked at once a second. */
export function hidBus(): Bus<'hid'> {
  return polledBus({ kind: 'hid', everyMs: 1_000, list: listHid });
}

async function listHid(): Promise<Listing<'hid'>> {
  try {
    const { devicesAsync } = await import('node-hid');
    const ports = await Promise.all((await devicesAsync()).map(portOf));
    return { ports: ports.filter((port) => port !== undefined), diagnostics: [] };
  } catch (error) {
    const needs = 'apt-get install libusb-1.0-0 libudev1';
    return { ports: [], diagnostics: [libraryDiagnostic('hid', 'node-hid', needs, error)] };
  }
}

async function portOf(device: Device): Promise<HidPort | undefined> {
  if (device.path === undefined) return undefined;
  const node = device.path.split('/').at(-1) ?? device.path;
  const place = await usbPlaceOf(`/sys/class/hidraw/${node}/device`);
  return {
    bus: 'hid',
    id: `hid:${device.path}#${device.usagePage ?? 0}.${device.usage ?? 0}`,
    path: device.path,
    physical: place ?? `hid:${device.path}`,
    vendorId: device.vendorId,
    productId: device.productId,
    ...(device.usagePage === undefined ? {} : { usagePage: device.usagePage }),
    ...(device.usage === undefined ? {} : { usage: device.usage }),
    ...(device.interface < 0 ? {} : { interfaceNumber: device.interface }),
    ...(device.manufacturer ? { maker: device.manufacturer } : {}),
    ...(device.product ? { model: device.product } : {}),
    ...(device.serialNumber ? { serialNumber: device.serialNumber } : {}),
  };
}
