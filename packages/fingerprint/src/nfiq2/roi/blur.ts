/** Weights from the outermost tap to the middle one; both halves together sum to 256. */
export type HalfKernel = readonly number[];

/**
 * OpenCV's 8-bit Gaussian kernels with 41 and 91 taps; a true Gaussian gives another grey in every fourth
 * pixel.
 */
export const BLUR_41: HalfKernel = [0, 0, 1, 0, 1, 1, 2, 2, 3, 3, 5, 6, 8, 8, 11, 11, 13, 15, 15, 15, 16];
export const BLUR_91: HalfKernel = [
  0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 6,
  6, 6, 6, 7, 7, 7, 7, 7, 7, 8,
];

/**
 * Blurs 8-bit greys in x and y with a kernel in 8.8 fixed point; the image is mirrored at its edges without
 * repeating the edge pixel. One rounding at the end: (v + 32768) >> 16.
 */
export function blur(data: Uint8Array, width: number, height: number, kernel: HalfKernel): Uint8Array {
  const radius = kernel.length - 1;
  const boxes = boxesOf(kernel);
  const inRows = blurRows(data, width, height, radius, boxes);
  return blurColumns(inRows, width, height, radius, boxes);
}

/**
 * The kernel as a sum of boxes: of each, how far it reaches to both sides and its weight; a multiple of four.
 */
interface Boxes {
  readonly reaches: Int32Array;
  readonly weights: Int32Array;
}

/** Few boxes, and a box costs one subtraction of running sums. */
function boxesOf(kernel: HalfKernel): Boxes {
  const steps = kernel
    .map((weight, i) => ({ reach: kernel.length - 1 - i, weight: weight - (kernel[i - 1] ?? 0) }))
    .filter(({ weight }) => weight !== 0);
  const length = Math.ceil(steps.length / FUSED) * FUSED;
  const boxes = { reaches: new Int32Array(length), weights: new Int32Array(length) };
  boxes.reaches.set(steps.map(({ reach }) => reach));
  boxes.weights.set(steps.map(({ weight }) => weight));
  return boxes;
}

/** How many boxes `addBoxes` adds at once. */
const FUSED = 4;

/**
 * Adds all boxes to `row`. `sums` are running sums: the one before sample `x` stands at `middle + x`, those
 * before its neighbours `step` further on. Several samples share a number, so all of them must be exact.
 */
function addBoxes(row: Float64Array, sums: Float64Array, middle: number, step: number, boxes: Boxes): void {
  const { reaches, weights } = boxes;
  for (let box = 0; box < reaches.length; box += FUSED) {
    const [weight0, weight1] = [weights[box] ?? 0, weights[box + 1] ?? 0];
    const [weight2, weight3] = [weights[box + 2] ?? 0, weights[box + 3] ?? 0];
    const [reach0, reach1] = [reaches[box] ?? 0, reaches[box + 1] ?? 0];
    const [reach2, reach3] = [reaches[box + 2] ?? 0, reaches[box + 3] ?? 0];
    const [low0, high0] = [middle - reach0 * step, middle + (reach0 + 1) * step];
    const [low1, high1] = [middle - reach1 * step, middle + (reach1 + 1) * step];
    const [low2, high2] = [middle - reach2 * step, middle + (reach2 + 1) * step];
    const [low3, high3] = [middle - reach3 * step, middle + (reach3 + 1) * step];
    for (let x = 0; x < row.length; x += 1) {
      const first = weight0 * ((sums[high0 + x] ?? 0) - (sums[low0 + x] ?? 0));
      const second = weight1 * ((sums[high1 + x] ?? 0) - (sums[low1 + x] ?? 0));
      const third = weight2 * ((sums[high2 + x] ?? 0) - (sums[low2 + x] ?? 0));
      const fourth = weight3 * ((sums[high3 + x] ?? 0) - (sums[low3 + x] ?? 0));
      row[x] = (row[x] ?? 0) + first + second + third + fourth;
    }
  }
}

/** Three rows at a time: a blurred sample has 16 bits, their running sums 18 and 32 more, of 53. */
function blurRows(
  data: Uint8Array,
  width: number,
  height: number,
  radius: number,
  boxes: Boxes,
): Uint16Array {
  const mirrored = mirror(width, radius);
  const sums = new Float64Array(mirrored.length + 1);
  const blurred = new Uint16Array(width * height);
  const row = new Float64Array(width);
  for (let y = 0; y < height; y += 3) {
    const first = y * width;
    // Behind the last row it stands again.
    const second = Math.min(y + 1, height - 1) * width;
    const third = Math.min(y + 2, height - 1) * width;
    for (let i = 0, sum = 0; i < mirrored.length; i += 1) {
      const x = mirrored[i] ?? 0;
      const upper = (data[first + x] ?? 0) + ((data[second + x] ?? 0) << 16);
      sum += upper + (data[third + x] ?? 0) * 2 ** 32;
      sums[i + 1] = sum;
    }
    row.fill(0);
    addBoxes(row, sums, radius, 1, boxes);
    for (let x = 0; x < width; x += 1) {
      const all = row[x] ?? 0;
      const last = Math.trunc(all * 2 ** -32);
      const upper = (all - last * 2 ** 32) >>> 0;
      blurred[third + x] = last;
      blurred[second + x] = upper >>> 16;
      blurred[first + x] = upper & 0xffff;
    }
  }
  return blurred;
}

/** Two columns at a time, the second half of the row on top of the first: a blurred sample has 24 bits. */
function blurColumns(
  data: Uint16Array,
  width: number,
  height: number,
  radius: number,
  boxes: Boxes,
): Uint8Array {
  const half = Math.ceil(width / 2);
  const sums = columnSums(data, width, height, radius);
  const blurred = new Uint8Array(width * height);
  const row = new Float64Array(half);
  for (let y = 0; y < height; y += 1) {
    row.fill(0x8000 * (2 ** 24 + 1));
    addBoxes(row, sums, (y + radius) * half, half, boxes);
    const start = y * width;
    for (let x = 0; x < half; x += 1) {
      const both = row[x] ?? 0;
      const right = Math.trunc(both * 2 ** -24);
      if (x + half < width) blurred[start + half + x] = right >> 16;
      blurred[start + x] = (both - right * 2 ** 24) >> 16;
    }
  }
  return blurred;
}

/**
 * Running sums down the columns of the mirrored image, two columns in a number; row 0 is zero. At most
 * 65,280 * 1,090, 27 bits, and 24 more.
 */
function columnSums(data: Uint16Array, width: number, height: number, radius: number): Float64Array {
  const half = Math.ceil(width / 2);
  const mirrored = mirror(height, radius);
  const sums = new Float64Array((mirrored.length + 1) * half);
  for (let y = 0; y < mirrored.length; y += 1) {
    const from = (mirrored[y] ?? 0) * width;
    const before = y * half;
    for (let x = 0; x < half; x += 1) {
      const right = x + half < width ? (data[from + half + x] ?? 0) : 0;
      sums[before + half + x] = (sums[before + x] ?? 0) + (data[from + x] ?? 0) + right * 2 ** 24;
    }
  }
  return sums;
}

/**
 * Which of `length` samples stands at -radius .. length-1+radius: mirrored at both ends, as often as it
 * takes.
 */
function mirror(length: number, radius: number): Int32Array {
  const period = Math.max(2 * (length - 1), 1);
  return Int32Array.from({ length: length + 2 * radius }, (_, i) => {
    const phase = (((i - radius) % period) + period) % period;
    return phase < length ? phase : period - phase;
  });
}
