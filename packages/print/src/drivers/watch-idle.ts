import { delay, type DeviceError } from '@buergerkoffer/core';
import { isAway, printerGone } from '../jobs/broken-line.js';

/** How an open printer is watched, of which nothing is asked. */
export interface IdleWatch {
  /** Asks the printer something. */
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  /** Pause between two questions, in milliseconds. */
  readonly everyMs: number;
  /** How long it may be away, in milliseconds. */
  readonly toleranceMs: number;
  readonly signal: AbortSignal;
}

/** Resolves with why the printer counts as gone; rejects with the reason of `signal`. */
export async function untilGone({ ask, everyMs, toleranceMs, signal }: IdleWatch): Promise<DeviceError> {
  let awaySince: number | undefined;
  for (;;) {
    await delay(everyMs, signal);
    try {
      await ask(signal);
      awaySince = undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!isAway(error) || error.code === 'timeout') continue;
      awaySince ??= performance.now();
      if (performance.now() - awaySince >= toleranceMs) return printerGone(error);
    }
  }
}
