import { DeviceError, type DeviceErrorCode } from '../../device-error.js';
import { textOf } from '../watched-bus.js';

/** What `node-hid` 3.4 says, by the words of the kernel and of the library in it: it gives no codes. First match wins. */
const CODES: readonly (readonly [RegExp, DeviceErrorCode])[] = [
  [/permission denied|operation not permitted/i, 'access-denied'],
  [/no such file|no HID devices with requested/i, 'not-found'],
  [/no such device|disconnected|transport endpoint shutdown/i, 'lost'],
  [/has been closed|already closed|closed HID device|bad file descriptor/i, 'closed'],
  [/resource busy/i, 'busy'],
  [/timed out/i, 'timeout'],
  [/invalid argument|zero buffer/i, 'invalid-request'],
];

/** The failure of `what` on an open device. What nobody knows is `protocol`: the device refused, or answered nonsense. */
export function hidFailure(error: unknown, what: string): DeviceError {
  if (error instanceof DeviceError) return error;
  const text = textOf(error);
  const code = CODES.find(([words]) => words.test(text))?.[1] ?? 'protocol';
  return new DeviceError(code, `${what} failed: ${text}`, { cause: error });
}

/** Whether the device itself said no; anything else may be the first sign of a pulled plug. */
export function isRefusal(failure: DeviceError): boolean {
  return /broken pipe|invalid argument|zero buffer/i.test(failure.message);
}

/** The failure to open `path`: what has gone meanwhile was not found. */
export function hidOpenFailure(error: unknown, path: string): DeviceError {
  const failure = hidFailure(error, `opening ${path}`);
  return failure.code === 'lost' ? new DeviceError('not-found', failure.message, { cause: error }) : failure;
}
