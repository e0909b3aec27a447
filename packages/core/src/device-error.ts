import { SdkError, type DeviceErrorCode, type ErrorDetails } from '@buergerkoffer/formats';

export type { DeviceErrorCode } from '@buergerkoffer/formats';

const REMEDY: Readonly<Record<DeviceErrorCode, string>> = {
  'access-denied': 'install the udev rule for this device and plug it in again; `koffer doctor` names it',
  attention: 'look at the device: paper, cover or card needs a hand',
  busy: 'wait until the running operation ends, or end it',
  closed: 'open the device again',
  'invalid-request': 'correct the call; the message names the argument',
  lost: 'check the cable and the power, plug the device in again; it is found by itself',
  'not-found': 'plug the device in and switch it on; `koffer devices` lists what is attached',
  protocol: 'unplug the device, plug it in again and repeat; if it persists send a recording of the traffic',
  timeout: 'repeat the operation; check that the device is not waiting for somebody',
  unsupported: 'use another device or another way; this one cannot do what was asked',
};

/** All codes of device errors. */
export const DEVICE_ERROR_CODES = [
  'access-denied',
  'attention',
  'busy',
  'closed',
  'invalid-request',
  'lost',
  'not-found',
  'protocol',
  'timeout',
  'unsupported',
] as const satisfies readonly DeviceErrorCode[];

/** A device, its driver or its transport failed; the device says what happened, `remedy` what to do. */
export class DeviceError extends SdkError<DeviceErrorCode> {
  override readonly name = 'DeviceError';
  readonly kind = 'device';

  constructor(code: DeviceErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details.remedy ?? REMEDY[code], details);
  }

  /** `error` itself when it is one already, else a `DeviceError` with `code` and `error` as its cause. */
  static from(error: unknown, code: DeviceErrorCode, message: string): DeviceError {
    return error instanceof DeviceError ? error : new DeviceError(code, message, { cause: error });
  }
}
