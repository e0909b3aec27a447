import { greyImage, type GreyImage } from '@buergerkoffer/formats';

/**
 * The image at half its width, height and resolution, as previews have it: each pixel the mean of four. `strength`
 * 0 to 1 is how much of it shows, from bare white to the image.
 */
export function previewImage(image: GreyImage, strength: number): GreyImage {
  const width = Math.max(image.width >> 1, 1);
  const height = Math.max(image.height >> 1, 1);
  const right = image.width > 1 ? 1 : 0;
  const below = image.height > 1 ? image.width : 0;
  const data = new Uint8Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += 1) {
      const i = 2 * row * image.width + 2 * column;
      const { data: from } = image;
      const sum =
        pixel(from, i) + pixel(from, i + right) + pixel(from, i + below) + pixel(from, i + right + below);
      data[at] = Math.round(255 - strength * (255 - sum / 4));
    }
  }
  const resolutionPpi = image.resolutionPpi === undefined ? undefined : image.resolutionPpi / 2;
  return greyImage({ width, height, data, resolutionPpi });
}

function pixel(data: Uint8Array, index: number): number {
  return data[index] ?? 255;
}
