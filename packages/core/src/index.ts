export type { Bus, Diagnostic, PortEvent } from './bus.js';
export { busSource } from './bus-source.js';
export type { Availability, Candidate } from './candidate.js';
export { SYSTEM_CLOCK } from './clock.js';
export type { Clock } from './clock.js';
export { ByteInput } from './byte-input.js';
export { delay, withDeadline } from './deadline.js';
export { defineKind } from './device.js';
export type { Device, DeviceInfo, DeviceKind, End, Operations, OperationShape } from './device.js';
export { DEVICE_ERROR_CODES, DeviceError } from './device-error.js';
export type { DeviceErrorCode } from './device-error.js';
export { DeviceLife } from './device-life.js';
export { DeviceManager } from './device-manager.js';
export type { DeviceManagerOptions } from './device-manager.js';
export { defineDriver, IDENTIFY_MS } from './driver.js';
export type { DeviceDriver, DriverContext } from './driver.js';
export { supportedDevices } from './drivers/supported-devices.js';
export type { AnyDriver, SupportedDevice } from './drivers/supported-devices.js';
export { udevRules } from './drivers/udev-rules.js';
export type { UdevOptions, UdevRules } from './drivers/udev-rules.js';
export type { DeviceHealth, Presence } from './health/device-health.js';
export type { Latency } from './health/latency-window.js';
export { measured } from './health/measured-transport.js';
export { DeviceMeter } from './health/meter.js';
export type { TransportHealth, TransportMeter } from './health/meter.js';
export type { LastError, OperationHealth } from './health/operation-counts.js';
export type { Lease } from './lease.js';
export type { PassedOver } from './leases/open-first.js';
export { LEASE_PRIORITIES } from './lease-request.js';
export type { Holder, LeasePriority, LeaseRequest } from './lease-request.js';
export { portsConflict } from './leases/port-conflict.js';
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
export { BusServer } from './remote-bus/bus-server.js';
export { remoteBus } from './remote-bus/remote-bus.js';
export type { RemoteBusOptions } from './remote-bus/remote-bus.js';
export type { Channel } from './remote-bus/travelling-bytes.js';
export type { DeviceSource, Offer } from './source.js';
export { staticBus } from './static-bus.js';
export { parseUsbConfiguration, parseUsbDevice, readUsbDescriptors } from './usb/descriptors.js';
export type {
  UsbConfigurationDescriptor,
  UsbDescriptors,
  UsbDeviceDescriptor,
  UsbEndpointDescriptor,
  UsbInterfaceAssociation,
  UsbInterfaceDescriptor,
} from './usb/descriptor.js';
export { portSettings } from './usb/port-settings.js';
export type { PortSetting, UsbSetting } from './usb/port-settings.js';
export { parseUsbLanguages, parseUsbString } from './usb/string-descriptor.js';
export type { Connect, Connection, Exit, Incoming, Send } from './supervision/connection.js';
export type { WatchOptions } from './supervision/life.js';
export type { SupervisorOptions } from './supervision/supervisor.js';
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
export { bytesText, fits, lengthOf, plainBytes } from './traffic/traffic-bytes.js';
export type { ByteRun, TrafficBytes } from './traffic/traffic-bytes.js';
export { headText, lineText, readTraffic } from './traffic/traffic-file.js';
export type {
  Masking,
  PlainCall,
  Timed as TrafficTimes,
  Outcome as TrafficOutcome,
  Traffic,
  TrafficCall,
  TrafficHead,
  TrafficInput,
  TrafficLine,
} from './traffic/traffic-line.js';
export { recordedBus } from './traffic/recorded-bus.js';
export type { RecordingOptions } from './traffic/recorded-bus.js';
export type { TrafficSink } from './traffic/traffic-recorder.js';
export type { OperationCounts } from './health/operation-counts.js';
