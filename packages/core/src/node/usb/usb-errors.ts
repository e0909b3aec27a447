import { DeviceError } from '../../device-error.js';

/** What an error of the library means, told from its text: it gives all of them one code. */
export type UsbFault =
  | 'access-denied'
  | 'busy'
  /** Its deadline passed, or the kernel took the transfer back. */
  | 'cancelled'
  /** The device has gone, or the claim was dropped. */
  | 'disconnected'
  | 'stall'
  /** Babble, CRC, bit stuffing, no answer on the wire. */
  | 'protocol'
  | 'invalid-request'
  | 'out-of-memory'
  /** The system has no USB at all. */
  | 'absent';

/**
 * Texts of `usb` 3.1 (nusb 0.2) and what they mean; the first that fits counts. Control transfers speak in sentences
 * where the others give a name: `transfer was cancelled` and `Cancelled` are the same.
 */
const TEXTS: readonly (readonly [RegExp, UsbFault])[] = [
  [/permission denied \(errno 13\)|\berrno 1\)/, 'access-denied'],
  [/no memory|Unknown\(12\)|\berrno 12\)/, 'out-of-memory'],
  [/is busy \(errno 16\)|Unknown\(16\)|\berrno 16\)|borrowed mutably|in use/, 'busy'],
  [/Cancelled|was cancelled/, 'cancelled'],
  [/\/sys\/bus\/usb\/devices\/ not found/, 'absent'],
  [/Disconnected|disconnected|device not found \(errno 2\)|\berrno (19|108)\)/, 'disconnected'],
  [/Stall|endpoint stalled/, 'stall'],
  [/Fault|hardware fault|Unknown\(67\)|\berrno 67\)/, 'protocol'],
  [
    /(interface|configuration|setting) not found|endpoint not found|not claimed|invalid state|InvalidArgument|invalid or unsupported/,
    'invalid-request',
  ],
];

/** What `error` of the library means; whatever it never said before is `protocol`. */
export function usbFaultOf(error: unknown): UsbFault {
  const text = error instanceof Error ? error.message : String(error);
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'protocol';
}

/** `error` of the library as the transport's own; `what` names the call, such as `bulk out 2 of 1-4:1.0`. */
export function usbError(what: string, error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  const fault = usbFaultOf(error);
  const details = { cause: error };
  switch (fault) {
    case 'access-denied':
      return new DeviceError('access-denied', `${what}: no permission`, {
        ...details,
        remedy: ACCESS_REMEDY,
      });
    case 'busy':
      return new DeviceError('busy', `${what}: somebody else is using it`, details);
    case 'cancelled':
      return new DeviceError('timeout', `${what} took longer than allowed`, details);
    case 'disconnected':
      return new DeviceError('lost', `${what}: the device has gone`, details);
    case 'stall':
      return new DeviceError('protocol', `${what}: the endpoint stalled`, details);
    case 'protocol':
      return new DeviceError('protocol', `${what}: the transfer was disturbed on the wire`, details);
    case 'invalid-request':
      return new DeviceError('invalid-request', `${what}: there is no such interface or endpoint`, details);
    case 'out-of-memory':
      return new DeviceError('busy', `${what}: the kernel has no memory left for transfers`, {
        ...details,
        remedy: 'ask for less at once, or raise usbcore.usbfs_memory_mb',
      });
    case 'absent':
      return new DeviceError('not-found', `${what}: this computer has no USB`, details);
    default:
      return fault satisfies never;
  }
}

/** What helps where the rights on a device node are missing. */
export const ACCESS_REMEDY =
  'run `koffer udev`, install the rules it prints, then plug the device in again; `koffer doctor` checks it';
