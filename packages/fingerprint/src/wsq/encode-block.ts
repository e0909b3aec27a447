import { codesOf, type HuffmanCode } from './huffman-code.js';
import { MARKER, RESTART_MARKERS } from './markers.js';
import { extraBits } from './symbols.js';
import { RESTART } from './tokens.js';

/** How often each symbol occurs among tokens; 256 entries. */
export function countSymbols(tokens: Int32Array, counts = new Uint32Array(256)): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(counts);
  for (const token of tokens) {
    const symbol = token & 0xff;
    result[symbol] = (result[symbol] ?? 0) + 1;
  }
  result[RESTART] = 0;
  return result;
}

/**
 * The entropy-coded bytes of a block: codes from the highest bit on, a 0 after each byte 0xFF, the last byte filled
 * with ones, restart markers where the tokens ask for them (IAFIS-IC-0110 V3, A.3 and B.1.1.5).
 */
export function encodeBlock(tokens: Int32Array, code: HuffmanCode): Uint8Array {
  const { codes, lengths } = lookupOf(code);
  const out = new Uint8Array(worstCaseBytes(tokens, lengths));
  let length = 0;
  let pending = 0;
  let bits = 0;
  let restarts = 0;
  const drain = (): void => {
    while (bits >= 8) {
      bits -= 8;
      const byte = (pending >>> bits) & 0xff;
      out[length] = byte;
      // A byte after 0xFF is there already: 0.
      length += byte === 0xff ? 2 : 1;
    }
  };
  for (const token of tokens) {
    const symbol = token & 0xff;
    if (symbol === RESTART) {
      fillLastByte();
      out[length] = 0xff;
      out[length + 1] = MARKER.restart + (restarts % RESTART_MARKERS);
      length += 2;
      restarts += 1;
      continue;
    }
    const codeBits = lengths[symbol] ?? 0;
    pending = (pending << codeBits) | (codes[symbol] ?? 0);
    bits += codeBits;
    if (bits >= 8) drain();
    if (symbol >= 101 && symbol <= 106) {
      const extra = extraBits(symbol);
      pending = (pending << extra) | (token >>> 8);
      bits += extra;
      drain();
    }
  }
  fillLastByte();
  return out.subarray(0, length);

  function fillLastByte(): void {
    if (bits === 0) return;
    const missing = 8 - bits;
    pending = (pending << missing) | ((1 << missing) - 1);
    bits = 8;
    drain();
  }
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

/** Bytes that are enough even where each is 0xFF; a restart takes up to two more bytes and its marker. */
function worstCaseBytes(tokens: Int32Array, lengths: Uint8Array): number {
  let bits = 16;
  for (const token of tokens) {
    const symbol = token & 0xff;
    bits += symbol === RESTART ? 24 : (lengths[symbol] ?? 0) + extraBits(symbol);
  }
  return 2 * Math.ceil(bits / 8);
}
