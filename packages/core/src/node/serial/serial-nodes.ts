import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { SerialPort } from '../../port.js';
import { isThere, type DeviceTree } from '../device-tree.js';
import { leadsToVirtual, names, numberAttribute, target } from '../sysfs.js';
import { usbParentOf } from '../usb-parent.js';

/** A line that the kernel lists. */
export interface SerialNode {
  /** Whether the node is there for us, or only in the kernel's list. */
  readonly hasNode: boolean;
  readonly port: SerialPort;
}

/** `type` of a line without hardware: PORT_UNKNOWN (linux/serial.h). */
const NO_HARDWARE = 0;

/** All lines with hardware that the kernel lists; undefined where it lists none at all. */
export async function serialNodes(tree: DeviceTree): Promise<readonly SerialNode[] | undefined> {
  const listed = await names(join(tree.sysfs, 'class/tty'));
  if (listed === undefined) return undefined;
  const nodes = await Promise.all(listed.map((name) => nodeOf(tree, name)));
  return nodes.filter((node) => node !== undefined);
}

/** The line at `path`; undefined where it has gone. */
export function serialNode(tree: DeviceTree, path: string): Promise<SerialNode | undefined> {
  return nodeOf(tree, relative(tree.dev, path).replaceAll('/', '!'));
}

/** A line that the kernel does not list, such as a pseudo-terminal, at the path that somebody named. */
export async function namedLine(
  path: string,
): Promise<{ readonly node: string; readonly port: SerialPort } | undefined> {
  const node = await target(path);
  if (node === undefined || !(await isCharacterDevice(node))) return undefined;
  const id = node === path ? `serial:${path}` : `serial:${path}@${node}`;
  return { node, port: { bus: 'serial', id, path, physical: `serial:${path}` } };
}

/** `name` is that of the kernel's list: a `/` in the path of a node is a `!` there. */
async function nodeOf(tree: DeviceTree, name: string): Promise<SerialNode | undefined> {
  const folder = join(tree.sysfs, 'class/tty', name);
  // Some seventy of the names are virtual consoles, and the list is read again and again.
  if (await leadsToVirtual(folder)) return undefined;
  const device = await target(join(folder, 'device'));
  if (device === undefined) return undefined;
  const path = join(tree.dev, name.replaceAll('!', '/'));
  const [driver, type, usb, hasNode] = await Promise.all([
    target(join(device, 'driver')),
    numberAttribute(join(folder, 'type'), 10),
    usbParentOf(device),
    isThere(path),
  ]);
  if (driver === undefined || type === NO_HARDWARE) return undefined;
  return {
    hasNode,
    port: {
      bus: 'serial',
      id: usb === undefined ? `serial:${path}` : `serial:${path}@${usb.attachment}`,
      path,
      physical: usb?.place ?? `serial:${path}`,
      ...(usb?.vendorId === undefined ? {} : { vendorId: usb.vendorId }),
      ...(usb?.productId === undefined ? {} : { productId: usb.productId }),
      ...(usb?.interfaceNumber === undefined ? {} : { interfaceNumber: usb.interfaceNumber }),
      ...usb?.names,
    },
  };
}

async function isCharacterDevice(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isCharacterDevice();
  } catch {
    return false;
  }
}
