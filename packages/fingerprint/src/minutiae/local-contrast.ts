import type { WorkingImage } from './working-image.js';

/** Reach of the neighbourhood: two box filters of 2 x 8 + 1 pixels, about a Gaussian of sigma 7. */
const RADIUS = 8;

/** Contrast, in grey levels, below which noise is not raised to the height of ridges. */
const NOISE_FLOOR = 2;

/**
 * The image with mean 0 and standard deviation about 1 in each neighbourhood: press and moisture no longer
 * matter.
 */
export function evenContrast(image: WorkingImage): WorkingImage {
  const { width, height } = image;
  const grey = image.grey.slice();
  const mean = blurred(grey, width, height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = (grey[at] ?? 0) - (mean[at] ?? 0);
  const variance = blurred(
    grey.map((value) => value * value),
    width,
    height,
  );
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = (grey[at] ?? 0) / (Math.sqrt(Math.max(variance[at] ?? 0, 0)) + NOISE_FLOOR);
  }
  return { ...image, grey };
}

function blurred(plane: Float32Array, width: number, height: number): Float32Array {
  return boxBlur(boxBlur(plane, width, height, RADIUS), width, height, RADIUS);
}

/** Mean of the (2 radius + 1)^2 pixels around each one that lie inside the plane. */
export function boxBlur(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(plane.length);
  for (let row = 0; row < height; row += 1) {
    const line = row * width;
    let sum = 0;
    let count = 0;
    for (let ahead = 0; ahead < width + radius; ahead += 1) {
      if (ahead < width) {
        sum += plane[line + ahead] ?? 0;
        count += 1;
      }
      if (ahead > 2 * radius) {
        sum -= plane[line + ahead - 2 * radius - 1] ?? 0;
        count -= 1;
      }
      if (ahead >= radius) across[line + ahead - radius] = sum / count;
    }
  }
  const result = new Float32Array(plane.length);
  const sums = new Float64Array(width);
  let count = 0;
  for (let ahead = 0; ahead < height + radius; ahead += 1) {
    const entering = ahead < height;
    const leaving = ahead > 2 * radius;
    count += (entering ? 1 : 0) - (leaving ? 1 : 0);
    const into = ahead * width;
    const out = (ahead - 2 * radius - 1) * width;
    const at = (ahead - radius) * width;
    for (let column = 0; column < width; column += 1) {
      let sum = sums[column] ?? 0;
      if (entering) sum += across[into + column] ?? 0;
      if (leaving) sum -= across[out + column] ?? 0;
      sums[column] = sum;
      if (ahead >= radius) result[at + column] = sum / count;
    }
  }
  return result;
}
