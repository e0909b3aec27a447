/** One after another, in the order of the calls. */
export class TurnQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** The answer of `work` once all before it have ended; rejects with `signal.reason` at once when aborted before that. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let finish: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#last = before.then(() => own);
    try {
      await orAborted(before, signal);
      return await work();
    } finally {
      finish();
    }
  }
}

function orAborted(waiting: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    void waiting.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
