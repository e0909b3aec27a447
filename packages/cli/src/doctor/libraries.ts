import type { BusKind } from '@buergerkoffer/core';

/** A library that ports of a bus are opened with, from npm. */
interface Library {
  readonly name: string;
  /** A call that fails where a library of the system is missing. */
  readonly probe?: string;
  /** What to do where it is installed and does not load. */
  readonly mend: string;
}

/** Network services and card readers need none. */
const LIBRARIES: Readonly<Partial<Record<BusKind, Library>>> = {
  usb: { name: 'usb', mend: 'npm rebuild usb' },
  hid: {
    name: 'node-hid',
    probe: 'getHidapiVersion',
    mend: 'sudo apt-get install libusb-1.0-0 libudev1 && npm rebuild node-hid',
  },
  serial: { name: 'serialport', mend: 'npm rebuild serialport' },
};

/** What is wrong with the library of a bus. */
export interface LibraryFault {
  readonly state: 'missing' | 'broken';
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong with the library that ports of `bus` are opened with; undefined where it loads, and where none is needed. */
export async function libraryFault(
  bus: BusKind,
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<LibraryFault | undefined> {
  const library = LIBRARIES[bus];
  if (library === undefined) return undefined;
  const { name, probe, mend } = library;
  try {
    const loaded = await load(name);
    if (probe !== undefined) callOf(loaded, probe);
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 200) : String(error);
    // A library whose own native part is not found is there, and says so with the name of that.
    if (new RegExp(`Cannot find (package|module) '${name}'`).test(text)) {
      return {
        state: 'missing',
        message: `the library ${name} is not installed`,
        remedy: `npm install ${name}`,
      };
    }
    return { state: 'broken', message: `the library ${name} does not load: ${text}`, remedy: mend };
  }
}

/** Calls what a CommonJS module exports as `name`, however Node presents it. */
function callOf(loaded: unknown, name: string): void {
  const found = [loaded, memberOf(loaded, 'default')].map((holder) => memberOf(holder, name));
  const call = found.find((member) => typeof member === 'function');
  if (typeof call === 'function') Reflect.apply(call, undefined, []);
}

function memberOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}
