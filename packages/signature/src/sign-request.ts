import { DeviceError } from '@buergerkoffer/core';
import { DEFAULT_SIGN_PATIENCE_MS, type SignRequest } from './signature-pad.js';

/**
 * The request with its defaults filled in, for drivers; a patience that is not a positive number of milliseconds
 * is `DeviceError('invalid-request')`.
 */
export function checkedSignRequest(request: SignRequest = {}): Required<SignRequest> {
  const { prompt = 'Bitte hier unterschreiben', patienceMs = DEFAULT_SIGN_PATIENCE_MS } = request;
  if (!(patienceMs > 0 && patienceMs <= MAX_PATIENCE_MS)) {
    throw new DeviceError('invalid-request', `patienceMs is not between 1 and ${MAX_PATIENCE_MS}`);
  }
  return { prompt, patienceMs };
}

/** The longest time that timers can wait, in milliseconds: about 24 days. */
const MAX_PATIENCE_MS = 2 ** 31 - 1;
