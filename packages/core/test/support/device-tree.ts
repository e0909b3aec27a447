import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The attributes of a USB device, as files. */
export interface UsbThing {
  readonly place: string;
  readonly address?: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serial?: string;
}

/** A HID device below a USB interface, or on its own where `usb` is absent. */
export interface HidThing {
  readonly node: string;
  /** The kernel's name, `0003:1209:0002.0001`. */
  readonly name: string;
  readonly uevent: string;
  readonly descriptor: Uint8Array;
  readonly usb?: UsbThing;
  readonly interfaceNumber?: number;
}

/** A line below a USB interface or on the board. */
export interface TtyThing {
  readonly node: string;
  readonly usb?: UsbThing;
  /** `usb-serial` converters have a folder of their own below the interface. */
  readonly converter?: boolean;
  readonly driver?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A made-up `/sys` and `/dev` in a temporary folder: files and links as the kernel lays them out. */
export class FakeDeviceTree {
  readonly root = mkdtempSync(join(tmpdir(), 'device-tree-'));
  readonly sysfs = join(this.root, 'sys');
  readonly dev = join(this.root, 'dev');

  constructor() {
    for (const folder of ['sys/class/hidraw', 'sys/class/tty', 'dev']) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
  }

  plugHid(hid: HidThing): void {
    const folder = this.#folder(hid.usb, hid.interfaceNumber ?? 0, hid.name);
    writeFileSync(join(folder, 'uevent'), hid.uevent);
    writeFileSync(join(folder, 'report_descriptor'), hid.descriptor);
    this.#show('hidraw', hid.node, folder);
  }

  plugTty(tty: TtyThing): void {
    const folder = this.#folder(tty.usb, 0, tty.converter === true ? tty.node : undefined);
    if (tty.driver !== undefined) {
      mkdirSync(join(this.sysfs, 'drivers', tty.driver), { recursive: true });
      rmSync(join(folder, 'driver'), { force: true });
      symlinkSync(join(this.sysfs, 'drivers', tty.driver), join(folder, 'driver'));
    }
    this.#show('tty', tty.node, folder, tty.attributes);
  }

  /** A terminal without hardware behind it, such as `tty0`. */
  addConsole(node: string): void {
    mkdirSync(join(this.sysfs, 'class/tty', node), { recursive: true });
    writeFileSync(join(this.dev, node), '');
  }

  /** First the kernel's folders go, then the node, which is when it hints. */
  unplug(kind: 'hidraw' | 'tty', node: string): void {
    rmSync(join(this.sysfs, 'class', kind, node), { recursive: true });
    rmSync(join(this.dev, node));
  }

  /** What udevd does a moment after the kernel made the node. */
  permit(node: string): void {
    chmodSync(join(this.dev, node), 0o660);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #folder(usb: UsbThing | undefined, interfaceNumber: number, below: string | undefined): string {
    const device = join(this.sysfs, 'devices/pci0000:00', usb === undefined ? 'board' : `usb1/${usb.place}`);
    const parent = usb === undefined ? device : join(device, `${usb.place}:1.${interfaceNumber}`);
    const folder = below === undefined ? parent : join(parent, below);
    mkdirSync(folder, { recursive: true });
    if (usb !== undefined) {
      const attributes = {
        idVendor: usb.vendorId.toString(16).padStart(4, '0'),
        idProduct: usb.productId.toString(16).padStart(4, '0'),
        busnum: '1',
        devnum: String(usb.address ?? 2),
        manufacturer: usb.manufacturer,
        product: usb.product,
        serial: usb.serial,
      };
      for (const [name, value] of Object.entries(attributes)) {
        if (value !== undefined) writeFileSync(join(device, name), `${value}\n`);
      }
      writeFileSync(join(parent, 'bInterfaceNumber'), `${interfaceNumber.toString(16).padStart(2, '0')}\n`);
    }
    return folder;
  }

  #show(kind: string, node: string, device: string, attributes: Readonly<Record<string, string>> = {}): void {
    const folder = join(this.sysfs, 'class', kind, node);
    mkdirSync(folder, { recursive: true });
    symlinkSync(device, join(folder, 'device'));
    for (const [name, value] of Object.entries(attributes)) writeFileSync(join(folder, name), `${value}\n`);
    writeFileSync(join(this.dev, node), '');
  }
}
