/**
 * Bytes that no two places share, so that a lost, doubled or moved piece shows: the high bytes of a linear
 * congruential sequence (x → 1664525 x + 1013904223 mod 2³²) that begins behind `seed`. Cheap on any microcontroller.
 */
export class Pattern {
  #x: number;

  constructor(seed: number) {
    this.#x = seed >>> 0;
  }

  /** The next `length` bytes. */
  next(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let x = this.#x;
    for (let at = 0; at < length; at += 1) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[at] = x >>> 24;
    }
    this.#x = x;
    return bytes;
  }
}

/** The first `length` bytes of the {@link Pattern} of `seed`. */
export function patternBytes(length: number, seed: number): Uint8Array {
  return new Pattern(seed).next(length);
}

/** FNV-1a, 32 bit, of bytes that come in pieces: give it what it answered for the piece before. */
export function fnv1a(bytes: Uint8Array, before = 0x811c9dc5): number {
  let hash = before;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** One array of all `pieces`. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
