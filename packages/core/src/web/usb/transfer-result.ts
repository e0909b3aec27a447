import { DeviceError } from '../../device-error.js';
import type { UsbInResult, UsbOutResult } from '../../transport.js';
import { viewed } from '../bytes.js';
import type { WebUsbInResult, WebUsbOutResult } from './web-usb.js';

/** The browser's answer as ours; rejects babble as `protocol`. */
export function inResult({ status, data }: WebUsbInResult): UsbInResult {
  if (status === 'stall') return { status };
  if (status === 'babble') throw babble();
  return {
    status: 'ok',
    data: data ? viewed(data) : new Uint8Array(0),
  };
}

/** The browser's answer as ours; rejects babble as `protocol`. */
export function outResult({ status, bytesWritten }: WebUsbOutResult): UsbOutResult {
  if (status === 'stall') return { status };
  if (status === 'babble') throw babble();
  return { status: 'ok', bytesWritten };
}

function babble(): DeviceError {
  return new DeviceError('protocol', 'the device sent more than was asked for');
}
