/** Lets steps on the same identity follow one another; other identities do not wait. */
export class Turns {
  /** Last step per identity. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Takes a step after those before it on this identity, whatever became of them. */
  async take<Result>(identity: string, step: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(identity) ?? Promise.resolve()).then(step, step);
    const settled = turn.catch(() => undefined);
    this.#last.set(identity, settled);
    void settled.then(() => {
      if (this.#last.get(identity) === settled) this.#last.delete(identity);
    });
    return turn;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
