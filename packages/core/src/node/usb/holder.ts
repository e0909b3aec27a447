import { readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { names, target, textAttribute } from '../sysfs.js';
import type { UsbHost } from './usb-host.js';
import { usbFolder } from './usb-tree.js';

/** The kernel's name for the claim of a program. */
export const USBFS = 'usbfs';

/** The driver on the interface at `path` (`1-4:1.0`), {@link USBFS} for a program's claim, undefined for none. */
export async function driverOf(host: UsbHost, path: string): Promise<string | undefined> {
  const driver = await target(join(usbFolder(host), path, 'driver'));
  return driver === undefined ? undefined : basename(driver);
}

/**
 * The programs that have `node` open, as `gvfs-gphoto2-vo (pid 812)`; those of other users are seen only by root.
 * Own is this process, which can hold another interface of the same device.
 */
export async function holdersOf(host: UsbHost, node: string): Promise<readonly string[]> {
  const processes = (await names(host.proc))?.filter((name) => /^\d+$/.test(name)) ?? [];
  const holders = await Promise.all(
    processes.map(async (pid) => {
      if (!(await hasOpen(host, pid, node))) return undefined;
      if (pid === String(process.pid)) return 'this program';
      return `${(await textAttribute(join(host.proc, pid, 'comm'))) ?? 'a program'} (pid ${pid})`;
    }),
  );
  const found = holders.filter((holder) => holder !== undefined);
  const others = found.filter((holder) => holder !== 'this program');
  return others.length > 0 ? others : found;
}

async function hasOpen(host: UsbHost, pid: string, node: string): Promise<boolean> {
  const folder = join(host.proc, pid, 'fd');
  for (const handle of (await names(folder)) ?? []) {
    const opened = await readlink(join(folder, handle)).catch(() => undefined);
    if (opened === node) return true;
  }
  return false;
}
