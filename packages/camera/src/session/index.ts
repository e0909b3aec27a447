export type { PtpPipe, PtpReply, PtpRequest, TransactOptions } from './pipe.js';
export { connectPtpIp } from './ptpip-pipe.js';
export type { PtpIpIdentity, PtpIpOptions } from './ptpip-pipe.js';
export { PtpSession } from './ptp-session.js';
export type { OperationOptions, SessionOptions } from './ptp-session.js';
export { usbPipe } from './usb-pipe.js';
