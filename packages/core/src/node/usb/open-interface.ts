import { stat } from 'node:fs/promises';
import { DeviceError } from '../../device-error.js';
import type { UsbPort } from '../../port.js';
import type { OpenOptionsOf, UsbEndpoint } from '../../transport.js';
import type { UsbInterfaceDescriptor } from '../../usb/descriptor.js';
import { ClaimedInterface } from './claimed-interface.js';
import { driverOf, holdersOf, USBFS } from './holder.js';
import { entryOf, openDevice, openingError } from './open-device.js';
import { usbFaultOf } from './usb-errors.js';
import type { UsbHost } from './usb-host.js';
import { quietly, type LibraryDevice } from './usb-library.js';
import { nodeGone } from './usb-nodes.js';
import { NodeUsbTransport } from './usb-transport.js';
import type { UsbEntry } from './usb-tree.js';

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
  const alternateSetting = options.alternateSetting ?? port.alternateSetting ?? 0;
  const endpoints = endpointsOf(settingOf(entry, port, alternateSetting));
  const device = await openDevice(host, entry, port, signal);
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
