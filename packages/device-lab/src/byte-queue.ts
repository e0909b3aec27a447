/** Bytes of a stream that wait until enough of them are there; taken from front to back, joined where they must be. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #offset = 0;

  /** How many bytes wait. */
  get length(): number {
    return this.#length;
  }

  /** Offset of the next byte in the whole stream. */
  get offset(): number {
    return this.#offset;
  }

  /** Adds what came; the bytes belong to the queue from now on. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The next `length` bytes, or undefined while they are not all there; a copy only where chunks meet. */
  take(length: number): Uint8Array | undefined {
    if (length > this.#length) return undefined;
    this.#length -= length;
    this.#offset += length;
    const [first] = this.#chunks;
    if (first !== undefined && first.length > length) {
      this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    if (first?.length === length) {
      this.#chunks.shift();
      return first;
    }
    return this.#join(length);
  }

  #join(length: number): Uint8Array {
    const all = new Uint8Array(length);
    let [at, used] = [0, 0];
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, length - at);
      all.set(part, at);
      at += part.length;
      if (part.length < chunk.length) this.#chunks[used] = chunk.subarray(part.length);
      else used += 1;
      if (at === length) break;
    }
    this.#chunks.splice(0, used);
    return all;
  }
}
