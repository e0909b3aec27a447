import { PHASES, within, type FilterBank } from './lanczos.js';

/** First pass: a line of three channels seen from place `startX` on in steps of `stepX`, written to `to`. */
export function filterRgbRow(
  line: Float64Array,
  to: Float32Array,
  startX: number,
  stepX: number,
  { taps, weights, before }: FilterBank,
): void {
  const last = line.length / 3 - 1;
  for (let at = 0, x = startX; at < to.length; at += 3, x += stepX) {
    const place = Math.floor((x - 0.5) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let red = 0;
    let green = 0;
    let blue = 0;
    if (tap0 >= 0 && tap0 + taps - 1 <= last) {
      for (let tap = 0, from = 3 * tap0; tap < taps; tap += 1, from += 3) {
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (line[from] ?? 0);
        green += weight * (line[from + 1] ?? 0);
        blue += weight * (line[from + 2] ?? 0);
      }
    } else {
      for (let tap = 0; tap < taps; tap += 1) {
        const from = 3 * within(tap0 + tap, last);
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (line[from] ?? 0);
        green += weight * (line[from + 1] ?? 0);
        blue += weight * (line[from + 2] ?? 0);
      }
    }
    to[at] = red;
    to[at + 1] = green;
    to[at + 2] = blue;
  }
}

/** The same for one channel. */
export function filterGreyRow(
  line: Float64Array,
  to: Float32Array,
  startX: number,
  stepX: number,
  { taps, weights, before }: FilterBank,
): void {
  const last = line.length - 1;
  for (let at = 0, x = startX; at < to.length; at += 1, x += stepX) {
    const place = Math.floor((x - 0.5) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      sum += (weights[weight0 + tap] ?? 0) * (line[within(tap0 + tap, last)] ?? 0);
    }
    to[at] = sum;
  }
}
