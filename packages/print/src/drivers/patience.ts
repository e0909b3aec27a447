import { DeviceError } from '@buergerkoffer/core';
import type { AttentionReason } from '../ipp/index.js';
import type { PrintEvent } from '../printer.js';

/** The longest time a timer can run. */
const LONGEST_MS = 2_147_483_647;

/** Waits for the next event of a job, and says what was waited for in vain. */
export class Patience {
  readonly #ms: number;
  readonly #lost: (error: DeviceError) => void;
  #attention: AttentionReason | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `lost` is called once, `ms` milliseconds after the last event. */
  constructor(ms: number, lost: (error: DeviceError) => void) {
    this.#ms = ms;
    this.#lost = lost;
    this.#wait();
  }

  /** Something happened. */
  heard(event: PrintEvent): void {
    this.#attention = event.type === 'attention' ? event.reason : undefined;
    this.#wait();
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#lost(this.#error());
      },
      Math.min(this.#ms, LONGEST_MS),
    );
  }

  #error(): DeviceError {
    return this.#attention === undefined
      ? new DeviceError('timeout', `the printer was silent for ${this.#ms} ms`, {
          remedy:
            'look at the printer; printing again with the same jobUuid joins the job and never prints twice',
        })
      : new DeviceError('attention', `${this.#attention}: nobody saw to the printer within ${this.#ms} ms`);
  }
}
