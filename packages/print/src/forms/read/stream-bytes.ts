import type { Budget, PdfValue } from './pdf-syntax.js';

/** Bytes of a stream; where its length is wrong, up to the next `endstream`. */
export function streamBytes(bytes: Uint8Array, budget: Budget, at: number, length: PdfValue): Uint8Array {
  if (typeof length === 'number' && length >= 0 && at + length <= bytes.length) {
    const tail = new TextDecoder('latin1').decode(bytes.subarray(at + length, at + length + 12));
    if (/^\s*endstream/u.test(tail)) return bytes.subarray(at, at + length);
  }
  const end = indexOf(bytes, 'endstream', at);
  budget.spend(at, (end < 0 ? bytes.length : end) - at);
  return bytes.subarray(at, end < 0 ? bytes.length : end);
}

/** Where an ASCII word first stands from a place on, -1 where it does not. */
function indexOf(bytes: Uint8Array, word: string, from: number): number {
  const first = word.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let index = 1;
    while (index < word.length && bytes[at + index] === word.charCodeAt(index)) index += 1;
    if (index === word.length) return at;
  }
  return -1;
}
