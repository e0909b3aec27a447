import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { until } from './until.js';

/** Attributes of one function as its files in configfs: a name and what is written to it. */
export type GadgetFunctions = Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>;

/** A USB device that the kernel itself plays (Linux, Documentation/usb/gadget_configfs.rst), plugged in behind dummy_hcd. */
export interface Gadget {
  /** The device as the USB host sees it: a folder in `/sys/bus/usb/devices`. */
  readonly device: string;
  /** The name below `device` in a folder `subsystem`, as `hidraw` or `tty`, that fits `name`; waits for the host's driver. */
  readonly hostNode: (subsystem: string, name?: RegExp) => Promise<string>;
  /** An attribute of a function, as `dev` of `hid.0`. */
  readonly attribute: (functionName: string, name: string) => string;
  /** Pulls the plug; the device is gone when it returns. */
  readonly remove: () => void;
}

const CONFIGFS = '/sys/kernel/config';
const GADGETS = join(CONFIGFS, 'usb_gadget');

/** Makes a gadget with `functions` (`hid.0`, `acm.0`) and plugs it in; `serial` tells it from every other device. */
export async function plugGadget(serial: string, functions: GadgetFunctions): Promise<Gadget> {
  if (!existsSync(GADGETS)) execFileSync('mount', ['-t', 'configfs', 'none', CONFIGFS]);
  const folder = join(GADGETS, `lab-${serial}`);
  const write = (path: string, value: string | Uint8Array): void => {
    writeFileSync(join(folder, path), value);
  };
  const strings = 'strings/0x409';
  const config = 'configs/c.1';
  const make = ['', strings, config, `${config}/${strings}`];
  for (const each of make) mkdirSync(join(folder, each), { recursive: true });
  // pid.codes 1209:0001, a number for tests only.
  write('idVendor', '0x1209');
  write('idProduct', '0x0001');
  write(`${strings}/serialnumber`, serial);
  write(`${strings}/product`, 'Lab gadget');
  for (const [name, attributes] of Object.entries(functions)) {
    mkdirSync(join(folder, 'functions', name));
    for (const [attribute, value] of Object.entries(attributes))
      write(`functions/${name}/${attribute}`, value);
    symlinkSync(join(folder, 'functions', name), join(folder, config, name));
  }
  write('UDC', await until('a dummy UDC', freeController));
  const device = await until(`device ${serial}`, () => deviceWithSerial(serial));
  return {
    device,
    hostNode: (subsystem, name = /./) =>
      until(`${subsystem} of ${serial}`, () => nodeBelow(device, subsystem, name)),
    attribute: (name, attribute) => readFileSync(join(folder, 'functions', name, attribute), 'utf8').trim(),
    remove: () => {
      write('UDC', '\n');
      // configfs wants its folders removed one by one, in the opposite order.
      for (const name of Object.keys(functions)) {
        unlinkSync(join(folder, config, name));
        rmdirSync(join(folder, 'functions', name));
      }
      for (const each of make.reverse()) rmdirSync(join(folder, each));
    },
  };
}

/** A device controller of dummy_hcd that no gadget has. */
function freeController(): string | undefined {
  const names = existsSync('/sys/class/udc') ? readdirSync('/sys/class/udc') : [];
  const taken = readdirSync(GADGETS).map((name) => read(join(GADGETS, name, 'UDC')));
  return names.find((name) => name.startsWith('dummy_udc') && !taken.includes(name));
}

function deviceWithSerial(serial: string): string | undefined {
  const devices = '/sys/bus/usb/devices';
  return readdirSync(devices)
    .map((name) => join(devices, name))
    .find((device) => read(join(device, 'serial')) === serial);
}

/** `tty` of an ACM function lies in `DEVICE/INTERFACE/tty/ttyACM0`, `hidraw` one folder deeper. */
function nodeBelow(folder: string, subsystem: string, name: RegExp, depth = 3): string | undefined {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    const found = entry.name === subsystem ? readdirSync(path).find((each) => name.test(each)) : undefined;
    const below = found ?? (depth > 0 ? nodeBelow(path, subsystem, name, depth - 1) : undefined);
    if (below !== undefined) return below;
  }
  return undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
