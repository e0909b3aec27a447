/** Size of the blocks that MD5 takes, in bytes. */
const BLOCK_BYTES = 64;
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const TURNS = Uint8Array.from({ length: 64 }, (_, i) => SHIFTS[i >> 4]?.[i & 3] ?? 0);
/** Which word of the block each step takes. */
const WORDS = Uint8Array.from({ length: 64 }, (_, i) =>
  [i, 5 * i + 1, 3 * i + 5, 7 * i].map((word) => word & 15)[i >> 4] ?? 0,
);

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
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(BLOCK_BYTES - this.#filled, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === BLOCK_BYTES) this.#digestBlock();
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

  #digestBlock(): void {
    const words = this.#words;
    const block = this.#block;
    for (let i = 0, at = 0; i < words.length; i += 1, at += 4) {
      const [low, second] = [block[at] ?? 0, block[at + 1] ?? 0];
      words[i] = low | (second << 8) | ((block[at + 2] ?? 0) << 16) | ((block[at + 3] ?? 0) << 24);
    }
    mix(this.#state, words);
    this.#filled = 0;
  }
}

function mix(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
  for (let i = 0; i < 64; i += 1) {
    const round = i >> 4;
    const f =
      round === 0
        ? (b & c) | (~b & d)
        : round === 1
          ? (d & b) | (~d & c)
          : round === 2
            ? b ^ c ^ d
            : c ^ (b | ~d);
    const sum = (a + f + (SINES[i] ?? 0) + (words[WORDS[i] ?? 0] ?? 0)) | 0;
    const turn = TURNS[i] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
}
