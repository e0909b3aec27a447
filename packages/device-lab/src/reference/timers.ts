/** The timers of one device: all of them end with its power. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();

  /** Does `work` in `ms` milliseconds unless everything ends before. */
  after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      work();
    }, ms);
    this.#running.add(timer);
  }

  /** Resolves in `ms` milliseconds; stays pending for ever when everything ends before. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Nothing that was to come comes any more. */
  end(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
