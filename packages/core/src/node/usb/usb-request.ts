import { DeviceError } from '../../device-error.js';
import type { UsbEndpoint, UsbSetup } from '../../transport.js';

/** Throws `invalid-request` where `length` cannot be asked for in one transfer. */
export function checkLength(length: number): void {
  // USBFS_XFER_MAX of the kernel, INT_MAX less a million; memory gives out long before.
  inRange('length', length, 1, 0x7fff_ffff - 1_000_000);
}

/**
 * Throws `invalid-request` where the setup stage has no such value, or names another interface or one of its
 * endpoints: the kernel would claim that interface on the quiet, or refuse (WebUSB, 5.2.4, has the same rule).
 */
export function checkSetup(
  setup: UsbSetup,
  length: number,
  own: { readonly interfaceNumber: number; readonly endpoints: readonly UsbEndpoint[] },
): void {
  inRange('request', setup.request, 0, 0xff);
  inRange('value', setup.value, 0, 0xffff);
  inRange('index', setup.index, 0, 0xffff);
  inRange('length', length, 0, 0xffff);
  if (setup.recipient === 'interface' && !namesInterface(setup, own.interfaceNumber)) {
    throw new DeviceError('invalid-request', `index ${setup.index} names an interface that is not this one`);
  }
  if (setup.recipient === 'endpoint' && !namesEndpoint(setup.index, own.endpoints)) {
    throw new DeviceError('invalid-request', `index ${setup.index} names no endpoint of this interface`);
  }
}

/** GET_DEVICE_ID of printers has the interface in the high byte (USB Printer Class 1.1, 4.2.1). */
function namesInterface({ requestType, request, index }: UsbSetup, interfaceNumber: number): boolean {
  const isDeviceId = requestType === 'class' && request === 0;
  return (index & 0xff) === interfaceNumber || (isDeviceId && index >> 8 === interfaceNumber);
}

function namesEndpoint(index: number, endpoints: readonly UsbEndpoint[]): boolean {
  const number = index & 0x0f;
  const direction = (index & 0x80) === 0 ? 'out' : 'in';
  return number === 0 || endpoints.some((one) => one.number === number && one.direction === direction);
}

function inRange(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new DeviceError('invalid-request', `${name} is ${value}, ${least} to ${most} are possible`, {
    path: name,
  });
}
