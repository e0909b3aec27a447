import { DeviceError } from '@buergerkoffer/core';

/** The error that a pulled plug aborts its signal with. */
export function lossOf(unplugged: AbortSignal): DeviceError {
  return DeviceError.from(unplugged.reason, 'lost', 'the device has gone');
}

/** Runs `then` when `signal` is aborted, at once when it is already. */
export function onAbort(signal: AbortSignal, then: () => void): void {
  if (signal.aborted) then();
  else signal.addEventListener('abort', then, { once: true });
}
