/** Cards on their way back to the service, by reader: whoever wants one next waits for that. */
export class Releases {
  readonly #underWay = new Map<string, Promise<void>>();

  /** Notes that `release`, which never rejects, gives back a card in `reader`. */
  add(reader: string, release: Promise<void>): void {
    const before = this.#underWay.get(reader);
    const all = Promise.all([before, release]).then(() => {
      if (this.#underWay.get(reader) === all) this.#underWay.delete(reader);
    });
    this.#underWay.set(reader, all);
  }

  /** Resolves when every card in `reader` has been given back. */
  async settled(reader: string): Promise<void> {
    await this.#underWay.get(reader);
  }
}
