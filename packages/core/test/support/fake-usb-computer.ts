import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsbHost } from '../../src/node/usb/usb-host.js';
import type { UsbLibraryLoader } from '../../src/node/usb/usb-library.js';
import { FakeUsbDevice } from './fake-usb-device.js';
import { FakeUsbHandle } from './fake-usb-handle.js';
import { configurationBytes, deviceBytes } from './usb-descriptor-bytes.js';

/** What is plugged in where; the rest is a vendor's device with one interface and a bulk pair. */
export interface PlugOptions {
  readonly place?: string;
  readonly address?: number;
  readonly descriptors?: readonly number[];
  /** `bConfigurationValue`; an empty text while the kernel has not configured it. */
  readonly active?: string;
  readonly strings?: Readonly<Partial<Record<'manufacturer' | 'product' | 'serial', string>>>;
  readonly device?: FakeUsbDevice;
}

interface Plugged {
  readonly device: FakeUsbDevice;
  readonly bus: number;
  readonly address: number;
}

/** A Linux computer in a temporary folder: device tree, nodes and processes, and the library `usb` on fake devices. */
export class FakeUsbComputer implements UsbHost {
  readonly sysfs: string;
  readonly dev: string;
  readonly proc: string;
  readonly library: UsbLibraryLoader;
  /** Every object that the library has given out. */
  readonly handles: FakeUsbHandle[] = [];
  /** Nodes that may not be opened. */
  readonly denied = new Set<string>();
  isLibraryInstalled = true;
  /** What the library does before it lists. */
  beforeListing: () => Promise<unknown> = () => Promise.resolve();
  readonly #root: string;
  readonly #plugged = new Map<string, Plugged>();

  private constructor(root: string) {
    this.#root = root;
    [this.sysfs, this.dev, this.proc] = [join(root, 'sys'), join(root, 'dev'), join(root, 'proc')];
    this.library = {
      isInstalled: () => this.isLibraryInstalled,
      load: async () => {
        if (!this.isLibraryInstalled) throw new Error("Cannot find package 'usb'");
        await Promise.resolve();
        return {
          getDevices: async () => {
            await this.beforeListing();
            return [...this.#plugged.values()].map((one) => this.#handle(one));
          },
        };
      },
    };
  }

  /** A computer with one empty USB bus, or with none. */
  static async make({
    hasUsb = true,
    hasNodes = true,
  }: { readonly hasUsb?: boolean; readonly hasNodes?: boolean } = {}): Promise<FakeUsbComputer> {
    const computer = new FakeUsbComputer(await mkdtemp(join(tmpdir(), 'usb-')));
    await mkdir(join(computer.sysfs, hasUsb ? 'bus/usb/devices' : 'bus'), { recursive: true });
    await mkdir(join(computer.dev, hasUsb && hasNodes ? 'bus/usb/001' : ''), { recursive: true });
    await mkdir(computer.proc);
    return computer;
  }

  mayOpen(path: string): Promise<boolean> {
    return Promise.resolve(!this.denied.has(path));
  }

  node(address: number, bus = 1): string {
    return join(this.dev, 'bus/usb', String(bus).padStart(3, '0'), String(address).padStart(3, '0'));
  }

  /** Plugs a device in: first it is in the tree, then its node appears. */
  async plug(options: PlugOptions = {}): Promise<FakeUsbDevice> {
    const { place = '1-1', address = 2, device = new FakeUsbDevice() } = options;
    const bus = Number.parseInt(place, 10);
    const folder = join(this.sysfs, 'bus/usb/devices', place);
    await mkdir(folder, { recursive: true });
    const attributes = {
      busnum: String(bus),
      devnum: String(address),
      bConfigurationValue: options.active ?? '1',
      manufacturer: 'Lab',
      product: 'Bulk loopback',
      ...options.strings,
      descriptors: Uint8Array.from(options.descriptors ?? [...deviceBytes(), ...configurationBytes()]),
    };
    for (const [name, value] of Object.entries(attributes)) {
      await writeFile(join(folder, name), typeof value === 'string' ? `${value}\n` : value);
    }
    this.#plugged.set(place, { device, bus, address });
    await writeFile(this.node(address, bus), '').catch(() => undefined);
    return device;
  }

  /** The kernel has configured the device; nothing tells of it. */
  async configure(place = '1-1'): Promise<void> {
    await writeFile(join(this.sysfs, 'bus/usb/devices', place, 'bConfigurationValue'), '1\n');
  }

  /** Pulls the plug: device, tree and node, unless the kernel cannot tell of nodes here. */
  async unplug(place = '1-1', { keepsNode = false } = {}): Promise<void> {
    const plugged = this.#plugged.get(place);
    if (plugged === undefined) return;
    this.#plugged.delete(place);
    plugged.device.isUnplugged = true;
    await rm(join(this.sysfs, 'bus/usb/devices', place), { recursive: true });
    if (!keepsNode) await rm(this.node(plugged.address, plugged.bus));
  }

  /** The kernel binds a driver to an interface; `usbfs` stands for a program. */
  async bind(driver: string, path = '1-1:1.0'): Promise<void> {
    const folder = join(this.sysfs, 'bus/usb/devices', path);
    const target = join(this.sysfs, 'bus/usb/drivers', driver);
    await mkdir(folder, { recursive: true });
    await mkdir(target, { recursive: true });
    await symlink(target, join(folder, 'driver'));
  }

  /** A program that has `node` open. */
  async run(pid: number, name: string, node: string): Promise<void> {
    const folder = join(this.proc, String(pid));
    await mkdir(join(folder, 'fd'), { recursive: true });
    await writeFile(join(folder, 'comm'), `${name}\n`);
    await symlink(node, join(folder, 'fd/7'));
  }

  /** Whoever watches the node hears of it, as when udevd sets its rights. */
  async touch(node: string): Promise<void> {
    await utimes(node, new Date(), new Date());
  }

  /** As if the node had been there for long. */
  async makeOld(node: string): Promise<void> {
    await utimes(node, 0, 0);
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  #handle({ device, bus, address }: Plugged): FakeUsbHandle {
    const handle = new FakeUsbHandle(device, bus, address);
    if (this.denied.has(this.node(address, bus))) handle.openFailure = 'permission denied (errno 13)';
    this.handles.push(handle);
    return handle;
  }
}
