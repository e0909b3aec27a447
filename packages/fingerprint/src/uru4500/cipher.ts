import { WIDTH_PX, type LineBlock, type RawImage } from './raw-image.js';

/** A run of blocks that one key belongs to. */
export interface KeyRun {
  /** Which key the sensor is asked for, 0 to 255. */
  readonly keyNumber: number;
  /** Offset of its first pixel. */
  readonly start: number;
  readonly blocks: readonly LineBlock[];
}

/** The runs of blocks with one key each: a new one begins where a block says so. */
export function keyRuns({ blocks, keyNumber }: RawImage): readonly KeyRun[] {
  const runs: { keyNumber: number; start: number; blocks: LineBlock[] }[] = [];
  let at = 0;
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last === undefined)
      runs.push({ keyNumber: (keyNumber + Number(block.newKey)) & 255, start: at, blocks: [] });
    else if (block.newKey) runs.push({ keyNumber: (last.keyNumber + 1) & 255, start: at, blocks: [] });
    runs.at(-1)?.blocks.push(block);
    if (!block.absent) at += block.lines * WIDTH_PX;
  }
  return runs;
}

/** `pixels` with the blocks of `run` decrypted in place by `key`, an unsigned number of 32 bits. */
export function decryptRun(pixels: Uint8Array, run: KeyRun, key: number): void {
  let at = run.start;
  let state = key;
  for (const { lines, absent, encrypted, keepsKey } of run.blocks) {
    const length = lines * WIDTH_PX;
    if (encrypted && !keepsKey) state = decrypt(pixels.subarray(at, at + length), state);
    else if (!encrypted && !keepsKey) for (let i = 0; i < length; i += 1) state = step(state);
    if (!absent) at += length;
  }
}

/** Decrypts in place: each byte is the one behind it, XORed with the key; nothing is left for the last one. */
function decrypt(bytes: Uint8Array, key: number): number {
  let state = key;
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = i + 1 < bytes.length ? (bytes[i + 1] ?? 0) ^ mask(state) : 0;
    state = step(state);
  }
  return state;
}

/** Bits of the key that make the byte to XOR with, the lowest first. */
const MASK_BITS = [4, 8, 11, 14, 18, 21, 24, 29] as const;
const TAPS = 0x9248144d;

function mask(key: number): number {
  return MASK_BITS.reduce((byte, bit, index) => byte | (((key >>> bit) & 1) << index), 0);
}

/** The key one step on: a shift register, into whose top goes the parity of its taps. */
function step(key: number): number {
  let parity = key & TAPS;
  for (const half of [16, 8, 4, 2, 1]) parity ^= parity >>> half;
  return ((key >>> 1) | ((parity & 1) << 31)) >>> 0;
}
