export { Bench } from './bench.js';
export { LabBus } from './lab-bus.js';
export type { Plugged, VirtualHardware } from './lab-bus.js';
export { plugUsb } from './usb/plug-usb.js';
export type { PlugOptions, PlugUsbOptions } from './usb/plug-usb.js';
export type {
  InterfaceAssociation,
  RawDescriptors,
  UsbFunction,
  UsbHost,
  VirtualEndpoint,
  VirtualInterface,
  VirtualUsbDevice,
} from './usb/virtual-usb-device.js';
export { virtualHttp } from './virtual-http.js';
export type { HttpService } from './virtual-http.js';
export { virtualReader } from './pcsc/virtual-reader.js';
export type { VirtualCard } from './pcsc/virtual-card.js';
export type { VirtualReader } from './pcsc/virtual-reader.js';
export { plugSerial, plugTcp } from './serial/plug-line.js';
export type { PlugSerialOptions, PlugTcpOptions } from './serial/plug-line.js';
export type { LineFunction, LineSettings, VirtualLineDevice } from './serial/virtual-line-device.js';
export { referenceLine } from './reference/reference-line.js';
export { referenceUsb } from './reference/reference-usb.js';
export type { ReferenceUsbOptions } from './reference/reference-usb.js';
export { hidAsUsb } from './hid/hid-as-usb.js';
export { plugHid } from './hid/plug-hid.js';
export type { HidFunction, VirtualHidDevice } from './hid/virtual-hid-device.js';
export { lineAsCdcAcm } from './serial/line-as-cdc-acm.js';
export type { UsbIdentity } from './usb/usb-identity.js';
export { replayHardware } from './replay/replay-hardware.js';
export type { ReplayHardware } from './replay/replay-hardware.js';
export type { ReplayProgress } from './replay/replay-progress.js';
export { replayCapture } from './capture/replay-capture.js';
export type { ReplayCaptureOptions, ReplayedUsbDevice } from './capture/replay-capture.js';
export { isCaptureFile } from './capture/pcap-file.js';
export { captureTraffic } from './capture/capture-traffic.js';
export { breakingAt } from './usb/breaking-at.js';
export type { Breaking, BreakingUsbDevice } from './usb/breaking-at.js';
export { ccidReader } from './pcsc/ccid-reader.js';
export type { CcidOptions } from './pcsc/ccid-reader.js';
export { referenceHid } from './reference/reference-hid.js';
export { referenceCard } from './reference/reference-card.js';
export { referenceHttp } from './reference/reference-http.js';
export { virtualCamera } from './camera/virtual-camera.js';
export type {
  CameraDialect,
  CameraPicture,
  VirtualCamera,
  VirtualCameraOptions,
} from './camera/virtual-camera.js';
export type { CameraFault, PlannedCameraFault, WireFault } from './camera/camera-fault.js';
export type { PtpCommand, PtpEvent } from './camera/operation.js';
export type { PtpConnection, PtpReply } from './camera/responder.js';
export { cameraAsUsb } from './camera/usb/camera-as-usb.js';
export { plugPtpIp } from './camera/ip/plug-ptp-ip.js';
export type { PlugPtpIpOptions } from './camera/ip/plug-ptp-ip.js';
export { virtualPrinter } from './printer/virtual-printer.js';
export type { PrinterHindrance, VirtualPrinter, VirtualPrinterOptions } from './printer/virtual-printer.js';
export { printerAsUsb } from './printer/printer-as-usb.js';
export type { PrinterUsbOptions } from './printer/printer-as-usb.js';
export { ippUsbPrinter } from './printer/ipp-usb-printer.js';
export type { IppUsbOptions } from './printer/ipp-usb-printer.js';
