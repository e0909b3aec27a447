/**
 * Tokens one after the other, in memory that grows with them. A token is a symbol in the low 8 bits and its
 * additional bits above; `RESTART` stands where a restart marker goes.
 */
export class TokenStore {
  /** How many tokens there are. */
  length = 0;
  #tokens: Int32Array;

  constructor(expected: number) {
    this.#tokens = new Int32Array(expected);
  }

  push(token: number): void {
    const tokens = this.withRoomFor(1);
    tokens[this.length] = token;
    this.length += 1;
  }

  /** The memory of the tokens, with room for `more` at `length`; it is another one after the next call. */
  withRoomFor(more: number): Int32Array {
    const needed = this.length + more;
    if (needed > this.#tokens.length) {
      const larger = new Int32Array(Math.max(needed, 2 * this.#tokens.length));
      larger.set(this.#tokens.subarray(0, this.length));
      this.#tokens = larger;
    }
    return this.#tokens;
  }

  /** A view of the tokens from `start` to before `end`. */
  slice(start = 0, end = this.length): Int32Array {
    return this.#tokens.subarray(start, end);
  }
}
