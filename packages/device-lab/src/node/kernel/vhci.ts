import { once } from 'node:events';
import type { Socket } from 'node:net';
import { delay, DeviceError, withDeadline } from '@buergerkoffer/core';
import { UsbEngine } from '../../usb/usb-engine.js';
import type { VirtualUsbDevice } from '../../usb/virtual-usb-device.js';
import { SPEED_NUMBER } from '../../usbip/op-codec.js';
import { UsbipSession } from '../../usbip/usbip-session.js';
import { attachment, type AttachOptions, type Attached } from './attached.js';
import { sendTo, serveSocket } from './serve-socket.js';
import { descriptorOf, socketPair } from './socket-pair.js';
import { freePort, takePort, VHCI } from './vhci-ports.js';

/** How long the kernel may take to let go of a device, in milliseconds. */
export const RELEASE_MS = 10_000;
/** What the kernel has to read the last answers, before its connection is cut, in milliseconds. */
const READ_MS = 2;
/** Bus 1, device 2: only the two ends of the socket know this number. */
const DEVID = 0x10002;

/** How a device is attached to the kernel. */
export interface VhciOptions extends AttachOptions {
  /** The controllers' folder in sysfs. */
  readonly vhciFolder?: string;
}

/** A device that the kernel of this computer believes in. */
export interface VhciAttached extends Attached {
  /** The port of the virtual host controllers that it is attached to. */
  readonly busPort: number;
}

/**
 * Plugs a USB device into the kernel of this computer (Linux, module `vhci-hcd`, root): it is enumerated as any
 * other, and its drivers bind. It runs in this process, so nothing here may wait for it synchronously. Rejects
 * `not-found` without the module, `access-denied` without the right, `busy` when no port is free.
 */
export async function attachVhci(device: VirtualUsbDevice, options: VhciOptions = {}): Promise<VhciAttached> {
  const { failed, vhciFolder = VHCI } = options;
  const engine = new UsbEngine(device, {
    vanished: () => void attached.unplug(),
    ...(failed === undefined ? {} : { failed }),
  });
  let socket: Socket | undefined;
  let busPort: number | undefined;
  const attached = attachment(async () => {
    engine.powerDown(); // answers what is pending: a driver that waits for it would hold the kernel up
    if (busPort !== undefined && socket?.destroyed === false) await detached(socket, busPort, vhciFolder);
    socket?.destroy();
  });
  try {
    const { theirs, ours } = await socketPair();
    socket = ours;
    const session = new UsbipSession(engine, DEVID, sendTo(ours));
    serveSocket(ours, session, failed);
    ours.on('close', () => void attached.unplug());
    const speed = SPEED_NUMBER[device.speed ?? 'high'];
    try {
      busPort = takePort({ descriptor: descriptorOf(theirs), devid: DEVID, speed }, vhciFolder);
    } finally {
      theirs.destroy(); // the kernel holds a reference of its own
    }
    return { ...attached, busPort };
  } catch (error) {
    await attached.unplug();
    throw DeviceError.from(error, 'protocol', 'the device could not be attached to the kernel');
  }
}

/** Asks the kernel to let go, and waits until it has. */
async function detached(socket: Socket, port: number, folder: string): Promise<void> {
  const letGo = async (signal: AbortSignal): Promise<void> => {
    await delay(READ_MS, signal);
    if (socket.destroyed) return;
    const closed = once(socket, 'close', { signal });
    await Promise.all([closed, freePort(port, DEVID, folder, signal)]);
  };
  // It is gone for us in any case: the caller closes the socket, and the kernel unplugs what does not answer.
  await withDeadline('detaching', RELEASE_MS, letGo).catch(() => undefined);
}
