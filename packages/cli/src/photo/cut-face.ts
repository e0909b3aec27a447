import type { Readable } from 'node:stream';
import {
  correctCrop,
  cutPhoto,
  findCrop,
  photoTemplate,
  type CropRefusal,
  type CroppedPhoto,
  type FacePoints,
  type ManualCrop,
  type PhotoPixels,
  type TemplateName,
} from '@buergerkoffer/camera/photo';
import { faceOnPhoto } from './face-on-photo.js';
import { openPhoto } from './open-photo.js';

/** How a photo is cut. */
export interface CutOptions {
  readonly points?: string;
  readonly template: TemplateName;
  readonly region?: NonNullable<ManualCrop['region']>;
  readonly rotate?: number;
}

/** A photo with the picture that was cut out of it, or why none was. */
export interface CutFace {
  readonly pixels: PhotoPixels;
  /** On the upright photo; absent where no face was found. */
  readonly points?: FacePoints;
  readonly cut:
    | { readonly type: 'cut'; readonly cropped: CroppedPhoto }
    | { readonly type: 'refused'; readonly refusal: CropRefusal };
}

/** Reads a photo, finds its face and cuts the picture out; what a person chose by hand goes before what was found. */
export async function cutFace(
  file: string,
  options: CutOptions,
  input: Readable | undefined,
): Promise<CutFace> {
  const pixels = await openPhoto(file, input);
  const face = await faceOnPhoto(pixels, options.points, input);
  if (face.type === 'refused') return { pixels, cut: face };
  const { points } = face;
  const verdict = findCrop(pixels, points, photoTemplate(options.template));
  const manual = manualOf(options);
  if (verdict.type === 'refused' && manual.region === undefined) return { pixels, points, cut: verdict };
  const found =
    verdict.type === 'fits' ? verdict.frame : { centre: { x: 0, y: 0 }, heightPx: 0, turnedDeg: 0 };
  return {
    pixels,
    points,
    cut: { type: 'cut', cropped: cutPhoto(pixels, correctCrop(found, manual), points) },
  };
}

function manualOf({ region, rotate }: CutOptions): ManualCrop {
  return {
    ...(region === undefined ? {} : { region }),
    ...(rotate === undefined ? {} : { angleDeg: rotate }),
  };
}
