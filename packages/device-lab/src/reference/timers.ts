/** The timers of one device: all of them end with its power, or when it is told to begin anew. */
export class Timers {
  readonly #running = new Map<ReturnType<typeof setTimeout>, () => void>();

  /** Does `work` in `ms` milliseconds, or `ended` when everything ends before. */
  after(ms: number, work: () => void, ended: () => void = () => undefined): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      work();
    }, ms);
    this.#running.set(timer, ended);
  }

  /** Resolves in `ms` milliseconds, or when everything ends before: nobody is kept waiting for what will not come. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve, resolve);
    });
  }

  /** Nothing that was to come comes any more; false when nothing was to. */
  end(): boolean {
    const running = [...this.#running];
    this.#running.clear();
    for (const [timer, ended] of running) {
      clearTimeout(timer);
      ended();
    }
    return running.length > 0;
  }
}
