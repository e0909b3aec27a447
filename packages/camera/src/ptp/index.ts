export {
  EOS_OPERATION,
  EOS_PROPERTY,
  EVENT,
  FORMAT,
  NIKON_EVENT,
  NIKON_OPERATION,
  OPERATION,
  PROPERTY,
  RESPONSE,
  responseWords,
} from './codes.js';
export { readContainerHead, readMessage, writeData, writeMessage } from './container.js';
export type { ContainerHead, ContainerType, PtpMessage } from './container.js';
export { readDeviceInfo } from './device-info.js';
export type { PtpDeviceInfo } from './device-info.js';
export { readEosEvents } from './eos-events.js';
export type { EosEvent, EosObject } from './eos-events.js';
export { readHandles } from './fields.js';
export { readEosViewFinder, readNikonLiveView } from './live-view.js';
export { readNikonEvents, readNikonEventsEx } from './nikon-events.js';
export type { PtpEvent } from './nikon-events.js';
export { isJpegFormat, readObjectInfo } from './object-info.js';
export type { ObjectInfo } from './object-info.js';
export { readPropertyDescription } from './property.js';
export type { PropertyDescription, PropertyForm, PropertyValue } from './property.js';
export { PTPIP_PORT, readPacket } from './ptpip-packet.js';
export type { PtpIpPacket } from './ptpip-packet.js';
export { readStorageInfo } from './storage-info.js';
export type { StorageInfo } from './storage-info.js';
