import { rgbImage, type DecodedImage, type RgbImage } from '@buergerkoffer/formats';

/** The image with three channels; a colour image is returned as it is. */
export function asRgb(image: DecodedImage): RgbImage {
  if (image.channels === 3) return image;
  const { width, height, data: grey } = image;
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < grey.length; pixel += 1) data.fill(grey[pixel] ?? 0, 3 * pixel, 3 * pixel + 3);
  return rgbImage({ width, height, data });
}
