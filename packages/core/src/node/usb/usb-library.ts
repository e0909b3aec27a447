import { createRequire } from 'node:module';
import type { UsbSetup } from '../../transport.js';

/**
 * The part of the optional library `usb` 3 that is used. Its promises reject with errors that only their text tells
 * apart; while a transfer runs, every method that needs the device for itself rejects (`borrowed mutably`).
 */
export interface UsbLibrary {
  /** Fresh objects each time; each one that is opened is a file handle of its own, with claims of its own. */
  getDevices(): Promise<readonly LibraryDevice[]>;
}

/** One device of the library. The getters that are not named here may open it, talk to it, and throw. */
export interface LibraryDevice {
  /** The number of the bus in decimal. */
  readonly bus: string;
  readonly address: number;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Resets the port of the device, in about 0.3 s. Claims survive it, pending transfers end. */
  reset(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  /** Drops whatever claim is on the interface, our own too: the kernel then ends its transfers. Never borrowed. */
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
  controlTransferIn(setup: UsbSetup, length: number, timeoutMs: number): Promise<LibraryIn>;
  /** Throws without data: an empty array stands for none. */
  controlTransferOut(setup: UsbSetup, data: Uint8Array, timeoutMs: number): Promise<LibraryOut>;
  /** The library rounds `length` up to whole packets and cuts the answer to it: only whole packets lose nothing. */
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<LibraryIn>;
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<LibraryOut>;
  /** Takes no deadline; the kernel's is 5 s. */
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
}

/** What an IN transfer of the library answers. */
export interface LibraryIn {
  readonly data?: DataView | undefined;
}

/** What an OUT transfer of the library answers. */
export interface LibraryOut {
  readonly bytesWritten: number;
}

/** Calls the library where nothing can be done about a failure. It throws as well as rejects. */
export async function quietly(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch {
    // What cannot be given back any more has gone already.
  }
}

/** The longest deadline that the library takes, 49.7 days: as good as none. */
export const NO_DEADLINE_MS = 0xffff_ffff;

/** How the library is found and loaded. */
export interface UsbLibraryLoader {
  /** Whether it is installed, without loading it. */
  isInstalled(): boolean;
  /** Rejects where it is not installed or does not load. */
  load(): Promise<UsbLibrary>;
}

/** The npm package `usb`, an optional peer. */
export const npmUsbLibrary: UsbLibraryLoader = {
  isInstalled: () => {
    try {
      createRequire(import.meta.url).resolve('usb');
      return true;
    } catch {
      return false;
    }
  },
  load: async () => {
    const { usb } = await import('usb');
    return { getDevices: async () => (await usb.getDevices()) as unknown as readonly LibraryDevice[] };
  },
};
