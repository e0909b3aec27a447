export type { AttachOptions, Attached } from './kernel/attached.js';
export { attachUsbipServer, USBIP_PORT } from './kernel/usbip-server.js';
export type { UsbipServer, UsbipServerOptions } from './kernel/usbip-server.js';
export { attachVhci } from './kernel/vhci.js';
export type { VhciAttached, VhciOptions } from './kernel/vhci.js';
export { attachVhciRemote } from './kernel/vhci-remote.js';
export type { RemoteDevice } from './kernel/vhci-remote.js';
