export type { Bus, Diagnostic, PortEvent } from './bus.js';
export { busSource } from './bus-source.js';
export { ByteInput } from './byte-input.js';
export type { Availability, Candidate, Lease, LeaseRequest } from './candidate.js';
export { delay, withDeadline } from './deadline.js';
export { defineKind } from './device.js';
export type { Device, DeviceInfo, DeviceKind, End, Operations, OperationShape } from './device.js';
export { DEVICE_ERROR_CODES, DeviceError } from './device-error.js';
export type { DeviceErrorCode } from './device-error.js';
export { DeviceLife } from './device-life.js';
export { DeviceManager } from './device-manager.js';
export { defineDriver, IDENTIFY_MS } from './driver.js';
export type { DeviceDriver, DriverContext } from './driver.js';
export { supportedDevices } from './drivers/supported-devices.js';
export type { AnyDriver, SupportedDevice } from './drivers/supported-devices.js';
export { udevRules } from './drivers/udev-rules.js';
export type { UdevOptions, UdevRules } from './drivers/udev-rules.js';
export { parseReportDescriptor } from './hid/report-descriptor.js';
export type { HidCollection, HidReportDescriptor, HidReportLengths } from './hid/report-descriptor.js';
export { MatchIndex } from './match-index.js';
export { OperationGate } from './operation-gate.js';
export { BUS_KINDS, matchesPort } from './port.js';
export type {
  BusKind,
  HidPort,
  HttpPort,
  PcscPort,
  Port,
  PortMatch,
  PortOf,
  SerialPort,
  TcpPort,
  UsbPort,
} from './port.js';
export type { DeviceSource, Offer } from './source.js';
export { staticBus } from './static-bus.js';
export type {
  ByteTransport,
  CallOptions,
  CardConnection,
  CardPresence,
  CardTransport,
  HidReport,
  HidTransport,
  HttpRequest,
  HttpResponse,
  HttpTransport,
  OpenOptionsOf,
  TlsOptions,
  Transport,
  TransportBase,
  TransportOf,
  UsbEndpoint,
  UsbInResult,
  UsbOutResult,
  UsbSetup,
  UsbTransport,
} from './transport.js';
