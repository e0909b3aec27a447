import type { HidReport } from '@buergerkoffer/core';

/** A HID device, written once: for a bus of this process, for the kernel through uhid, or behind a USB interface. */
export interface VirtualHidDevice {
  readonly vendorId: number;
  readonly productId: number;
  /** bcdDevice. Default 0x0100. */
  readonly deviceVersion?: number;
  readonly maker?: string;
  readonly model?: string;
  readonly serialNumber?: string;
  /** Its reports, as HID 1.11, 6.2.2, writes them; usages and report lengths are taken from here. */
  readonly reportDescriptor: Uint8Array;
  /** The device gets power: called once for each time it is plugged in; `send` is its input reports. */
  powerUp(send: (report: HidReport) => void): HidFunction;
}

/** What a virtual HID device does. Data comes without the report number. */
export interface HidFunction {
  /** An output report. */
  report?(reportId: number, data: Uint8Array): void;
  /** A feature report that the host writes; false refuses it. A pending promise keeps the host waiting. */
  setFeature?(reportId: number, data: Uint8Array): boolean | Promise<boolean>;
  /** A feature report that the host reads; undefined refuses it. */
  getFeature?(reportId: number): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** The plug was pulled: timers end here. */
  powerDown?(): void;
}
