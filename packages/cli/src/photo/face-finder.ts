import { openFaceLocator } from '@buergerkoffer/camera/landmarks/node';
import type { FaceLocator, LocatedFace } from '@buergerkoffer/camera/landmarks';
import {
  asRgb,
  reducedUpright,
  scaledPoints,
  type PhotoPixels,
  type Point,
} from '@buergerkoffer/camera/photo';

/** Longer side of the picture in which faces are looked for, in pixels: more does not place the points better. */
const SEARCH_PX = 2048;

/** Finds faces on photos; the networks are loaded for the first photo that needs them. */
export class FaceFinder {
  #locator: Promise<FaceLocator> | undefined;

  /** The faces on a photo, the largest first, in pixels of the upright photo. */
  async find(pixels: PhotoPixels): Promise<readonly LocatedFace[]> {
    this.#locator ??= openFaceLocator();
    const locator = await this.#locator;
    const { image, scale } = reducedUpright(pixels, SEARCH_PX);
    const faces = await locator.locate(asRgb(image));
    return faces.map((face) => enlarged(face, scale));
  }

  /** Frees the networks, where they were loaded. */
  async close(): Promise<void> {
    const locator = await this.#locator?.catch(() => undefined);
    await locator?.close();
  }
}

function enlarged(face: LocatedFace, scale: number): LocatedFace {
  const { x, y, width, height } = face.box;
  return {
    ...face,
    box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
    points: scaledPoints(face.points, scale),
    outline: face.outline.map((point): Point => ({ x: point.x * scale, y: point.y * scale })),
  };
}
