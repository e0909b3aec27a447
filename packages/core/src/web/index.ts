export { webHidBus } from './hid/web-hid-bus.js';
export type {
  WebHid,
  WebHidCollection,
  WebHidDevice,
  WebHidEvent,
  WebHidFilter,
  WebHidItem,
  WebHidReport,
  WebHidReportEvent,
} from './hid/web-hid.js';
export { webSerialBus } from './serial/web-serial-bus.js';
export type {
  WebSerial,
  WebSerialEvent,
  WebSerialFilter,
  WebSerialOptions,
  WebSerialPort,
} from './serial/web-serial.js';
export { webUsbBus } from './usb/web-usb-bus.js';
export type {
  WebUsb,
  WebUsbAlternate,
  WebUsbConfiguration,
  WebUsbDevice,
  WebUsbEndpoint,
  WebUsbEvent,
  WebUsbFilter,
  WebUsbInResult,
  WebUsbInterface,
  WebUsbOutResult,
  WebUsbSetup,
} from './usb/web-usb.js';
export type { WebBus } from './web-bus.js';
export type { WebKind } from './web-platform.js';
