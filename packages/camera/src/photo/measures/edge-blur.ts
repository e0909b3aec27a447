import type { GreyImage } from '@buergerkoffer/formats';
import type { PixelRows } from './face-region.js';

/**
 * The picture is softened by both, and the edges compared: standard deviations in pixels of a picture of 1600 rows.
 */
const FINE_PX = 1.2;
const COARSE_PX = 3;

/** Share of the region's pixels among which its edges are looked for: the steepest. */
const EDGES = 0.06;

/** What the difference of two neighbours adds to the variance of an edge: that of a box two pixels wide. */
const DIFFERENCE_VARIANCE = 1 / 3;

/**
 * Of the edges, sorted by their blur, the one whose blur is told: lashes and lids are sharper than a cheek's shadow.
 */
const SHARP_QUANTILE = 0.3;

/** Steepness below which nothing is an edge, grey values per pixel: noise. */
const NOISE = 0.8;

/** Blur beyond which it is only told that it is that much. */
export const MAX_BLUR_PX = 20;

/**
 * Blur of the edges in the regions: standard deviation of the Gaussian that would make a sharp edge like them, 0 to
 * 20 pixels of a picture of 1600 rows. An edge of blur s, softened by a and by b, is steeper in the first by sqrt((s²
 * + b²) / (s² + a²)), whatever its contrast (the idea of S. Zhuo, T. Sim, "Defocus map estimation from a single
 * image", 2011). `undefined` where there is no edge.
 */
export function edgeBlur(grey: GreyImage, regions: readonly PixelRows[]): number | undefined {
  const scale = grey.height / 1600;
  const [fine, coarse] = [FINE_PX * scale, COARSE_PX * scale];
  const found = regions.flatMap((region) => edgesOf(grey, region, fine, coarse));
  if (found.length === 0) return undefined;
  const blurs = found.sort((a, b) => a - b);
  return Math.min(MAX_BLUR_PX, (blurs[Math.floor(blurs.length * SHARP_QUANTILE)] ?? 0) / scale);
}

function edgesOf(grey: GreyImage, region: PixelRows, fine: number, coarse: number): readonly number[] {
  const patch = patchOf(grey, region);
  if (patch.width < 5 || patch.height < 5) return [];
  const [sharp, soft] = [steepness(softened(patch, fine)), steepness(softened(patch, coarse))];
  const ranked = Float32Array.from(sharp).sort();
  const least = Math.max(NOISE, ranked[Math.floor(ranked.length * (1 - EDGES))] ?? NOISE);
  const blurs: number[] = [];
  sharp.forEach((steep, at) => {
    const softer = soft[at] ?? 0;
    if (steep < least || softer === 0 || !isCrest(sharp, at, patch.width)) return;
    const ratio = (steep / softer) ** 2;
    const variance = ratio > 1 ? (coarse ** 2 - ratio * fine ** 2) / (ratio - 1) : MAX_BLUR_PX ** 2;
    blurs.push(Math.sqrt(Math.max(0, variance - DIFFERENCE_VARIANCE)));
  });
  return blurs;
}

/** Whether the edge runs through this pixel, rather than beside it: steeper than its neighbours across or down. */
function isCrest(steep: Float32Array, at: number, width: number): boolean {
  const here = steep[at] ?? 0;
  const isOver = (step: number): boolean =>
    here >= (steep[at - step] ?? 0) && here >= (steep[at + step] ?? 0);
  return isOver(1) || isOver(width);
}

interface Patch {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The rectangle around the region. */
function patchOf(grey: GreyImage, { top, rows }: PixelRows): Patch {
  const left = Math.min(...rows.map(({ from }) => from));
  const width = Math.max(0, Math.max(...rows.map(({ to }) => to)) - left);
  const data = new Float32Array(width * rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const from = (top + row) * grey.width + left;
    data.set(grey.data.subarray(from, from + width), row * width);
  }
  return { width, height: rows.length, data };
}

/** Convolution with a Gaussian of this standard deviation, edges repeated. */
function softened({ width, height, data }: Patch, sigma: number): Patch {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const raw = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const kernel = raw.map((weight) => weight / sum);
  const pass = (
    source: Float32Array,
    count: number,
    length: number,
    step: number,
    stride: number,
  ): Float32Array => {
    const result = new Float32Array(source.length);
    // The line with its ends repeated.
    const long = new Float64Array(length + 2 * reach);
    for (let line = 0; line < count; line += 1) {
      for (let place = 0; place < long.length; place += 1) {
        const from = Math.min(length - 1, Math.max(0, place - reach));
        long[place] = source[line * stride + from * step] ?? 0;
      }
      for (let place = 0; place < length; place += 1) {
        let value = 0;
        for (let tap = 0; tap < kernel.length; tap += 1)
          value += (kernel[tap] ?? 0) * (long[place + tap] ?? 0);
        result[line * stride + place * step] = value;
      }
    }
    return result;
  };
  return { width, height, data: pass(pass(data, height, width, 1, width), width, height, width, 1) };
}

/** Length of the gradient at every pixel, grey values per pixel; 0 on the border. */
function steepness({ width, height, data }: Patch): Float32Array {
  const result = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      const across = (data[at + 1] ?? 0) - (data[at - 1] ?? 0);
      const down = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      result[at] = Math.sqrt(across * across + down * down) / 2;
    }
  }
  return result;
}
