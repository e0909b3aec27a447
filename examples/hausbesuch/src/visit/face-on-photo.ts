import { drawnFacePoints, drawnPerson } from '@buergerkoffer/camera/simulator';
import type { FaceBox, LocatedFace } from '@buergerkoffer/camera/landmarks';
import { openFaceLocator } from '@buergerkoffer/camera/landmarks/node';
import {
  asRgb,
  reducedUpright,
  scaledPoints,
  type FacePoints,
  type PhotoPixels,
} from '@buergerkoffer/camera/photo';
import { SITTER, type SuitcaseOptions } from '../suitcase.js';

/** Longer side of the picture in which the face is looked for, in pixels. */
const SEARCH_PX = 1024;

/** The face on a photo, in pixels of the upright photo. */
export interface PlacedFace {
  readonly points: FacePoints;
  /** Where the head looks; absent when a person placed the points. */
  readonly pose?: LocatedFace['pose'];
  /** Sizes of all faces that were found; absent when a person placed the points. */
  readonly facesFound?: readonly Pick<FaceBox, 'width' | 'height'>[];
}

/** Places the points of the face; undefined where there is none. */
export type PlaceFace = (pixels: PhotoPixels) => Promise<PlacedFace | undefined>;

/**
 * Who knows where the face is: of the drawn person the clerk places the points, who are where they were drawn; on a photo that was
 * given the face locator looks for them. It fails with `DeviceError('unsupported')` where that is not installed.
 */
export function faceOn({ seed, photo }: Pick<SuitcaseOptions, 'seed' | 'photo'>): PlaceFace {
  if (photo !== undefined) return locateFace;
  const points = drawnFacePoints({ ...drawnPerson(seed), ...SITTER });
  return () => Promise.resolve({ points });
}

async function locateFace(pixels: PhotoPixels): Promise<PlacedFace | undefined> {
  const locator = await openFaceLocator();
  try {
    const { image, scale } = reducedUpright(pixels, SEARCH_PX);
    const faces = await locator.locate(asRgb(image));
    const [largest] = faces;
    if (largest === undefined) return undefined;
    const { points, pose } = largest;
    return { points: scaledPoints(points, scale), pose, facesFound: faces.map(({ box }) => box) };
  } finally {
    await locator.close();
  }
}
