import type { GreyImage } from '@buergerkoffer/formats';
import type { PixelRows } from './face-region.js';

/**
 * The picture is softened by both, and the edges compared: standard deviations in pixels of a picture of 1600 rows.
 */
const FINE_PX = 1.2;
const COARSE_PX = 3;

/**
 * The same is done on a picture made smaller by so much, which sees what is blurred further; what is less than the second number of
 * pixels it cannot tell from sharp.
 */
const REDUCED = { by: 4, fromPx: 5 } as const;

/** Share of the region's pixels among which edges of one direction are looked for: the steepest. */
const EDGES = 0.03;

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

/** Ways in which an edge is crossed: a camera or a head that moved blurs in one of them and leaves the other sharp. */
const DIRECTIONS = ['across', 'down'] as const;
type Direction = (typeof DIRECTIONS)[number];

/**
 * Blur of the edges in the regions, in the direction that is blurred more: standard deviation of the Gaussian that would
 * make a sharp edge like them, 0 to 20 pixels of a picture of 1600 rows. An edge of blur s, softened by a and by b, is steeper in
 * the first by sqrt((s² + b²) / (s² + a²)), whatever its contrast (the idea of S. Zhuo, T. Sim, "Defocus map estimation
 * from a single image", 2011). `undefined` where there is no edge.
 */
export function edgeBlur(grey: GreyImage, regions: readonly PixelRows[]): number | undefined {
  const scale = grey.height / 1600;
  const patches = regions.map((region) => patchOf(grey, region));
  const by = Math.max(1, Math.round(REDUCED.by * scale));
  const fine = blurOf(patches, scale);
  const far = blurOf(
    patches.map((patch) => reduced(patch, by)),
    scale,
  );
  if (fine === undefined) return undefined;
  const farPx = ((far ?? 0) * by) / scale;
  return Math.min(MAX_BLUR_PX, Math.max(fine / scale, farPx >= REDUCED.fromPx ? farPx : 0));
}

/** Blur in pixels of the patches, of the direction that has more. */
function blurOf(patches: readonly Patch[], scale: number): number | undefined {
  const [fine, coarse] = [FINE_PX * scale, COARSE_PX * scale];
  const softer = patches
    .filter(({ width, height }) => width >= 5 && height >= 5)
    .map((patch) => [softened(patch, fine), softened(patch, coarse)] as const);
  const found = DIRECTIONS.flatMap((direction) => {
    const blurs = softer.flatMap(([sharp, soft]) => edgesOf(sharp, soft, direction, fine, coarse));
    blurs.sort((a, b) => a - b);
    return blurs[Math.floor(blurs.length * SHARP_QUANTILE)] ?? [];
  });
  return found.length === 0 ? undefined : Math.max(...found);
}

/** The blur of each edge that is crossed in this direction. */
function edgesOf(
  sharp: Patch,
  soft: Patch,
  direction: Direction,
  fine: number,
  coarse: number,
): readonly number[] {
  const step = direction === 'across' ? 1 : sharp.width;
  const other = direction === 'across' ? sharp.width : 1;
  const steep = steepness(sharp, step, other);
  const ranked = Float32Array.from(steep).sort();
  const least = Math.max(NOISE, ranked[Math.floor(ranked.length * (1 - EDGES))] ?? NOISE);
  const blurs: number[] = [];
  steep.forEach((here, at) => {
    // On the crest of the edge, rather than beside it.
    if (here < least || here < (steep[at - step] ?? 0) || here < (steep[at + step] ?? 0)) return;
    const softer = slope(soft.data, at, step);
    if (softer === 0) return;
    const ratio = (here / softer) ** 2;
    const variance = ratio > 1 ? (coarse ** 2 - ratio * fine ** 2) / (ratio - 1) : MAX_BLUR_PX ** 2;
    blurs.push(Math.sqrt(Math.max(0, variance - DIFFERENCE_VARIANCE)));
  });
  return blurs;
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

/** A patch made smaller by a whole number: the mean of each square. */
function reduced({ width, height, data }: Patch, by: number): Patch {
  const [columns, rows] = [Math.floor(width / by), Math.floor(height / by)];
  const small = new Float32Array(columns * rows);
  for (let y = 0; y < rows * by; y += 1) {
    for (let x = 0; x < columns * by; x += 1) {
      const at = Math.floor(y / by) * columns + Math.floor(x / by);
      small[at] = (small[at] ?? 0) + (data[y * width + x] ?? 0) / (by * by);
    }
  }
  return { width: columns, height: rows, data: small };
}

/** Steepness in one direction, grey values per pixel, where it is steeper than in the other; 0 elsewhere and on the border. */
function steepness({ width, height, data }: Patch, step: number, other: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      const here = slope(data, at, step);
      if (here >= slope(data, at, other)) result[at] = here;
    }
  }
  return result;
}

function slope(data: Float32Array, at: number, step: number): number {
  return Math.abs((data[at + step] ?? 0) - (data[at - step] ?? 0)) / 2;
}
