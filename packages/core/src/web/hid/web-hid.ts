import { hasMethods } from '../web-platform.js';

/**
 * What is used of `navigator.hid` (WebHID, 4 and 7), so that the declarations of this package need no other package's.
 * The objects of a browser fit, and so does anything that behaves like them.
 */
export interface WebHid {
  getDevices(): Promise<WebHidDevice[]>;
  requestDevice(options: { filters: WebHidFilter[] }): Promise<WebHidDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: WebHidEvent) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: WebHidEvent) => void): void;
}

/** A device came or went. */
export interface WebHidEvent {
  readonly device: WebHidDevice;
}

/** What a device must have to be offered to the person. */
export interface WebHidFilter {
  vendorId?: number;
  productId?: number;
  usagePage?: number;
  usage?: number;
}

/** One HID interface that the page may use. */
export interface WebHidDevice {
  readonly opened: boolean;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  /** The top-level ones; those that browsers keep to themselves (keyboards, mice, FIDO) are missing. */
  readonly collections: readonly WebHidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  receiveFeatureReport(reportId: number): Promise<DataView>;
  addEventListener(type: 'inputreport', listener: (event: WebHidReportEvent) => void): void;
  removeEventListener(type: 'inputreport', listener: (event: WebHidReportEvent) => void): void;
}

/** A report came. */
export interface WebHidReportEvent {
  readonly reportId: number;
  /** Without the report id. */
  readonly data: DataView;
}

/** A collection of a report descriptor (HID 1.11, 6.2.2.6). */
export interface WebHidCollection {
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
  readonly children?: readonly WebHidCollection[] | undefined;
  readonly outputReports?: readonly WebHidReport[] | undefined;
  readonly featureReports?: readonly WebHidReport[] | undefined;
}

/** A report of a collection, item by item. */
export interface WebHidReport {
  readonly reportId?: number | undefined;
  readonly items?: readonly WebHidItem[] | undefined;
}

/** `reportCount` fields of `reportSize` bits. */
export interface WebHidItem {
  readonly reportSize?: number | undefined;
  readonly reportCount?: number | undefined;
}

/** Whether `value` is `navigator.hid`, as far as can be seen. */
export function isWebHid(value: unknown): value is WebHid {
  return hasMethods(value, ['getDevices', 'requestDevice', 'addEventListener', 'removeEventListener']);
}
