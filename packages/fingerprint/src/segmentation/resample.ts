import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';

/** Gaussian before every second pixel is taken: standard deviation and reach, in pixels (NISTIR 7839). */
const SIGMA = 0.8475;
const REACH = 4;
/** Scanners keep their resolution within 1 % (BSI TR-03121-3 Vol. 2, 5.1.5). */
const TOLERANCE = 0.01;

/**
 * The print at 500 ppi, which NFIQ 2 asks for: an image of 1000 ppi is smoothed by a Gaussian and every second row and
 * column kept, the method that NIST SP 500-289 recommends (BSI TR-03121-3, 5.4.5, leaves it open). One of 500 ppi, or
 * that does not say, is returned as it is; another resolution is `InputError('unsupported')`.
 */
export function resampledTo500(image: GreyImage): GreyImage {
  const ppi = image.resolutionPpi ?? 500;
  if (Math.abs(ppi - 500) <= 500 * TOLERANCE) return image;
  if (Math.abs(ppi - 1000) <= 1000 * TOLERANCE) return halved(image, ppi / 2);
  throw new InputError('unsupported', `images of 500 or 1000 ppi can be brought to 500 ppi, not ${ppi}`, {
    path: 'resolutionPpi',
  });
}

function halved(image: GreyImage, resolutionPpi: number): GreyImage {
  const width = (image.width + 1) >> 1;
  const height = (image.height + 1) >> 1;
  const taps = gaussian();
  const across = new Float32Array(width * image.height);
  for (let row = 0; row < image.height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let i = -REACH; i <= REACH; i += 1) {
        const x = Math.min(Math.max(2 * column + i, 0), image.width - 1);
        sum += (taps[i + REACH] ?? 0) * (image.data[row * image.width + x] ?? 0);
      }
      across[row * width + column] = sum;
    }
  }
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let i = -REACH; i <= REACH; i += 1) {
        const y = Math.min(Math.max(2 * row + i, 0), image.height - 1);
        sum += (taps[i + REACH] ?? 0) * (across[y * width + column] ?? 0);
      }
      data[row * width + column] = Math.round(sum);
    }
  }
  return greyImage({ width, height, data, resolutionPpi });
}

function gaussian(): readonly number[] {
  const taps = Array.from({ length: 2 * REACH + 1 }, (_, i) =>
    Math.exp(-((i - REACH) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}
