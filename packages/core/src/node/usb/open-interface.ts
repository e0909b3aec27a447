import { stat } from 'node:fs/promises';
import { DeviceError } from '../../device-error.js';
import type { UsbPort } from '../../port.js';
import type { OpenOptionsOf, UsbEndpoint } from '../../transport.js';
import type { UsbInterfaceDescriptor } from '../../usb/descriptor.js';
import { ClaimedInterface } from './claimed-interface.js';
import { driverOf, holdersOf, USBFS } from './holder.js';
import { ACCESS_REMEDY, usbError, usbFaultOf } from './usb-errors.js';
import type { UsbHost } from './usb-host.js';
import { quietly, type LibraryDevice, type UsbLibrary } from './usb-library.js';
import { nodeGone, untilOpenable } from './usb-nodes.js';
import { NodeUsbTransport } from './usb-transport.js';
import { usbEntry, type UsbEntry } from './usb-tree.js';

/** How long udevd may take to give the rights on a new node, in milliseconds. */
const RIGHTS_MS = 2_000;

/**
 * The transport of the interface at `port`. Each one has an object of the library of its own, and with it a file
 * handle of its own: the kernel keeps claims per handle, and the library lets no claim happen on an object while
 * another interface of it has a transfer under way.
 */
export async function openInterface(
  host: UsbHost,
  port: UsbPort,
  options: OpenOptionsOf['usb'],
  signal: AbortSignal,
): Promise<NodeUsbTransport> {
  const { path, interfaceNumber } = port;
  const entry = await entryOf(host, port);
  const alternateSetting = options.alternateSetting ?? 0;
  const endpoints = endpointsOf(settingOf(entry, port, alternateSetting));
  const library = await loaded(host);
  await rightsOn(host, entry.node, signal);
  signal.throwIfAborted();
  const device = await opened(library, entry, port);
  const kernelDriverDetached = await claim(host, device, entry, port, options);
  const isThere = (): Promise<boolean> =>
    stat(entry.node).then(
      () => true,
      () => false,
    );
  const parts = { device, interfaceNumber, alternateSetting, kernelDriverDetached, path, isThere };
  const claimed = new ClaimedInterface(parts);
  try {
    if (alternateSetting !== 0) await device.selectAlternateInterface(interfaceNumber, alternateSetting);
    signal.throwIfAborted();
    return new NodeUsbTransport({ claimed, interfaceNumber, endpoints, path, gone: nodeGone(entry.node) });
  } catch (error) {
    await claimed.release();
    signal.throwIfAborted();
    throw openingError(`selecting setting ${alternateSetting} of ${path}`, error);
  }
}

/** The device that `port` was listed with, or `not-found` where that has gone or another one is there now. */
async function entryOf(host: UsbHost, port: UsbPort): Promise<UsbEntry> {
  const entry = await usbEntry(host, port.physical.replace(/^usb:/, ''));
  if (entry?.ports.some(({ id }) => id === port.id) === true) return entry;
  throw new DeviceError('not-found', `${port.path} is not attached (any more)`);
}

function settingOf(entry: UsbEntry, port: UsbPort, alternateSetting: number): UsbInterfaceDescriptor {
  const setting = entry.configuration?.interfaces.find(
    (one) => one.interfaceNumber === port.interfaceNumber && one.alternateSetting === alternateSetting,
  );
  // Every interface has some setting; a lying device need not have number 0.
  if (setting !== undefined) return setting;
  throw new DeviceError('invalid-request', `${port.path} has no alternate setting ${alternateSetting}`, {
    path: 'alternateSetting',
  });
}

/** The endpoints that can be used: the library knows no isochronous ones, and nothing fits into packets of 0. */
function endpointsOf(setting: UsbInterfaceDescriptor): readonly UsbEndpoint[] {
  return setting.endpoints.flatMap(({ direction, number, type, packetSize }) =>
    (type === 'bulk' || type === 'interrupt') && packetSize > 0
      ? [{ direction, number, type, packetSize }]
      : [],
  );
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

/** An open object of the library for this transport alone. */
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

/** Claims the interface; whether a kernel driver was taken off it. Closes the device when that fails. */
async function claim(
  host: UsbHost,
  device: LibraryDevice,
  entry: UsbEntry,
  port: UsbPort,
  options: OpenOptionsOf['usb'],
): Promise<boolean> {
  const { path, interfaceNumber } = port;
  const driver = await driverOf(host, path);
  // Detaching would end the claim of another program as well: that one is asked to leave instead.
  const detach = options.detachKernelDriver === true && driver !== undefined && driver !== USBFS;
  let detached = false;
  try {
    if (detach) await device.detachKernelDriver(interfaceNumber);
    detached = detach;
    await device.claimInterface(interfaceNumber);
    return detached;
  } catch (error) {
    if (detached) await quietly(() => device.attachKernelDriver(interfaceNumber));
    await quietly(() => device.close());
    if (usbFaultOf(error) !== 'busy') throw openingError(`claiming ${path}`, error);
    throw await busyError(host, entry, path, error);
  }
}

async function busyError(host: UsbHost, entry: UsbEntry, path: string, cause: unknown): Promise<DeviceError> {
  const driver = await driverOf(host, path);
  if (driver !== undefined && driver !== USBFS) {
    return new DeviceError('busy', `the kernel driver ${driver} holds ${path}`, {
      cause,
      remedy: `let the driver of the device open it with detachKernelDriver, or unload ${driver}`,
    });
  }
  const holders = await holdersOf(host, entry.node);
  const who = holders.length === 0 ? 'another program' : holders.join(', ');
  const remedy = `close it there, or end what uses the device: ${who}`;
  return new DeviceError('busy', `${path} is held by ${who}`, { cause, remedy });
}

/** While a port is opened, a device that has gone was never there. */
function openingError(what: string, error: unknown): DeviceError {
  const translated = usbError(what, error);
  return translated.code === 'lost'
    ? new DeviceError('not-found', `${what}: the device has gone`, { cause: error })
    : translated;
}
