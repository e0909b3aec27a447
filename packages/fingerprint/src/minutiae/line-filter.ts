/** Directions that the filters distinguish in half a turn. */
export const DIRECTIONS = 64;

/** Longest reach of a line filter, in pixels; planes are padded by as much. */
export const PADDING = 10;

/** A plane of values with {@link PADDING} pixels around it, so that filters need no bounds. */
export interface PaddedPlane {
  readonly width: number;
  readonly height: number;
  /** `width + 2 * PADDING` */
  readonly stride: number;
  readonly values: Float32Array;
}

/**
 * Filters along a line through the middle, one per direction: pairs of opposite pixels with one weight each,
 * positive or negative for the second of the pair.
 */
export interface LineFilters {
  /** Where the pairs of a direction begin; one entry more than directions. */
  readonly first: Int32Array;
  /** Distance of the first pixel of a pair from the middle; the second lies opposite. */
  readonly offsets: Int32Array;
  /** Weight of the sum of both pixels. */
  readonly even: Float32Array;
  /** Weight of first minus second pixel. */
  readonly odd: Float32Array;
  /** Even weight of the middle. */
  readonly middle: Float32Array;
}

/** A plane of zeros. */
export function paddedPlane(width: number, height: number): PaddedPlane {
  const stride = width + 2 * PADDING;
  return { width, height, stride, values: new Float32Array(stride * (height + 2 * PADDING)) };
}

/** Repeats the edge pixels of `plane` outwards. */
export function repeatEdges({ width, height, stride, values }: PaddedPlane): void {
  for (let row = PADDING; row < height + PADDING; row += 1) {
    const at = row * stride + PADDING;
    values.fill(values[at] ?? 0, at - PADDING, at);
    values.fill(values[at + width - 1] ?? 0, at + width, at + width + PADDING);
  }
  const last = (height + PADDING - 1) * stride;
  for (let row = 0; row < PADDING; row += 1) {
    values.copyWithin(row * stride, PADDING * stride, (PADDING + 1) * stride);
    values.copyWithin(last + (row + 1) * stride, last, last + stride);
  }
}

/** Weights of a filter at a distance from its middle, in pixels. */
export type Profile = (distance: number) => { readonly even: number; readonly odd: number };

/**
 * Filters with `profile` sampled every pixel up to `reach`, along each direction turned by `turn` radians;
 * samples between pixels are shared among the four around them.
 */
export function lineFilters(profile: Profile, reach: number, turn: number, stride: number): LineFilters {
  const first = new Int32Array(DIRECTIONS + 1);
  const middle = new Float32Array(DIRECTIONS);
  const offsets: number[] = [];
  const even: number[] = [];
  const odd: number[] = [];
  for (let bin = 0; bin < DIRECTIONS; bin += 1) {
    const angle = (bin * Math.PI) / DIRECTIONS + turn;
    const weights = new Map<number, { even: number; odd: number }>();
    for (let distance = -reach; distance <= reach; distance += 1) {
      share(weights, distance * Math.cos(angle), distance * Math.sin(angle), stride, profile(distance));
    }
    middle[bin] = weights.get(0)?.even ?? 0;
    for (const [offset, weight] of weights) {
      if (offset <= 0) continue;
      offsets.push(offset);
      even.push(weight.even);
      odd.push(weight.odd);
    }
    first[bin + 1] = offsets.length;
  }
  return {
    first,
    offsets: Int32Array.from(offsets),
    even: Float32Array.from(even),
    odd: Float32Array.from(odd),
    middle,
  };
}

function share(
  weights: Map<number, { even: number; odd: number }>,
  x: number,
  y: number,
  stride: number,
  weight: { readonly even: number; readonly odd: number },
): void {
  const column = Math.floor(x + 1e-9);
  const row = Math.floor(y + 1e-9);
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const part = (1 - Math.abs(x - column - dx)) * (1 - Math.abs(y - row - dy));
    if (part < 1e-6) continue;
    const offset = (row + dy) * stride + column + dx;
    const sum = weights.get(offset) ?? { even: 0, odd: 0 };
    weights.set(offset, { even: sum.even + part * weight.even, odd: sum.odd + part * weight.odd });
  }
}
