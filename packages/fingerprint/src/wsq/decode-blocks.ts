import { InputError } from '@buergerkoffer/formats';
import { MAX_CODE_BITS } from './huffman-code.js';
import { FAST_BITS, huffmanTable, type HuffmanTable } from './huffman-table.js';
import type { CodedBlock, CodedInterval } from './read-file.js';
import { extraBits, SYMBOL } from './symbols.js';
import { TokenStore } from './token-store.js';

/**
 * The tokens of all blocks, in the order of the file; `blockEnds` says how many samples they stand for up to
 * the end of each block. Memory grows with the bytes that were read, not with what a header claims.
 * `InputError`: `malformed` (no such code, too many samples), `truncated` (too few).
 */
export function decodeBlocks(
  bytes: Uint8Array,
  blocks: readonly CodedBlock[],
  blockEnds: readonly number[],
): Int32Array {
  const count = blockEnds.at(-1) ?? 0;
  // A code has about five bits.
  const store = new TokenStore(FIRST_TOKENS + 2 * bytes.length);
  let samples = 0;
  let end = 0;
  blocks.forEach(({ code, intervals }, index) => {
    const table = huffmanTable(code);
    // A file cut into other blocks than those of the specification is read as well.
    const limit = blocks.length === blockEnds.length ? (blockEnds[index] ?? count) : count;
    for (const interval of intervals) {
      samples += decodeInterval(bytes, interval, table, store, limit - samples);
      end = interval.end;
    }
  });
  if (samples < count) {
    throw new InputError('truncated', `the blocks have ${samples} of ${count} samples`, { offset: end });
  }
  return store.slice();
}

const FIRST_TOKENS = 4096;

/** Appends the tokens of an interval, at most `limit` samples; returns how many samples they stand for. */
function decodeInterval(
  bytes: Uint8Array,
  interval: CodedInterval,
  table: HuffmanTable,
  store: TokenStore,
  limit: number,
): number {
  const { fast } = table;
  const { end } = interval;
  let tokens = store.withRoomFor(end - interval.start);
  let { length } = store;
  let samples = 0;
  let at = interval.start;
  let pending = 0;
  let bits = 0;
  // What is left at the limit is the filling of the last byte, even where a code consists of ones.
  while (samples < limit) {
    while (bits <= 16 && at < end) {
      const byte = bytes[at] ?? 0;
      pending = (pending << 8) | byte;
      at += byte === 0xff ? 2 : 1;
      bits += 8;
    }
    // Past the end the filling of ones goes on.
    const window = bits >= 16 ? pending >>> (bits - 16) : (pending << (16 - bits)) | (0xffff >>> bits);
    let entry = fast[(window & 0xffff) >>> (16 - FAST_BITS)] ?? 0;
    if (entry === 0) entry = longCode(window & 0xffff, table);
    const codeBits = entry >>> 8;
    if (codeBits === 0 || codeBits > bits) {
      if (isFilling(pending, bits)) break;
      throw new InputError(codeBits > bits ? 'truncated' : 'malformed', 'these bits are no code', {
        offset: Math.min(at, end),
      });
    }
    bits -= codeBits;
    const symbol = entry & 0xff;
    let token = symbol;
    if (symbol > SYMBOL.run16) {
      samples += 1;
    } else if (symbol <= SYMBOL.longestPlainRun) {
      samples += symbol;
      if (symbol === 0) throw new InputError('malformed', 'symbol 0 stands for nothing', { offset: at });
    } else {
      const extra = extraBits(symbol);
      while (bits < extra && at < end) {
        const byte = bytes[at] ?? 0;
        pending = (pending << 8) | byte;
        at += byte === 0xff ? 2 : 1;
        bits += 8;
      }
      if (bits < extra)
        throw new InputError('truncated', 'the bits of a number are missing', { offset: end });
      bits -= extra;
      const amount = (pending >>> bits) & ((1 << extra) - 1);
      // A run of none stands for nothing.
      if (amount === 0 && symbol >= SYMBOL.run8) continue;
      token |= amount << 8;
      samples += symbol < SYMBOL.run8 ? 1 : amount;
    }
    if (length === tokens.length) {
      store.length = length;
      tokens = store.withRoomFor(1);
    }
    tokens[length] = token;
    length += 1;
  }
  if (samples > limit || (samples === limit && (at < end || !isFilling(pending, bits)))) {
    throw new InputError('malformed', 'a block has more samples than its subbands', { offset: at });
  }
  store.length = length;
  return samples;
}

/** Whether the bits left are those with which the last byte of a block is filled. */
function isFilling(pending: number, bits: number): boolean {
  return bits < 8 && (pending & ((1 << bits) - 1)) === (1 << bits) - 1;
}

/** Symbol and length (`bits << 8`) of a code longer than the fast table reaches, 0 where there is none. */
function longCode(window: number, { lastCode, offset, symbols }: HuffmanTable): number {
  for (let bits = FAST_BITS + 1; bits <= MAX_CODE_BITS; bits += 1) {
    const code = window >>> (MAX_CODE_BITS - bits);
    if (code <= (lastCode[bits] ?? -1)) return (bits << 8) | (symbols[code + (offset[bits] ?? 0)] ?? 0);
  }
  return 0;
}
