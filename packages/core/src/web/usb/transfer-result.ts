import { DeviceError } from '../../device-error.js';
import type { UsbInResult, UsbOutResult } from '../../transport.js';
import type { WebUsbInResult, WebUsbOutResult } from './web-usb.js';

/** Bytes that the browser takes: it refuses shared memory. */
export function owned(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : Uint8Array.from(data);
}

/** The browser's answer as ours; rejects babble as `protocol`. */
export function inResult({ status, data }: WebUsbInResult): UsbInResult {
  if (status === 'stall') return { status };
  if (status === 'babble') throw new DeviceError('protocol', 'the device answered with more than was asked for');
  return {
    status: 'ok',
    data: data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0),
  };
}

/** The browser's answer as ours; rejects babble as `protocol`. */
export function outResult({ status, bytesWritten }: WebUsbOutResult): UsbOutResult {
  if (status === 'stall') return { status };
  if (status === 'babble') throw new DeviceError('protocol', 'the device answered with more than was asked for');
  return { status: 'ok', bytesWritten };
}
