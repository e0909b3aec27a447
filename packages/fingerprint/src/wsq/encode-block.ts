import { codesOf, type HuffmanCode } from './huffman-code.js';
import { MARKER, RESTART_MARKERS } from './markers.js';
import { extraBits, RESTART } from './symbols.js';

/** How often each symbol occurs among tokens; 256 entries. */
export function countSymbols(tokens: Int32Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let index = 0; index < tokens.length; index += 1) {
    const symbol = (tokens[index] ?? RESTART) & 0xff;
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  }
  counts[RESTART] = 0;
  return counts;
}

/**
 * The entropy-coded bytes of a block: codes from the highest bit on, a 0 after each byte 0xFF, the last byte
 * filled with ones, restart markers where the tokens ask for them (IAFIS-IC-0110 V3, A.3 and B.1.1.5).
 */
export function encodeBlock(tokens: Int32Array, code: HuffmanCode): Uint8Array {
  const { codes, lengths } = lookupOf(code);
  const out = new Uint8Array(worstCaseBytes(tokens, lengths));
  let length = 0;
  let pending = 0;
  let bits = 0;
  let restarts = 0;
  // Behind the last token the last byte is filled, as before a restart.
  for (let index = 0; index <= tokens.length; index += 1) {
    const token = tokens[index] ?? RESTART;
    const symbol = token & 0xff;
    const isRestart = symbol === RESTART;
    let added = isRestart ? -bits & 7 : (lengths[symbol] ?? 0);
    let value = isRestart ? (1 << added) - 1 : (codes[symbol] ?? 0);
    let extra: number = token > 0xff ? extraBits(symbol) : 0;
    for (;;) {
      pending = (pending << added) | value;
      bits += added;
      while (bits >= 8) {
        bits -= 8;
        const byte = (pending >>> bits) & 0xff;
        out[length] = byte;
        // The byte behind 0xFF is there already: 0.
        length += byte === 0xff ? 2 : 1;
      }
      if (extra === 0) break;
      value = token >>> 8;
      added = extra;
      extra = 0;
    }
    if (isRestart && index < tokens.length) {
      out[length] = 0xff;
      out[length + 1] = MARKER.restart + (restarts % RESTART_MARKERS);
      length += 2;
      restarts += 1;
    }
  }
  return out.subarray(0, length);
}

function lookupOf(code: HuffmanCode): { readonly codes: Uint16Array; readonly lengths: Uint8Array } {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  codesOf(code).forEach((each, index) => {
    const symbol = code.symbols[index] ?? 0;
    codes[symbol] = each.code;
    lengths[symbol] = each.bits;
  });
  return { codes, lengths };
}

/** Bytes that are enough even where each is 0xFF; a restart takes up to seven more bits and its marker. */
function worstCaseBytes(tokens: Int32Array, lengths: Uint8Array): number {
  let bits = 8;
  for (let index = 0; index < tokens.length; index += 1) {
    const symbol = (tokens[index] ?? RESTART) & 0xff;
    bits += symbol === RESTART ? 24 : (lengths[symbol] ?? 0) + extraBits(symbol);
  }
  return 2 * Math.ceil(bits / 8);
}
