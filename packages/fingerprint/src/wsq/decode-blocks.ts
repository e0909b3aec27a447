import { InputError } from '@buergerkoffer/formats';
import { MAX_CODE_BITS } from './huffman-code.js';
import { FAST_BITS, huffmanTable, type HuffmanTable } from './huffman-table.js';
import type { CodedBlock, CodedInterval } from './read-file.js';
import { extraBits, SYMBOL } from './symbols.js';

/**
 * The quantised samples of all blocks, in the order of the file; `blockEnds` says how many there are up to the end of
 * each block. Memory grows with the bytes that were read, not with what a header claims. `InputError`: `malformed` (no
 * such code, too many samples), `truncated` (too few).
 */
export function decodeBlocks(
  bytes: Uint8Array,
  blocks: readonly CodedBlock[],
  blockEnds: readonly number[],
): Int32Array {
  const count = blockEnds.at(-1) ?? 0;
  const samples = { store: new Int32Array(Math.min(count, FIRST_STORE + 8 * bytes.length)), length: 0, count };
  let end = 0;
  blocks.forEach(({ code, intervals }, index) => {
    const table = huffmanTable(code);
    // A file cut into other blocks than those of the specification is read as well.
    const limit = blocks.length === blockEnds.length ? (blockEnds[index] ?? count) : count;
    for (const interval of intervals) {
      decodeInterval(bytes, interval, table, samples, limit);
      end = interval.end;
    }
  });
  if (samples.length < count) {
    const message = `the blocks have ${samples.length} of ${count} samples`;
    throw new InputError('truncated', message, { offset: end });
  }
  return samples.store.subarray(0, count);
}

const FIRST_STORE = 4096;

interface Samples {
  store: Int32Array;
  length: number;
  readonly count: number;
}

function decodeInterval(bytes: Uint8Array, interval: CodedInterval, table: HuffmanTable, samples: Samples, limit: number): void {
  const { fast } = table;
  const { end } = interval;
  let { store, length } = samples;
  let at = interval.start;
  let pending = 0;
  let bits = 0;
  // What is left at the limit is the filling of the last byte, even where a code consists of ones.
  while (length !== limit) {
    while (bits <= 16 && at < end) {
      const byte = bytes[at] ?? 0;
      pending = (pending << 8) | byte;
      at += byte === 0xff ? 2 : 1;
      bits += 8;
    }
    // Past the end the last byte's filling of ones goes on.
    const window = bits >= 16 ? pending >>> (bits - 16) : (pending << (16 - bits)) | (0xffff >>> bits);
    const entry = fast[(window & 0xffff) >>> (16 - FAST_BITS)] ?? 0;
    let symbol = entry & 0xff;
    let codeBits = entry >>> 8;
    if (codeBits === 0) {
      const found = longCode(window & 0xffff, table);
      symbol = found & 0xff;
      codeBits = found >>> 8;
    }
    if (codeBits === 0 || codeBits > bits) {
      if (isFilling(pending, bits)) break;
      const code = codeBits > bits ? 'truncated' : 'malformed';
      throw new InputError(code, 'these bits are no code', { offset: Math.min(at, end) });
    }
    bits -= codeBits;
    if (symbol > SYMBOL.run16) {
      if (length === store.length) store = grown(samples, store, length, 1, at);
      store[length] = symbol - SYMBOL.zero;
      length += 1;
      continue;
    }
    let run = symbol;
    if (symbol > SYMBOL.longestPlainRun) {
      const extra = extraBits(symbol);
      while (bits < extra && at < end) {
        const byte = bytes[at] ?? 0;
        pending = (pending << 8) | byte;
        at += byte === 0xff ? 2 : 1;
        bits += 8;
      }
      if (bits < extra) throw new InputError('truncated', 'the bits of a number are missing', { offset: end });
      bits -= extra;
      const amount = (pending >>> bits) & ((1 << extra) - 1);
      if (symbol < SYMBOL.run8) {
        if (length === store.length) store = grown(samples, store, length, 1, at);
        const isNegative = symbol === SYMBOL.negative8 || symbol === SYMBOL.negative16;
        store[length] = isNegative ? -amount : amount;
        length += 1;
        continue;
      }
      run = amount;
    } else if (symbol === 0) {
      throw new InputError('malformed', 'symbol 0 stands for nothing', { offset: at });
    }
    if (length + run > store.length) store = grown(samples, store, length, run, at);
    length += run;
  }
  samples.length = length;
  if (length === limit && (at < end || !isFilling(pending, bits))) {
    throw new InputError('malformed', 'a block has more samples than its subbands', { offset: at });
  }
}

/** Whether the bits left are those with which the last byte of a block is filled. */
function isFilling(pending: number, bits: number): boolean {
  return bits < 8 && (pending & ((1 << bits) - 1)) === (1 << bits) - 1;
}

/** The store with room for `more` samples, twice as large if it may be; more than the image has are refused. */
function grown(samples: Samples, store: Int32Array, length: number, more: number, offset: number): Int32Array {
  if (length + more > samples.count) {
    throw new InputError('malformed', `the blocks have more than ${samples.count} samples`, { offset });
  }
  const larger = new Int32Array(Math.min(samples.count, Math.max(2 * store.length, length + more)));
  larger.set(store.subarray(0, length));
  samples.store = larger;
  return larger;
}

/** Symbol and length (`bits << 8`) of a code longer than the fast table reaches, 0 where there is none. */
function longCode(window: number, { lastCode, offset, symbols }: HuffmanTable): number {
  for (let bits = FAST_BITS + 1; bits <= MAX_CODE_BITS; bits += 1) {
    const code = window >>> (MAX_CODE_BITS - bits);
    if (code <= (lastCode[bits] ?? -1)) return (bits << 8) | (symbols[code + (offset[bits] ?? 0)] ?? 0);
  }
  return 0;
}
