import { DeviceError } from '@buergerkoffer/core';
import { isFingerPosition, isSlapPosition, SLAP_FINGERS } from './finger-position.js';
import {
  DEFAULT_CAPTURE_PATIENCE_MS,
  type CaptureTerms,
  type FingerprintCapabilities,
  type FingerprintRequest,
  type FingerRequest,
  type SlapRequest,
} from './fingerprint-scanner.js';

/** A request for one finger with its defaults filled in. */
export type CheckedFingerRequest = FingerRequest & CheckedTerms;
/** A request for a slap with its defaults filled in. */
export type CheckedSlapRequest = SlapRequest & CheckedTerms;

/** What every request has, with its defaults filled in. */
export type CheckedTerms = CaptureTerms & Required<Omit<CaptureTerms, 'captureNow'>>;

/**
 * The request with its defaults filled in, for drivers of one finger at a time; a finger that does not exist or a
 * patience that is not a positive number of milliseconds is `DeviceError('invalid-request')`, a slap `unsupported`.
 */
export function checkedCaptureRequest(request: FingerprintRequest): CheckedFingerRequest {
  if (request.slap !== undefined) throw tooManyFingers(1);
  const { finger } = request;
  if (!isFingerPosition(finger)) {
    throw new DeviceError('invalid-request', 'finger is not one of the ten finger positions');
  }
  return { finger, ...checkedTerms(request) };
}

/**
 * The slap asked for with its defaults filled in, for drivers of several fingers at a time; a slap that does not
 * exist or a patience as above is `invalid-request`, a slap that does not fit the glass `unsupported`.
 */
export function checkedSlapRequest(
  request: SlapRequest,
  capabilities: FingerprintCapabilities,
): CheckedSlapRequest {
  const { slap } = request;
  if (!isSlapPosition(slap)) throw new DeviceError('invalid-request', 'slap is not one of the slaps');
  const { simultaneousFingers } = capabilities;
  if (SLAP_FINGERS[slap].length > simultaneousFingers) throw tooManyFingers(simultaneousFingers);
  return { slap, ...checkedTerms(request) };
}

function checkedTerms(terms: CaptureTerms): CheckedTerms {
  const { previews = false, patienceMs = DEFAULT_CAPTURE_PATIENCE_MS, captureNow } = terms;
  if (!(patienceMs > 0 && patienceMs <= MAX_PATIENCE_MS)) {
    throw new DeviceError('invalid-request', `patienceMs is not between 1 and ${MAX_PATIENCE_MS}`);
  }
  return { previews, patienceMs, ...(captureNow === undefined ? {} : { captureNow }) };
}

function tooManyFingers(most: number): DeviceError {
  return new DeviceError('unsupported', `the scanner takes ${most} at once, the slap has more fingers`, {
    remedy: 'capture the fingers one by one',
  });
}

/** The longest time that timers can wait, in milliseconds: about 24 days. */
const MAX_PATIENCE_MS = 2 ** 31 - 1;
