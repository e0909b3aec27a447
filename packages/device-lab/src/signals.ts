import { DeviceError } from '@buergerkoffer/core';

/** The error that a pulled plug aborts its signal with. */
export function lossOf(unplugged: AbortSignal): DeviceError {
  return DeviceError.from(unplugged.reason, 'lost', 'the device has gone');
}

/** Runs `then` when `signal` is aborted, at once when it is already; not any more once `until` has settled. */
export function onAbort(signal: AbortSignal, then: () => void, until: Promise<unknown>): void {
  if (signal.aborted) {
    then();
    return;
  }
  const forget = (): void => {
    signal.removeEventListener('abort', then);
  };
  signal.addEventListener('abort', then, { once: true });
  until.then(forget, forget);
}
