import type { GreyImage } from '@buergerkoffer/formats';
import type { PixelRows } from './face-region.js';

/** How many of the 256 grey values the pixels of the region have. */
export function intensityCount(grey: GreyImage, region: PixelRows): number {
  const seen = new Uint8Array(256);
  region.rows.forEach(({ from, to }, index) => {
    const line = (region.top + index) * grey.width;
    for (let at = line + from; at < line + to; at += 1) seen[grey.data[at] ?? 0] = 1;
  });
  return seen.reduce((count, value) => count + value, 0);
}
