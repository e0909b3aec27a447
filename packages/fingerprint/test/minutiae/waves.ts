import { greyImage, type GreyImage } from '@buergerkoffer/formats';

/** Ridges 9 pixels apart that run from left to right, with one minutia in them: a vortex of their phase. */
export interface DrawnMinutia {
  readonly x: number;
  readonly y: number;
  /** Where one ridge more lies, counter-clockwise from the x axis. */
  readonly angle: number;
  /** Dark or bright beyond the minutia: whether the ridge that comes or the valley that comes ends in it. */
  readonly type: 'ending' | 'bifurcation';
}

/** An image of ridges in direction `angle` around one minutia, whose place and type are known exactly. */
export function drawnMinutia(minutia: DrawnMinutia, width = 240, height = 240): GreyImage {
  const cos = Math.cos(minutia.angle);
  const sin = -Math.sin(minutia.angle);
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const x = (at % width) - minutia.x;
    const y = Math.floor(at / width) - minutia.y;
    const along = cos * x + sin * y;
    const across = cos * y - sin * x;
    // Ahead, where atan2 is 0, lies a ridge of an ending (dark) or the valley of a fork (bright).
    const phase = (2 * Math.PI * across) / 9 + Math.atan2(across, along);
    return Math.round(128 - (minutia.type === 'ending' ? 100 : -100) * Math.cos(phase));
  });
  return greyImage({ width, height, data, resolutionPpi: 500 });
}

/** The image turned by 90 degrees counter-clockwise. */
export function turned({ width, height, data, resolutionPpi }: GreyImage): GreyImage {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) result[(width - 1 - x) * height + y] = data[y * width + x] ?? 0;
  }
  return greyImage({ width: height, height: width, data: result, resolutionPpi });
}

/** The part of the image that begins at (left, top). */
export function part(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (top + row) * image.width + left;
    data.set(image.data.subarray(from, from + width), row * width);
  }
  return greyImage({ width, height, data, resolutionPpi: image.resolutionPpi });
}
