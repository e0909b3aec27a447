import { DeviceError, type CallOptions } from '@buergerkoffer/core';

/** Deadline of a call that names none, in milliseconds. */
export const CALL_MS = 5_000;
/** The longest time a timer can run, 24.8 days: a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

/**
 * A call to virtual hardware, with deadline and cancel. `start` begins it and returns what takes it back; whichever
 * of answer, abort, end of the transport and deadline comes first decides in that very moment, so that an answer is
 * either given or not yet taken from the device. Rejects `timeout`, or with the reason of `ended` or of the signal.
 */
export function pendingCall<T>(
  what: string,
  { timeoutMs = CALL_MS, signal }: CallOptions,
  ended: AbortSignal,
  start: (answered: (answer: T) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const ends = signal === undefined ? [ended] : [ended, signal];
    const over = ends.find(({ aborted }) => aborted);
    if (over !== undefined) {
      // An abort reason belongs to whoever aborted: whatever it is, it is what the promise rejects with.
      reject(over.reason);
      return;
    }
    const call = { settled: false, takeBack: (): void => undefined };
    const settle = (): void => {
      call.settled = true;
      clearTimeout(timer);
      for (const end of ends) end.removeEventListener('abort', onAbort);
    };
    const fail = (reason: unknown): void => {
      settle();
      call.takeBack();
      reject(reason);
    };
    const onAbort = (): void => {
      fail(ends.find(({ aborted }) => aborted)?.reason);
    };
    const timer = setTimeout(
      () => {
        fail(new DeviceError('timeout', `${what} took longer than ${timeoutMs} ms`));
      },
      Math.min(timeoutMs, LONGEST_MS),
    );
    for (const end of ends) end.addEventListener('abort', onAbort);
    try {
      call.takeBack = start((answer) => {
        if (call.settled) return;
        settle();
        resolve(answer);
      });
      // Ended while it was begun: nothing could be taken back then.
      if (call.settled) call.takeBack();
    } catch (error) {
      settle();
      reject(error);
    }
  });
}
