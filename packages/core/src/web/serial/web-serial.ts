import { hasMethods } from '../web-platform.js';

/**
 * What is used of `navigator.serial` (Web Serial, 3 and 4), so that the declarations of this package need no other
 * package's. The objects of a browser fit, and so does anything that behaves like them.
 */
export interface WebSerial {
  getPorts(): Promise<WebSerialPort[]>;
  requestPort(options?: { filters?: WebSerialFilter[] }): Promise<WebSerialPort>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: WebSerialEvent) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: WebSerialEvent) => void): void;
}

/** A line came or went: `target` is the line. */
export interface WebSerialEvent {
  readonly target: unknown;
}

/** What a line must have to be offered to the person; the browser refuses a product without a vendor. */
export interface WebSerialFilter {
  usbVendorId: number;
  usbProductId?: number;
}

/** How a line is opened. */
export interface WebSerialOptions {
  baudRate: number;
  dataBits?: 7 | 8;
  stopBits?: 1 | 2;
  parity?: 'none' | 'even' | 'odd';
  flowControl?: 'none' | 'hardware';
  bufferSize?: number;
}

/** One serial line that the page may use. */
export interface WebSerialPort {
  /** False for a paired line that is out of reach; undefined in browsers that do not tell. */
  readonly connected?: boolean;
  /** A new stream after each error that did not end the line; null when closed or gone. */
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  getInfo(): { usbVendorId?: number | undefined; usbProductId?: number | undefined };
  open(options: WebSerialOptions): Promise<void>;
  close(): Promise<void>;
}

/** Whether `value` is `navigator.serial`, as far as can be seen. */
export function isWebSerial(value: unknown): value is WebSerial {
  return hasMethods(value, ['getPorts', 'requestPort', 'addEventListener', 'removeEventListener']);
}

/** Whether `value` is a line, as far as can be seen. */
export function isWebSerialPort(value: unknown): value is WebSerialPort {
  return hasMethods(value, ['getInfo', 'open', 'close']);
}
