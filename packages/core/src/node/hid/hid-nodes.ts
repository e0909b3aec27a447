import { basename, join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { parseReportDescriptor, type HidReportDescriptor } from '../../hid/report-descriptor.js';
import type { HidPort } from '../../port.js';
import { isThere, type DeviceTree } from '../device-tree.js';
import { attribute, names, target } from '../sysfs.js';
import { usbParentOf } from '../usb-parent.js';

/** A hidraw node: one HID device, which may have several top-level collections. */
export interface HidNode {
  /** Such as `/dev/hidraw0`. */
  readonly path: string;
  /** Whether the node is there for us, or only in the kernel's list. */
  readonly hasNode: boolean;
  /** One for each top-level collection; one without usage where there is none to be read. */
  readonly ports: readonly HidPort[];
  readonly descriptor: HidReportDescriptor | InputError;
}

/** All hidraw nodes that the kernel lists; undefined where it lists none at all. */
export async function hidNodes(tree: DeviceTree): Promise<readonly HidNode[] | undefined> {
  const listed = await names(join(tree.sysfs, 'class/hidraw'));
  if (listed === undefined) return undefined;
  const nodes = await Promise.all(listed.map((name) => hidNode(tree, name)));
  return nodes.filter((node) => node !== undefined);
}

/** The node `name`, such as `hidraw0`; undefined where it has gone. */
export async function hidNode(tree: DeviceTree, name: string): Promise<HidNode | undefined> {
  const device = await target(join(tree.sysfs, 'class/hidraw', name, 'device'));
  if (device === undefined) return undefined;
  const path = join(tree.dev, name);
  const [uevent, raw, usb, hasNode] = await Promise.all([
    attribute(join(device, 'uevent')),
    attribute(join(device, 'report_descriptor')),
    usbParentOf(device),
    isThere(path),
  ]);
  if (uevent === undefined) return undefined;
  const fields = ueventFields(uevent);
  const ids = /^[\da-f]{4}:([\da-f]{8}):([\da-f]{8})$/i.exec(fields.get('HID_ID') ?? '');
  if (ids === null) return undefined;
  const descriptor = parsed(raw ?? new Uint8Array(0));
  const model = fields.get('HID_NAME');
  const serialNumber = fields.get('HID_UNIQ');
  const common = {
    bus: 'hid',
    path,
    physical: usb?.place ?? `hid:${path}`,
    vendorId: Number.parseInt(ids[1] ?? '', 16),
    productId: Number.parseInt(ids[2] ?? '', 16),
    // The kernel's name is maker and model in one.
    ...(model === undefined || usb?.names.model !== undefined ? {} : { model }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...usb?.names,
    ...(usb?.interfaceNumber === undefined ? {} : { interfaceNumber: usb.interfaceNumber }),
  } as const;
  // The folder's name ends with a number that the kernel never gives twice: 0003:1209:0002.0017.
  const id = `hid:${basename(device)}`;
  const collections = descriptor instanceof InputError ? [] : descriptor.collections;
  const ports: readonly HidPort[] =
    collections.length === 0
      ? [{ ...common, id: `${id}#0` }]
      : collections.map((collection, index) => ({ ...common, id: `${id}#${index}`, ...collection }));
  return { path, hasNode, ports, descriptor };
}

function parsed(raw: Uint8Array): HidReportDescriptor | InputError {
  try {
    return parseReportDescriptor(raw);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Lines `KEY=value`. The first of a key counts: a device's own strings come after what the kernel says. */
function ueventFields(bytes: Uint8Array): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    const at = line.indexOf('=');
    if (at < 1) continue;
    const key = line.slice(0, at);
    const value = line
      .slice(at + 1)
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim();
    if (value !== '' && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}
