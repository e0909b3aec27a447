/** The longest run, and the most literal pixels, that one count byte can tell. */
const MOST = 128;

/**
 * Writes `row` to `out` from `at` on, packed (PWG 5102.4, 4.3): a count up to 127 and one pixel that stands once more than
 * that, or 257 minus the number of literal pixels that follow. Returns the position behind. `out` must have room for the row and
 * one count per 128 pixels.
 */
export function packRow(row: Uint8Array, pixelBytes: number, out: Uint8Array, at: number): number {
  let write = at;
  for (let start = 0; start < row.length;) {
    const run = runLength(row, pixelBytes, start);
    if (run > 1) {
      out[write] = run - 1;
      out.set(row.subarray(start, start + pixelBytes), write + 1);
      write += 1 + pixelBytes;
      start += run * pixelBytes;
      continue;
    }
    const literals = literalLength(row, pixelBytes, start);
    out[write] = literals === 1 ? 0 : 257 - literals;
    out.set(row.subarray(start, start + literals * pixelBytes), write + 1);
    write += 1 + literals * pixelBytes;
    start += literals * pixelBytes;
  }
  return write;
}

/** The room that a packed row takes at most. */
export function packedRoom(rowBytes: number, pixelBytes: number): number {
  return rowBytes + Math.ceil(rowBytes / pixelBytes / MOST) + 1 + Math.ceil(rowBytes / pixelBytes / 2);
}

/** How many equal pixels stand at `start`, 128 at most. */
function runLength(row: Uint8Array, pixelBytes: number, start: number): number {
  let length = 1;
  for (let next = start + pixelBytes; length < MOST && next < row.length; next += pixelBytes) {
    if (!samePixel(row, pixelBytes, start, next)) break;
    length += 1;
  }
  return length;
}

/** How many pixels stand at `start` before two equal ones begin, 128 at most. */
function literalLength(row: Uint8Array, pixelBytes: number, start: number): number {
  let length = 1;
  for (let next = start + pixelBytes; length < MOST && next < row.length; next += pixelBytes) {
    if (next + pixelBytes < row.length && samePixel(row, pixelBytes, next, next + pixelBytes)) break;
    length += 1;
  }
  return length;
}

function samePixel(row: Uint8Array, pixelBytes: number, a: number, b: number): boolean {
  for (let sample = 0; sample < pixelBytes; sample += 1) {
    if (row[a + sample] !== row[b + sample]) return false;
  }
  return true;
}
