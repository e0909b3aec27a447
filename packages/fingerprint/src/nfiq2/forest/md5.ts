/** Size of the blocks that MD5 takes, in bytes. */
const BLOCK_BYTES = 64;
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** MD5 (RFC 1321) of bytes that come piece by piece. It names NIST's models; it protects nothing. */
export class Md5 {
  readonly #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  readonly #words = new Int32Array(BLOCK_BYTES / 4);
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #filled = 0;
  #length = 0;

  /** Takes the next bytes. */
  update(bytes: Uint8Array): this {
    this.#length += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      if (this.#filled === 0 && bytes.length - at >= BLOCK_BYTES) {
        at = this.#digestWhole(bytes, at);
        continue;
      }
      const taken = Math.min(BLOCK_BYTES - this.#filled, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled < BLOCK_BYTES) continue;
      this.#filled = 0;
      this.#digestWhole(this.#block, 0);
    }
    return this;
  }

  /** The 16 bytes of the hash; nothing can be added afterwards. */
  digest(): Uint8Array {
    const bits = this.#length * 8;
    const zeros = (2 * BLOCK_BYTES - 9 - this.#filled) % BLOCK_BYTES;
    const end = new DataView(new ArrayBuffer(zeros + 9));
    end.setUint8(0, 0x80);
    end.setUint32(zeros + 1, bits >>> 0, true);
    end.setUint32(zeros + 5, Math.floor(bits / 2 ** 32), true);
    this.update(new Uint8Array(end.buffer));
    const hash = new DataView(new ArrayBuffer(16));
    for (const [i, word] of this.#state.entries()) hash.setInt32(4 * i, word, true);
    return new Uint8Array(hash.buffer);
  }

  /** Takes the whole blocks of `bytes` from `start` on and returns where the rest begins. */
  #digestWhole(bytes: Uint8Array, start: number): number {
    const words = this.#words;
    let at = start;
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
      for (let i = 0, from = at; i < words.length; i += 1, from += 4) {
        const [low, second] = [bytes[from] ?? 0, bytes[from + 1] ?? 0];
        words[i] = low | (second << 8) | ((bytes[from + 2] ?? 0) << 16) | ((bytes[from + 3] ?? 0) << 24);
      }
      mix(this.#state, words);
    }
    return at;
  }
}

/** The 64 steps, four at a time so that the words of the state need not change places. */
function mix(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
  for (let i = 0; i < 16; i += 4) {
    a = (turned(a + ((b & c) | (~b & d)) + term(words, i, i), 7) + b) | 0;
    d = (turned(d + ((a & b) | (~a & c)) + term(words, i + 1, i + 1), 12) + a) | 0;
    c = (turned(c + ((d & a) | (~d & b)) + term(words, i + 2, i + 2), 17) + d) | 0;
    b = (turned(b + ((c & d) | (~c & a)) + term(words, i + 3, i + 3), 22) + c) | 0;
  }
  for (let i = 16; i < 32; i += 4) {
    a = (turned(a + ((d & b) | (~d & c)) + term(words, 5 * i + 1, i), 5) + b) | 0;
    d = (turned(d + ((c & a) | (~c & b)) + term(words, 5 * i + 6, i + 1), 9) + a) | 0;
    c = (turned(c + ((b & d) | (~b & a)) + term(words, 5 * i + 11, i + 2), 14) + d) | 0;
    b = (turned(b + ((a & c) | (~a & d)) + term(words, 5 * i + 16, i + 3), 20) + c) | 0;
  }
  for (let i = 32; i < 48; i += 4) {
    a = (turned(a + (b ^ c ^ d) + term(words, 3 * i + 5, i), 4) + b) | 0;
    d = (turned(d + (a ^ b ^ c) + term(words, 3 * i + 8, i + 1), 11) + a) | 0;
    c = (turned(c + (d ^ a ^ b) + term(words, 3 * i + 11, i + 2), 16) + d) | 0;
    b = (turned(b + (c ^ d ^ a) + term(words, 3 * i + 14, i + 3), 23) + c) | 0;
  }
  for (let i = 48; i < 64; i += 4) {
    a = (turned(a + (c ^ (b | ~d)) + term(words, 7 * i, i), 6) + b) | 0;
    d = (turned(d + (b ^ (a | ~c)) + term(words, 7 * i + 7, i + 1), 10) + a) | 0;
    c = (turned(c + (a ^ (d | ~b)) + term(words, 7 * i + 14, i + 2), 15) + d) | 0;
    b = (turned(b + (d ^ (c | ~a)) + term(words, 7 * i + 21, i + 3), 21) + c) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
}

function term(words: Int32Array, word: number, step: number): number {
  return (words[word & 15] ?? 0) + (SINES[step] ?? 0);
}

function turned(sum: number, bits: number): number {
  return (sum << bits) | (sum >>> (32 - bits)) | 0;
}
