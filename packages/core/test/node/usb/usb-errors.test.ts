import { describe, expect, it } from 'vitest';
import { DeviceError, type DeviceErrorCode } from '@buergerkoffer/core';
import { usbError, usbFaultOf, type UsbFault } from '../../../src/node/usb/usb-errors.js';

/** Every text that `usb` 3.1 was seen or read to give, and what a caller is told. */
const TEXTS: readonly (readonly [string, UsbFault, DeviceErrorCode])[] = [
  ['open error: permission denied (errno 13)', 'access-denied', 'access-denied'],
  ['claimInterface error: interface is busy (errno 16)', 'busy', 'busy'],
  ['selectConfiguration error: device is busy (errno 16)', 'busy', 'busy'],
  ['attachKernelDriver error: kernel driver already attached (errno 16)', 'busy', 'busy'],
  ['transferIn error: Unknown(16)', 'busy', 'busy'],
  ['controlTransferIn error: unknown (errno 16)', 'busy', 'busy'],
  ['The same native value cannot be borrowed mutably while another borrow is active', 'busy', 'busy'],
  [
    "selectAlternateInterface error: can't change alternate setting while endpoints are in use",
    'busy',
    'busy',
  ],
  ['transferIn error: Cancelled', 'cancelled', 'timeout'],
  ['controlTransferIn error: transfer was cancelled', 'cancelled', 'timeout'],
  ['transferIn error: Disconnected', 'disconnected', 'lost'],
  ['controlTransferIn error: device disconnected', 'disconnected', 'lost'],
  ['claimInterface error: device disconnected (errno 19)', 'disconnected', 'lost'],
  ['open error: device not found (errno 2)', 'disconnected', 'lost'],
  ['transferIn error: Stall', 'stall', 'protocol'],
  ['controlTransferOut error: endpoint stalled', 'stall', 'protocol'],
  ['transferIn error: Fault', 'protocol', 'protocol'],
  ['controlTransferIn error: hardware fault or protocol violation', 'protocol', 'protocol'],
  ['transferIn error: Unknown(67)', 'protocol', 'protocol'],
  ['claimInterface error: interface not found (errno 2)', 'invalid-request', 'invalid-request'],
  [
    'selectAlternateInterface error: alternate setting not found (errno 22)',
    'invalid-request',
    'invalid-request',
  ],
  ['transferIn error: endpoint not found', 'invalid-request', 'invalid-request'],
  ['releaseInterface error: not claimed', 'invalid-request', 'invalid-request'],
  ['claimInterface error: invalid state', 'invalid-request', 'invalid-request'],
  ['transferIn error: InvalidArgument', 'invalid-request', 'invalid-request'],
  ['controlTransferIn error: invalid or unsupported argument', 'invalid-request', 'invalid-request'],
  ['transferIn error: Unknown(12)', 'out-of-memory', 'busy'],
  ['getDevices error: /sys/bus/usb/devices/ not found (errno 2)', 'absent', 'not-found'],
  ['a text of a later version', 'protocol', 'protocol'],
];

describe('an error of the library usb', () => {
  it.each(TEXTS)('%s', (text, fault, code) => {
    const cause = Object.assign(new Error(text), { code: 'GenericFailure' });
    const error = usbError('transfer in 1 of 1-1:1.0', cause);
    expect([usbFaultOf(cause), error.code, error.cause]).toEqual([fault, code, cause]);
    expect(error.remedy).not.toBe('');
  });

  it('that is ours already stays as it is', () => {
    const ours = new DeviceError('attention', 'paper');
    expect(usbError('x', ours)).toBe(ours);
  });

  it('may be anything that was thrown', () => {
    expect([usbFaultOf('Stall'), usbFaultOf(undefined)]).toEqual(['stall', 'protocol']);
  });
});
