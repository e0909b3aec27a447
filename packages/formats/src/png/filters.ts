import { InputError } from '../error.js';

/**
 * Takes the filters off the scanlines of one picture or pass, in place (ISO/IEC 15948, 9.2).
 * `data` holds from `start` on `rows` lines of one filter byte and `rowBytes` bytes; `step` is the whole bytes of a pixel, 1 at least.
 */
export function unfilter(
  data: Uint8Array,
  start: number,
  rows: number,
  rowBytes: number,
  step: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const line = start + row * (rowBytes + 1) + 1;
    const above = row === 0 ? -1 : line - rowBytes - 1;
    unfilterLine(data, line, above, rowBytes, step);
  }
}

function unfilterLine(data: Uint8Array, line: number, above: number, rowBytes: number, step: number): void {
  const filter = data[line - 1] ?? 0;
  if (filter === 0) return;
  if (filter > 4) {
    throw new InputError('malformed', 'a scanline has an unknown filter', { path: 'IDAT' });
  }
  for (let index = 0; index < rowBytes; index += 1) {
    const left = index < step ? 0 : (data[line + index - step] ?? 0);
    const up = above < 0 ? 0 : (data[above + index] ?? 0);
    const upLeft = above < 0 || index < step ? 0 : (data[above + index - step] ?? 0);
    const at = line + index;
    data[at] = ((data[at] ?? 0) + predicted(filter, left, up, upLeft)) & 0xff;
  }
}

/**
 * Scanlines with, for each, the filter whose result has the smallest sum of absolute signed bytes
 * (the heuristic of ISO/IEC 15948, 12.8).
 */
export function filterAdaptively(
  pixels: Uint8Array,
  rows: number,
  rowBytes: number,
  step: number,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(rows * (rowBytes + 1));
  const candidate = new Uint8Array(rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const line = row * rowBytes;
    const target = row * (rowBytes + 1);
    let best = Number.POSITIVE_INFINITY;
    for (let filter = 0; filter <= 4; filter += 1) {
      let sum = 0;
      for (let index = 0; index < rowBytes; index += 1) {
        const left = index < step ? 0 : (pixels[line + index - step] ?? 0);
        const up = row === 0 ? 0 : (pixels[line + index - rowBytes] ?? 0);
        const upLeft = row === 0 || index < step ? 0 : (pixels[line + index - rowBytes - step] ?? 0);
        const value = ((pixels[line + index] ?? 0) - predicted(filter, left, up, upLeft)) & 0xff;
        candidate[index] = value;
        sum += value < 128 ? value : 256 - value;
      }
      if (sum >= best) continue;
      best = sum;
      result[target] = filter;
      result.set(candidate, target + 1);
    }
  }
  return result;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
