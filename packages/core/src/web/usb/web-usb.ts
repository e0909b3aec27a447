import { hasMethods } from '../web-platform.js';

/**
 * What is used of `navigator.usb` (WebUSB, 4 to 6), so that the declarations of this package need no other package's.
 * The objects of a browser fit, and so does anything that behaves like them.
 */
export interface WebUsb {
  getDevices(): Promise<WebUsbDevice[]>;
  requestDevice(options: { filters: WebUsbFilter[] }): Promise<WebUsbDevice>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: WebUsbEvent) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: WebUsbEvent) => void): void;
}

/** A device came or went. */
export interface WebUsbEvent {
  readonly device: WebUsbDevice;
}

/** What a device must have to be offered to the person; class codes count for the device or any of its interfaces. */
export interface WebUsbFilter {
  vendorId?: number;
  productId?: number;
  classCode?: number;
  subclassCode?: number;
  protocolCode?: number;
}

/** One device that the page may use. */
export interface WebUsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturerName?: string | null | undefined;
  readonly productName?: string | null | undefined;
  readonly serialNumber?: string | null | undefined;
  readonly opened: boolean;
  /** The active one; none where the system has not configured the device. */
  readonly configuration?: WebUsbConfiguration | null | undefined;
  readonly configurations: readonly WebUsbConfiguration[];
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  controlTransferIn(setup: WebUsbSetup, length: number): Promise<WebUsbInResult>;
  controlTransferOut(setup: WebUsbSetup, data?: Uint8Array<ArrayBuffer>): Promise<WebUsbOutResult>;
  transferIn(endpoint: number, length: number): Promise<WebUsbInResult>;
  transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>): Promise<WebUsbOutResult>;
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
}

/** The setup stage of a control transfer. */
export interface WebUsbSetup {
  requestType: 'standard' | 'class' | 'vendor';
  recipient: 'device' | 'interface' | 'endpoint' | 'other';
  request: number;
  value: number;
  index: number;
}

/** One configuration of a device. */
export interface WebUsbConfiguration {
  readonly configurationValue: number;
  readonly interfaces: readonly WebUsbInterface[];
}

/** One interface of a configuration. */
export interface WebUsbInterface {
  readonly interfaceNumber: number;
  readonly alternates: readonly WebUsbAlternate[];
}

/** One setting of an interface. */
export interface WebUsbAlternate {
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly endpoints: readonly WebUsbEndpoint[];
}

/** One endpoint of a setting. */
export interface WebUsbEndpoint {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

/** The answer of a transfer from the device. */
export interface WebUsbInResult {
  readonly status?: 'ok' | 'stall' | 'babble' | undefined;
  readonly data?: DataView | null | undefined;
}

/** The answer of a transfer to the device. */
export interface WebUsbOutResult {
  readonly status?: 'ok' | 'stall' | 'babble' | undefined;
  readonly bytesWritten: number;
}

/** Whether `value` is `navigator.usb`, as far as can be seen. */
export function isWebUsb(value: unknown): value is WebUsb {
  return hasMethods(value, ['getDevices', 'requestDevice', 'addEventListener', 'removeEventListener']);
}

/** What the device is used as: the active configuration, or the one that opening will choose. */
export function configurationOf(device: WebUsbDevice): WebUsbConfiguration | undefined {
  return device.configuration ?? device.configurations[0];
}
