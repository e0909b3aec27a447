import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay, DeviceError } from '@buergerkoffer/core';
import { systemCode, systemFailure, type Needed } from './system-error.js';

/** Where the kernel shows its virtual host controllers; all ports are attached and detached in the first one's. */
export const VHCI = '/sys/devices/platform/vhci_hcd.0';
/** The devices that the kernel knows, by bus id. */
const USB_DEVICES = '/sys/bus/usb/devices';
/** Between two looks whether the kernel has forgotten a device, in milliseconds. */
const LOOK_MS = 5;
/** A port that nothing is attached to. */
const FREE = '004';
/** A port whose device the kernel talks to. */
const USED = '006';
const SUPER_SPEED = 5;

/** What the kernel must know of a device before it talks to it. */
export interface VhciDevice {
  /** An open socket on which the device answers. */
  readonly descriptor: number;
  /** What the device's side calls it: bus number × 65536 + device number. */
  readonly devid: number;
  /** As Linux numbers speeds: 1 low, 2 full, 3 high, 5 super. */
  readonly speed: number;
}

/**
 * Gives a device to the first free port of the kernel's virtual host controllers, which opens it at once; the kernel
 * keeps the socket. Returns the number of the port. Rejects nothing, throws: `not-found` without the module,
 * `access-denied` without the right, `busy` when all ports are taken.
 */
export function takePort({ descriptor, devid, speed }: VhciDevice, folder: string = VHCI): number {
  const wanted = speed >= SUPER_SPEED ? 'ss' : 'hs';
  for (const { hub, port, state } of rowsOf(folder)) {
    if (hub !== wanted || state !== FREE) continue;
    if (write(folder, 'attach', `${port} ${descriptor} ${devid} ${speed}`)) return port;
  }
  throw new DeviceError('busy', 'all ports of the virtual host controllers are taken', {
    remedy: 'unplug another virtual device',
  });
}

/**
 * Unplugs the device `devid` from a port, nothing when it is not there any more, and waits until the kernel has
 * forgotten it: whoever plugs in the next one at once would find the old one in the kernel's tree.
 */
export async function freePort(
  port: number,
  devid: number,
  folder: string = VHCI,
  signal?: AbortSignal,
): Promise<void> {
  const row = rowsOf(folder).find((one) => one.port === port);
  // Between being attached and having an address a device has no number in the table.
  if (row === undefined || row.state === FREE || (row.devid !== devid && row.devid !== 0)) return;
  write(folder, 'detach', String(port));
  const known = `${USB_DEVICES}/${row.busId}`;
  while (row.state === USED && existsSync(known)) await delay(LOOK_MS, signal);
}

/** A port of the tables that the kernel shows. */
interface Row {
  /** `hs` for up to high speed, `ss` for SuperSpeed. */
  readonly hub: string;
  readonly port: number;
  readonly state: string;
  readonly devid: number;
  /** What the kernel calls the device, such as `2-1`. */
  readonly busId: string;
}

/** All ports: columns hub, port, state, speed, device, socket, bus id. */
function rowsOf(folder: string): readonly Row[] {
  try {
    const files = readdirSync(folder).filter((name) => /^status(\.\d+)?$/.test(name));
    const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    return lines.flatMap((line) => {
      const [hub = '', port, state = '', , device = '', , busId = ''] = line.trim().split(/\s+/);
      return /^[hs]s$/.test(hub)
        ? [{ hub, port: Number(port), state, devid: Number.parseInt(device, 16), busId }]
        : [];
    });
  } catch (error) {
    throw systemFailure(error, NEEDED);
  }
}

/** Whether the kernel took it; false when the port is not in the state for it. */
function write(folder: string, file: 'attach' | 'detach', text: string): boolean {
  try {
    writeFileSync(join(folder, file), text);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EINVAL' || code === 'EBUSY') return false;
    throw systemFailure(error, NEEDED);
  }
}

const NEEDED: Needed = {
  absent: 'this kernel has no virtual USB host controller',
  remedy: 'run `modprobe vhci-hcd` as root, or use the lab’s guest, which has it',
  forbidden: 'no right to attach a device to the virtual USB host controller',
};
