import { DeviceError } from '@buergerkoffer/core';
import { isFingerPosition } from './finger-position.js';
import { DEFAULT_CAPTURE_PATIENCE_MS, type FingerprintRequest } from './fingerprint-scanner.js';

/**
 * The request with its defaults filled in, for drivers; a finger that does not exist or a patience that is not a
 * positive number of milliseconds is `DeviceError('invalid-request')`.
 */
export function checkedCaptureRequest(request: FingerprintRequest): Required<FingerprintRequest> {
  const { finger, previews = false, patienceMs = DEFAULT_CAPTURE_PATIENCE_MS } = request;
  if (!isFingerPosition(finger)) {
    throw new DeviceError('invalid-request', 'finger is not one of the ten finger positions');
  }
  if (!(patienceMs > 0 && patienceMs <= MAX_PATIENCE_MS)) {
    throw new DeviceError('invalid-request', `patienceMs is not between 1 and ${MAX_PATIENCE_MS}`);
  }
  return { finger, previews, patienceMs };
}

/** The longest time that timers can wait, in milliseconds: about 24 days. */
const MAX_PATIENCE_MS = 2 ** 31 - 1;
