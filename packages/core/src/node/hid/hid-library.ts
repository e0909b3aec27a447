import { optionalLibrary, type OptionalLibrary } from '../optional-library.js';

/** One open hidraw node, as `node-hid` gives it. Every method's first byte is the report number, 0 if there is none. */
export interface HidHandle {
  /** Reports are read, and an unplugged device is noticed, only while somebody listens. */
  on(event: 'data', listener: (data: Uint8Array) => void): unknown;
  /** A string or an Error; unheard it ends the process. */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  write(report: Buffer): Promise<unknown>;
  sendFeatureReport(report: Buffer): Promise<unknown>;
  getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The part of `node-hid` that opening needs. */
export interface HidLibrary {
  open(path: string): Promise<HidHandle>;
}

/** `node-hid` 3.4; its native part is loaded with it, so that a missing library of the system is known at once. */
export function nodeHid(): OptionalLibrary<HidLibrary> {
  return optionalLibrary({
    kind: 'hid',
    name: 'node-hid',
    needs: 'apt-get install libusb-1.0-0 libudev1',
    load: async () => {
      const { HIDAsync, getHidapiVersion } = await import('node-hid');
      getHidapiVersion();
      return { open: (path) => HIDAsync.open(path) };
    },
  });
}
