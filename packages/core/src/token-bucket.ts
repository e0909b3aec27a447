/** A number of things at once, then one every so often: what is rare is never delayed, a flood is. */
export class TokenBucket {
  readonly #burst: number;
  readonly #everyMs: number;
  #tokens: number;
  #countedAt = performance.now();

  /** `burst` tokens at first and at most; a new one every `everyMs` milliseconds. */
  constructor(burst: number, everyMs: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#tokens = burst;
  }

  /** Whether all tokens are there. */
  get full(): boolean {
    this.#count();
    return this.#tokens === this.#burst;
  }

  /** Takes a token and answers 0, or answers how long to wait for one, in whole milliseconds. */
  take(): number {
    this.#count();
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) * this.#everyMs);
    this.#tokens -= 1;
    return 0;
  }

  #count(): void {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#countedAt) / this.#everyMs);
    this.#countedAt = now;
  }
}
