/** Weights from the outermost tap to the middle one; both halves together sum to 256. */
export type HalfKernel = readonly number[];

/** OpenCV's 8-bit Gaussian kernels with 41 and 91 taps; a true Gaussian gives another grey in every fourth pixel. */
export const BLUR_41: HalfKernel = [
  0, 0, 1, 0, 1, 1, 2, 2, 3, 3, 5, 6, 8, 8, 11, 11, 13, 15, 15, 15, 16,
];
export const BLUR_91: HalfKernel = [
  0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 6, 6,
  6, 6, 7, 7, 7, 7, 7, 7, 8,
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

/** The kernel as a sum of boxes: of each, how far it reaches to both sides and its weight. */
interface Boxes {
  readonly reaches: Int32Array;
  readonly weights: Int32Array;
}

/** Few boxes, and a box costs one subtraction of running sums. */
function boxesOf(kernel: HalfKernel): Boxes {
  const steps = kernel
    .map((weight, i) => ({ reach: kernel.length - 1 - i, weight: weight - (kernel[i - 1] ?? 0) }))
    .filter(({ weight }) => weight !== 0);
  return {
    reaches: Int32Array.from(steps, ({ reach }) => reach),
    weights: Int32Array.from(steps, ({ weight }) => weight),
  };
}

function blurRows(data: Uint8Array, width: number, height: number, radius: number, boxes: Boxes): Uint16Array {
  const { reaches, weights } = boxes;
  const mirrored = mirror(width, radius);
  const sums = new Int32Array(mirrored.length + 1);
  const blurred = new Uint16Array(width * height);
  const row = new Int32Array(width);
  for (let y = 0, start = 0; y < height; y += 1, start += width) {
    for (let i = 0, sum = 0; i < mirrored.length; i += 1) {
      sum += data[start + (mirrored[i] ?? 0)] ?? 0;
      sums[i + 1] = sum;
    }
    row.fill(0);
    for (let box = 0; box < reaches.length; box += 1) {
      const weight = weights[box] ?? 0;
      const low = radius - (reaches[box] ?? 0);
      const high = radius + (reaches[box] ?? 0) + 1;
      for (let x = 0; x < width; x += 1) {
        row[x] = (row[x] ?? 0) + weight * ((sums[x + high] ?? 0) - (sums[x + low] ?? 0));
      }
    }
    blurred.set(row, start);
  }
  return blurred;
}

function blurColumns(
  data: Uint16Array,
  width: number,
  height: number,
  radius: number,
  { reaches, weights }: Boxes,
): Uint8Array {
  const sums = columnSums(data, width, height, radius);
  const blurred = new Uint8Array(width * height);
  const row = new Int32Array(width);
  for (let y = 0; y < height; y += 1) {
    row.fill(0x8000);
    for (let box = 0; box < reaches.length; box += 1) {
      const weight = weights[box] ?? 0;
      const low = (y + radius - (reaches[box] ?? 0)) * width;
      const high = (y + radius + (reaches[box] ?? 0) + 1) * width;
      for (let x = 0; x < width; x += 1) {
        row[x] = (row[x] ?? 0) + weight * ((sums[high + x] ?? 0) - (sums[low + x] ?? 0));
      }
    }
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) blurred[at] = (row[x] ?? 0) >> 16;
  }
  return blurred;
}

/** Running sums down the columns of the mirrored image; row 0 is zero. At most 65,280 * 1,090: 27 bits. */
function columnSums(data: Uint16Array, width: number, height: number, radius: number): Int32Array {
  const mirrored = mirror(height, radius);
  const sums = new Int32Array((mirrored.length + 1) * width);
  for (let y = 0; y < mirrored.length; y += 1) {
    const from = (mirrored[y] ?? 0) * width;
    const before = y * width;
    for (let x = 0; x < width; x += 1) {
      sums[before + width + x] = (sums[before + x] ?? 0) + (data[from + x] ?? 0);
    }
  }
  return sums;
}

/** Which of `length` samples stands at -radius .. length-1+radius: mirrored at both ends, as often as it takes. */
function mirror(length: number, radius: number): Int32Array {
  const period = Math.max(2 * (length - 1), 1);
  return Int32Array.from({ length: length + 2 * radius }, (_, i) => {
    const phase = (((i - radius) % period) + period) % period;
    return phase < length ? phase : period - phase;
  });
}
