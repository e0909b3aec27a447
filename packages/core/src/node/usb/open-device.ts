import { stat } from 'node:fs/promises';
import { DeviceError } from '../../device-error.js';
import type { UsbPort } from '../../port.js';
import { ACCESS_REMEDY, usbError, usbFaultOf } from './usb-errors.js';
import type { UsbHost } from './usb-host.js';
import type { LibraryDevice, UsbLibrary } from './usb-library.js';
import { untilOpenable } from './usb-nodes.js';
import { usbEntry, type UsbEntry } from './usb-tree.js';

/** How long udevd may take to give the rights on a new node, in milliseconds. */
const RIGHTS_MS = 2_000;

/** The device that `port` was listed with, or `not-found` where that has gone or another one is there now. */
export async function entryOf(host: UsbHost, port: UsbPort): Promise<UsbEntry> {
  const entry = await usbEntry(host, port.physical.replace(/^usb:/, ''));
  if (entry?.ports.some(({ id }) => id === port.id) === true) return entry;
  throw new DeviceError('not-found', `${port.path} is not attached (any more)`);
}

/** An open object of the library for the caller alone, once the rights on the node are there. */
export async function openDevice(
  host: UsbHost,
  entry: UsbEntry,
  port: UsbPort,
  signal: AbortSignal,
): Promise<LibraryDevice> {
  const library = await loaded(host);
  await rightsOn(host, entry.node, signal);
  signal.throwIfAborted();
  return opened(library, entry, port);
}

async function loaded(host: UsbHost): Promise<UsbLibrary> {
  try {
    return await host.library.load();
  } catch (cause) {
    throw new DeviceError('unsupported', 'the optional library usb is missing or does not load', {
      cause,
      remedy: host.library.isInstalled() ? 'install it anew for this system and Node' : 'npm install usb',
    });
  }
}

/** Waits for the rights on a node that is new; whoever may not open an old one is told so by the kernel. */
async function rightsOn(host: UsbHost, node: string, signal: AbortSignal): Promise<void> {
  if (await host.mayOpen(node)) return;
  const made = await stat(node).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
  const leftMs = RIGHTS_MS - (Date.now() - made);
  if (leftMs > 0) await untilOpenable(node, (path) => host.mayOpen(path), leftMs, signal);
}

async function opened(library: UsbLibrary, entry: UsbEntry, port: UsbPort): Promise<LibraryDevice> {
  try {
    const devices = await library.getDevices();
    const device = devices.find(
      ({ bus, address }) => Number.parseInt(bus, 10) === entry.busNumber && address === entry.deviceNumber,
    );
    if (device === undefined) throw new DeviceError('not-found', `${port.path} has gone`);
    await device.open();
    return device;
  } catch (error) {
    if (usbFaultOf(error) !== 'access-denied') throw openingError(`opening ${port.path}`, error);
    throw new DeviceError('access-denied', `no permission for ${entry.node} (${port.path})`, {
      cause: error,
      remedy: ACCESS_REMEDY,
    });
  }
}

/** While a port is opened, a device that has gone was never there. */
export function openingError(what: string, error: unknown): DeviceError {
  const translated = usbError(what, error);
  return translated.code === 'lost'
    ? new DeviceError('not-found', `${what}: the device has gone`, { cause: error })
    : translated;
}
