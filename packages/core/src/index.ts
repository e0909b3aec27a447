export { delay, withDeadline } from './deadline.js';
export { defineKind } from './device.js';
export type { Device, DeviceInfo, DeviceKind, End, Operations, OperationShape } from './device.js';
export { DeviceError } from './device-error.js';
export type { DeviceErrorCode } from './device-error.js';
export { DeviceLife } from './device-life.js';
export { OperationGate } from './operation-gate.js';
