import { describe, expect, it } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { serialFailure, serialOpenFailure } from '../../../src/node/serial/serial-errors.js';

describe('what serialport says when a line is opened', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyACM9', 'not-found'],
    ['Error: No such device or address, cannot open /dev/ttyACM0', 'not-found'],
    ['Error: No such device, cannot open /dev/ttyACM0', 'not-found'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'access-denied'],
    ['Error: Operation not permitted, cannot open /dev/ttyACM0', 'access-denied'],
    ['Error Resource temporarily unavailable Cannot lock port', 'busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'busy'],
    ['Error: Inappropriate ioctl for device setting custom baud rate of 13', 'invalid-request'],
    ['Error: Input/output error setting custom baud rate of 13', 'not-found'],
    ['Error: Invalid argument || while setting custom baud rate of 12345', 'unsupported'],
    ['Error baud rate of 12345 is not supported on your platform', 'unsupported'],
    ['Invalid parity setting 9', 'unsupported'],
    ['Error: Too many open files, cannot open /dev/ttyACM0', 'protocol'],
  ])('%s is %s', (text, code) => {
    const error = new Error(text);
    const failure = serialOpenFailure(error, '/dev/ttyACM0');
    expect([failure.code, failure.cause]).toEqual([code, error]);
    expect(failure.message).toBe(`opening /dev/ttyACM0 failed: ${text}`);
  });

  it('is told with the remedy for a line: the group, the other program', () => {
    expect(serialOpenFailure(new Error('Permission denied'), 'x').remedy).toContain('dialout');
    expect(serialOpenFailure(new Error('Cannot lock port'), 'x').remedy).toContain('other program');
  });
});

describe('what serialport says of an open line', () => {
  it.each([
    ['bad file descriptor', 'lost'],
    ['EBADF: bad file descriptor, read', 'lost'],
    ['ENXIO: no such device or address, write', 'lost'],
    ['ENODEV: no such device, read', 'lost'],
    ['EIO: i/o error, read', 'lost'],
    ['Port is not open', 'closed'],
    ['Canceled', 'closed'],
    ['EINVAL: invalid argument, write', 'protocol'],
  ])('%s is %s', (text, code) => {
    expect(serialFailure(new Error(text), 'reading').code).toBe(code);
  });

  it('is not translated twice', () => {
    const error = new DeviceError('busy', 'mine');
    expect(serialFailure(error, 'reading')).toBe(error);
  });
});
