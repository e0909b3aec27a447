import type { FilterBank } from './filter-bank.js';
import type { WsqFilters } from './filters.js';
import { mirrorEdges, mirrorEnds } from './mirror.js';

/**
 * The bank of any filters, by convolution (IAFIS-IC-0110 V3, 5.2 and 5.3). The filters that join are those
 * that split, exchanged and with every other sign changed.
 */
export function convolutionBank(filters: WsqFilters): FilterBank {
  return filters.low.length % 2 === 1 ? oddBank(filters) : evenBank(filters);
}

/** Low sample n lies on sample 2n, high sample n on 2n + 1. */
function oddBank({ low, high }: WsqFilters): FilterBank {
  const [lowTaps, highTaps] = [low.taps, high.taps];
  const pad = Math.max(low.length, high.length) + 1;
  const joinLow = highTaps.map(alternating);
  const joinHigh = lowTaps.map(alternating);
  const sum = (taps: readonly number[]): number =>
    taps.reduce((total, tap, index) => total + (index === 0 ? tap : 2 * tap), 0);
  return {
    pad,
    analyse: (line, start, length, out, lowAt, highAt) => {
      if (length === 1) {
        out[lowAt] = (line[start] ?? 0) * sum(lowTaps);
        return;
      }
      mirrorEnds(line, start, length, pad);
      for (let at = 0; at < length; at += 2) out[lowAt + at / 2] = centred(line, start + at, lowTaps);
      for (let at = 1; at < length; at += 2) out[highAt + (at >> 1)] = centred(line, start + at, highTaps);
    },
    synthesise: (line, start, length, out, to) => {
      if (length === 1) {
        out[to] = (line[start] ?? 0) / sum(lowTaps);
        return;
      }
      mirrorEnds(line, start, length, pad);
      for (let at = 0; at < length; at += 1) {
        const [own, other] = at % 2 === 0 ? [joinLow, joinHigh] : [joinHigh, joinLow];
        out[to + at] = everySecond(line, start + at, own, 0) + everySecond(line, start + at, other, 1);
      }
    },
  };
}

/** Low and high sample n both lie between samples 2n and 2n + 1. */
function evenBank({ low, high }: WsqFilters): FilterBank {
  const [lowTaps, highTaps] = [low.taps, high.taps];
  const pad = Math.max(low.length, high.length) + 2;
  const joinLow = highTaps.map(alternating);
  const joinHigh = lowTaps.map(alternating);
  return {
    pad,
    analyse: (line, start, length, out, lowAt, highAt) => {
      mirrorEdges(line, start, length, pad, false);
      for (let at = 0; at < length; at += 2) {
        let sum = 0;
        for (let tap = 0; tap < lowTaps.length; tap += 1) {
          sum += (lowTaps[tap] ?? 0) * ((line[start + at + 1 + tap] ?? 0) + (line[start + at - tap] ?? 0));
        }
        out[lowAt + at / 2] = sum;
      }
      for (let at = 0; at + 1 < length; at += 2) {
        let sum = 0;
        for (let tap = 0; tap < highTaps.length; tap += 1) {
          sum -= (highTaps[tap] ?? 0) * ((line[start + at + 1 + tap] ?? 0) - (line[start + at - tap] ?? 0));
        }
        out[highAt + at / 2] = sum;
      }
    },
    synthesise: (line, start, length, out, to) => {
      mirrorEdges(line, start, length, pad, true);
      for (let at = 0; at < length; at += 1) {
        let sum = 0;
        // Tap k of sample pair n reaches samples 2n + 1 + k and 2n - k.
        for (let tap = 0; tap < joinLow.length; tap += 1) {
          const pair = (at - 1 - tap) % 2 === 0 ? at - 1 - tap : at + tap;
          sum += (joinLow[tap] ?? 0) * (line[start + pair] ?? 0);
        }
        for (let tap = 0; tap < joinHigh.length; tap += 1) {
          const isRight = (at - 1 - tap) % 2 === 0;
          const pair = isRight ? at - 1 - tap : at + tap;
          const value = (joinHigh[tap] ?? 0) * (line[start + pair + 1] ?? 0);
          sum += isRight ? -value : value;
        }
        out[to + at] = sum;
      }
    },
  };
}

function alternating(tap: number, index: number): number {
  return index % 2 === 0 ? tap : -tap;
}

function centred(line: Float32Array, at: number, taps: readonly number[]): number {
  let sum = (taps[0] ?? 0) * (line[at] ?? 0);
  for (let tap = 1; tap < taps.length; tap += 1) {
    sum += (taps[tap] ?? 0) * ((line[at - tap] ?? 0) + (line[at + tap] ?? 0));
  }
  return sum;
}

/** The part of a convolution that falls on every second sample, from the tap `first` (0 or 1) on. */
function everySecond(line: Float32Array, at: number, taps: readonly number[], first: 0 | 1): number {
  let sum = first === 0 ? (taps[0] ?? 0) * (line[at] ?? 0) : 0;
  for (let tap = first === 0 ? 2 : 1; tap < taps.length; tap += 2) {
    sum += (taps[tap] ?? 0) * ((line[at - tap] ?? 0) + (line[at + tap] ?? 0));
  }
  return sum;
}
