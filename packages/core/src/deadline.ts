import { DeviceError } from './device-error.js';

/** Deadline of a call to hardware that names none, in milliseconds. */
export const CALL_MS = 5_000;

/** The longest time a timer can run, 24.8 days: a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

/**
 * The value of `work`, or a rejection: with `signal.reason` when aborted, with a `timeout` DeviceError after
 * `ms` milliseconds. `work` receives a signal that is aborted in both cases and must clean up by itself; what
 * it answers after that is dropped.
 */
export function withDeadline<T>(
  what: string,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const inner = new AbortController();
    const end = (reason: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      inner.abort(reason);
      // An abort reason belongs to the caller: whatever it is, it is what the promise rejects with.
      reject(reason);
    };
    const onAbort = (): void => {
      end(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        end(new DeviceError('timeout', `${what} took longer than ${ms} ms`));
      },
      Math.min(ms, LONGEST_MS),
    );
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    // An async call, so that work which throws at once settles like work which rejects.
    const working = (async () => work(inner.signal))();
    working.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => {
        settle();
        reject(error);
      },
    );
  });
}

/** Resolves after `ms` milliseconds; rejects with `signal.reason` at once when aborted, leaving no timer. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      Math.min(ms, LONGEST_MS),
    );
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
