import type { WsqQuantisation } from './quantisation.js';
import type { SubbandTree } from './subbands.js';
import { SYMBOL } from './symbols.js';
import type { Plane } from './transform.js';

/**
 * Puts the samples that the tokens stand for into the middle of their bins (IAFIS-IC-0110 V3, 5.5). The plane
 * is all zero before; the tokens stand for exactly as many samples as the coded subbands have.
 */
export function dequantise(
  tokens: Int32Array,
  quantisation: WsqQuantisation,
  { subbands }: SubbandTree,
  { samples, stride }: Plane,
): void {
  let next = 0;
  let run = 0;
  subbands.forEach(({ left, top, width, height }, subband) => {
    const binWidth = quantisation.binWidths[subband] ?? 0;
    if (binWidth === 0) return;
    const inner = (quantisation.zeroBinWidths[subband] ?? 0) / 2 - binWidth * quantisation.binCentre;
    for (let row = 0; row < height; row += 1) {
      let at = (top + row) * stride + left;
      const end = at + width;
      while (at < end) {
        if (run === 0) {
          const token = tokens[next] ?? 0;
          next += 1;
          run = runOf(token);
          if (run === 0) {
            const number = numberOf(token);
            if (number !== 0) samples[at] = number * binWidth + (number > 0 ? inner : -inner);
            at += 1;
            continue;
          }
        }
        const step = Math.min(run, end - at);
        at += step;
        run -= step;
      }
    }
  });
}

/** How many zeros a token stands for; 0 where it stands for a number. */
export function runOf(token: number): number {
  const symbol = token & 0xff;
  if (symbol <= SYMBOL.longestPlainRun) return symbol;
  return symbol === SYMBOL.run8 || symbol === SYMBOL.run16 ? token >>> 8 : 0;
}

/** The number that a token stands for. */
export function numberOf(token: number): number {
  const symbol = token & 0xff;
  if (symbol > SYMBOL.run16) return symbol - SYMBOL.zero;
  const amount = token >>> 8;
  return symbol === SYMBOL.negative8 || symbol === SYMBOL.negative16 ? -amount : amount;
}
