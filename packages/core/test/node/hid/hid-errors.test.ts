import { describe, expect, it } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { hidFailure, hidOpenFailure } from '../../../src/node/hid/hid-errors.js';

describe('what node-hid says', () => {
  it.each([
    [new Error("Failed to open a device with path '/dev/hidraw0': Permission denied"), 'access-denied'],
    [new Error('cannot open device: Operation not permitted'), 'access-denied'],
    [new Error("Failed to open a device with path '/dev/hidraw9': No such file or directory"), 'not-found'],
    [new TypeError('No HID devices with requested VID/PID found in the system.'), 'not-found'],
    [new Error('Cannot write to hid device: No such device'), 'lost'],
    [new Error('could not get feature report from device: ioctl (GFEATURE): No such device'), 'lost'],
    ['could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)', 'lost'],
    [new Error('Cannot write to hid device: Cannot send after transport endpoint shutdown'), 'lost'],
    [new TypeError('device has been closed'), 'closed'],
    [new TypeError('device is already closed'), 'closed'],
    [new Error('Unable to read from a closed HID device'), 'closed'],
    [new Error('cannot open device: Device or resource busy'), 'busy'],
    [
      new Error('could not get feature report from device: ioctl (GFEATURE): Connection timed out'),
      'timeout',
    ],
    [new Error('Cannot write to hid device: Invalid argument'), 'invalid-request'],
    [new Error('Cannot write to hid device: Zero buffer/length'), 'invalid-request'],
    [new Error('could not get feature report from device: ioctl (GFEATURE): Input/output error'), 'protocol'],
    [new Error('Cannot write to hid device: Broken pipe'), 'protocol'],
    [undefined, 'protocol'],
  ])('%s is %s', (error, code) => {
    const failure = hidFailure(error, 'report 1');
    expect(failure).toBeInstanceOf(DeviceError);
    expect([failure.code, failure.cause]).toEqual([code, error]);
    expect(failure.message).toMatch(/^report 1 failed: ./);
  });

  it('is not translated twice', () => {
    const error = new DeviceError('busy', 'mine');
    expect(hidFailure(error, 'report 1')).toBe(error);
  });

  it('while opening, what has gone was not found', () => {
    expect(hidOpenFailure(new Error('No such device'), '/dev/hidraw0')).toMatchObject({
      code: 'not-found',
      message: 'opening /dev/hidraw0 failed: No such device',
    });
    expect(hidOpenFailure(new Error('Permission denied'), '/dev/hidraw0').code).toBe('access-denied');
  });
});
