import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeviceError } from '@buergerkoffer/core';
import { systemCode, systemFailure, type Needed } from './system-error.js';

/** Where the kernel shows its virtual host controllers; all ports are attached and detached in the first one's. */
export const VHCI = '/sys/devices/platform/vhci_hcd.0';
/** A port that nothing is attached to. */
const FREE = '004';
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
  const free = freePorts(folder, speed >= SUPER_SPEED ? 'ss' : 'hs');
  for (const port of free) {
    if (write(folder, 'attach', `${port} ${descriptor} ${devid} ${speed}`)) return port;
  }
  throw new DeviceError('busy', 'all ports of the virtual host controllers are taken', {
    remedy: 'unplug another virtual device',
  });
}

/** Unplugs what is attached to a port; nothing when nothing is. */
export function freePort(port: number, folder: string = VHCI): void {
  write(folder, 'detach', String(port));
}

/** Numbers of the free ports of one kind: `hs` for up to high speed, `ss` for SuperSpeed. */
function freePorts(folder: string, hub: string): readonly number[] {
  try {
    const files = readdirSync(folder).filter((name) => /^status(\.\d+)?$/.test(name));
    const rows = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    return rows.flatMap((row) => {
      const [kind, port, state] = row.trim().split(/\s+/);
      return kind === hub && state === FREE ? [Number(port)] : [];
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
