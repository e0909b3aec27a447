import { connect, type Socket } from 'node:net';
import { DeviceError, withDeadline } from '@buergerkoffer/core';
import { readImportReply, REFUSAL, writeImport, type ImportedDevice } from '../../usbip/op-codec.js';
import { attachment } from './attached.js';
import { descriptorOf } from './socket-pair.js';
import { RELEASE_MS, type VhciAttached, type VhciOptions } from './vhci.js';
import { freePort, takePort, VHCI } from './vhci-ports.js';

/** Where a device of a USB/IP server is. */
export interface RemoteDevice {
  readonly host: string;
  /** Default 3240. */
  readonly port?: number;
  /** As the server lists it: `1-1`. */
  readonly busId: string;
}

/** How long the server may take to answer, in milliseconds. */
const IMPORT_MS = 10_000;

/**
 * Imports a device of a USB/IP server and plugs it into the kernel of this computer, as `usbip attach` does (Linux,
 * module `vhci-hcd`, root). From then on kernel and server talk to each other; this process learns of the end by its
 * own `unplug()` only. Rejects as `attachVhci`; `not-found` also for a server or device that is not there, `busy` for
 * a device that somebody else has imported, `InputError` for a bus id that none can be.
 */
export async function attachVhciRemote(
  { host, port = 3240, busId }: RemoteDevice,
  { vhciFolder = VHCI }: Pick<VhciOptions, 'vhciFolder'> = {},
): Promise<VhciAttached> {
  const request = writeImport(busId);
  const socket = connect({ host, port, noDelay: true });
  try {
    const { busPort, devid } = await withDeadline(`the import of ${busId}`, IMPORT_MS, () =>
      imported(socket, { busId, request }, (device) => take(socket, device, vhciFolder)),
    );
    const attached = attachment(() =>
      withDeadline('detaching', RELEASE_MS, (signal) => freePort(busPort, devid, vhciFolder, signal)),
    );
    return { ...attached, busPort };
  } finally {
    socket.destroy(); // the kernel holds a reference of its own
  }
}

/** Where the kernel has it. */
interface Taken {
  readonly busPort: number;
  readonly devid: number;
}

function take(socket: Socket, { busNumber, deviceNumber, speed }: ImportedDevice, folder: string): Taken {
  const devid = busNumber * 0x10000 + deviceNumber;
  return { busPort: takePort({ descriptor: descriptorOf(socket), devid, speed }, folder), devid };
}

/**
 * Asks for a device; `found` is called in the very moment in which the reply is there, and the socket closed on this
 * side: what the server sends next is for the kernel.
 */
function imported(
  socket: Socket,
  { busId, request }: { readonly busId: string; readonly request: Uint8Array },
  found: (device: ImportedDevice) => Taken,
): Promise<Taken> {
  return new Promise((resolve, reject) => {
    let reply = new Uint8Array(0);
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      try {
        reply = new Uint8Array([...reply, ...chunk]);
        const device = readImportReply(reply);
        if (device === undefined) return;
        if (typeof device === 'number') throw refusal(busId, device);
        resolve(found(device));
      } catch (error) {
        reject(DeviceError.from(error, 'protocol', 'the server does not speak USB/IP'));
      }
      socket.destroy();
    });
    socket.on('error', (cause) => {
      reject(new DeviceError('not-found', 'the USB/IP server cannot be reached', { cause }));
    });
    socket.on('close', () => {
      reject(new DeviceError('protocol', 'the USB/IP server hung up before it answered'));
    });
  });
}

function refusal(busId: string, status: number): DeviceError {
  if (status === REFUSAL.busy) return new DeviceError('busy', `${busId} is imported by somebody else`);
  if (status === REFUSAL.noDevice || status === REFUSAL.notAvailable) {
    return new DeviceError('not-found', `the USB/IP server has no device ${busId}`);
  }
  return new DeviceError('protocol', `the USB/IP server refused ${busId} with status ${status}`);
}
