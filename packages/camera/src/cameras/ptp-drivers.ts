import { defineDriver, type Bus, type DeviceDriver, type TcpPort } from '@buergerkoffer/core';
import { CAMERA, type Camera } from '../camera.js';
import { PTPIP_PORT } from '../ptp/ptpip-packet.js';
import { connectPtpIp, type PtpIpIdentity } from '../session/ptpip-pipe.js';
import { usbPipe } from '../session/usb-pipe.js';
import { openPtpCamera } from './ptp-camera.js';

/**
 * Cameras on a USB cable: every still image interface (class 6, 1, 1). Canon's EOS and Nikon's bodies with live view and
 * photos that go to the computer only, others as ISO 15740 has it. What was tried stands in docs/devices/ptp-cameras.md.
 */
export const ptpUsbDriver: DeviceDriver<Camera, 'usb'> = defineDriver({
  id: 'ptp',
  kind: CAMERA,
  bus: 'usb',
  matches: [{ interfaceClass: 6, interfaceSubclass: 1, interfaceProtocol: 1 }],
  openOptions: {},
  busyRemedy:
    'another program has the camera: on a desktop end its hold with `gio mount -s gphoto2`, and close programs that show its photos',
  open: (usb, { port, signal }) => openPtpCamera(usbPipe(usb), port, signal),
});

/** How cameras are reached over the network. */
export interface PtpIpDriverOptions {
  /** The bus on which the driver is used: PTP/IP needs a second connection to the same port. */
  readonly bus: Pick<Bus<'tcp'>, 'open'>;
  /** How cameras know this computer again. Default: one for all suitcases. */
  readonly identity?: PtpIpIdentity;
}

/** Cameras on the network (PTP/IP, CIPA DC-005): what announces itself as `_ptp._tcp`, and whatever listens on port 15740. */
export function ptpIpDriver({ bus, identity }: PtpIpDriverOptions): DeviceDriver<Camera, 'tcp'> {
  return defineDriver({
    id: 'ptp-ip',
    kind: CAMERA,
    bus: 'tcp',
    matches: [{ service: '_ptp._tcp' }, { port: PTPIP_PORT }],
    openOptions: {},
    open: async (command, { port, signal }) => {
      const openEvents = (inner: AbortSignal) => bus.open(port, {}, inner);
      const pipe = await connectPtpIp(
        { command, openEvents, ...(identity === undefined ? {} : { identity }) },
        signal,
      );
      try {
        return await openPtpCamera(pipe, port, signal);
      } catch (error) {
        await pipe.close();
        throw error;
      }
    },
  });
}

/** The port of a camera at an address, for a configuration: `tcpBus({ ports: [ptpIpPort('192.168.1.2')] })`. */
export function ptpIpPort(host: string, port = PTPIP_PORT): TcpPort {
  const path = `${host}:${port}`;
  return { bus: 'tcp', id: `tcp:${path}`, path, physical: `net:${host}`, host, port, service: '_ptp._tcp' };
}
