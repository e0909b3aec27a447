import { DeviceError, type DeviceErrorCode } from '../../device-error.js';
import { textOf } from '../watched-bus.js';

type Row = readonly [words: RegExp, code: DeviceErrorCode, remedy?: string];

/** What `serialport` 13 says when a line is opened, in the kernel's words: it gives no codes. First match wins. */
const OPENING: readonly Row[] = [
  [/no such file|no such device/i, 'not-found'],
  [
    /permission denied|operation not permitted/i,
    'access-denied',
    'add the user to the group of the line (`ls -l` shows it, often dialout), or install the udev rule for this device',
  ],
  [/cannot lock port|resource busy/i, 'busy', 'close the other program, or wait until it has sent the rest'],
  [/inappropriate ioctl/i, 'invalid-request', 'name the path of a serial line: this is none'],
  [/input\/output error/i, 'not-found', 'use another line: the kernel has no hardware behind this one'],
  [/baud rate|parity setting|stop bits setting|data bits setting/i, 'unsupported'],
];

/** What it says of a line that is open; Node's own words begin with a code. */
const OPEN: readonly Row[] = [
  [/port is not open|canceled/i, 'closed'],
  [
    /bad file descriptor|\bEBADF\b|\bENXIO\b|\bENODEV\b|\bEIO\b|no such device|i\/o error|disconnected/i,
    'lost',
  ],
];

/** The failure to open `path`. */
export function serialOpenFailure(error: unknown, path: string): DeviceError {
  return translated(OPENING, error, `opening ${path}`);
}

/** The failure of `what` on an open line. */
export function serialFailure(error: unknown, what: string): DeviceError {
  return translated(OPEN, error, what);
}

function translated(table: readonly Row[], error: unknown, what: string): DeviceError {
  if (error instanceof DeviceError) return error;
  const text = textOf(error);
  const row = table.find(([words]) => words.test(text));
  return new DeviceError(row?.[1] ?? 'protocol', `${what} failed: ${text}`, {
    cause: error,
    remedy: row?.[2],
  });
}
