import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';

/**
 * The print in the middle of a white image of at least `width` times `height` pixels, which is the one way to make a
 * print larger (BSI TR-03121-3, 5.3.3: never scaled up); an odd pixel goes to the right and below. A side that is not a
 * whole number of 1 to 65,535 pixels is `InputError('out-of-range')`.
 */
export function paddedEvenly(image: GreyImage, width: number, height: number): GreyImage {
  for (const [path, side] of Object.entries({ width, height })) {
    if (Number.isInteger(side) && side >= 1 && side <= 65_535) continue;
    throw new InputError('out-of-range', `${path} is not a whole number of 1 to 65,535 pixels`, { path });
  }
  const whole = { width: Math.max(width, image.width), height: Math.max(height, image.height) };
  const data = new Uint8Array(whole.width * whole.height).fill(255);
  const left = (whole.width - image.width) >> 1;
  const top = (whole.height - image.height) >> 1;
  for (let row = 0; row < image.height; row += 1) {
    const from = row * image.width;
    data.set(image.data.subarray(from, from + image.width), (top + row) * whole.width + left);
  }
  return greyImage({ ...whole, data, resolutionPpi: image.resolutionPpi });
}
