import type { Readable } from 'node:stream';
import {
  correctCrop,
  cutPhoto,
  findCrop,
  photoTemplate,
  placesOnCrop,
  type AssessmentInput,
  type CropFrame,
  type CropRefusal,
  type CroppedPhoto,
  type ManualCrop,
  type PhotoPixels,
  type TemplateName,
} from '@buergerkoffer/camera/photo';
import type { FaceFinder } from './face-finder.js';
import { faceOnPhoto, type KnownFace } from './face-on-photo.js';
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
  /** Absent where there is not one face. */
  readonly face?: KnownFace;
  readonly cut:
    | {
        readonly type: 'cut';
        readonly cropped: CroppedPhoto;
        /** What is known of the face on the picture. */
        readonly known: Pick<
          AssessmentInput,
          'points' | 'outline' | 'pose' | 'facesFound' | 'unknownColours'
        >;
      }
    | { readonly type: 'refused'; readonly refusal: CropRefusal };
}

/** Where a cut is turned and how large it is before a person says so. */
const NOWHERE: CropFrame = { centre: { x: 0, y: 0 }, heightPx: 0, turnedDeg: 0 };

/** Reads a photo, finds its face and cuts the picture out; what a person chose by hand goes before what was found. */
export async function cutFace(
  file: string,
  options: CutOptions,
  finder: FaceFinder,
  input: Readable | undefined,
): Promise<CutFace> {
  const pixels = await openPhoto(file, input);
  const found = await faceOnPhoto(pixels, options.points, finder, input);
  if (found.type === 'refused') return { pixels, cut: found };
  const { face } = found;
  const verdict = findCrop(pixels, face.points, photoTemplate(options.template));
  const manual = manualOf(options);
  if (verdict.type === 'refused' && manual.region === undefined) return { pixels, face, cut: verdict };
  const frame = correctCrop(verdict.type === 'fits' ? verdict.frame : NOWHERE, manual);
  const cropped = cutPhoto(pixels, frame, face.points);
  const known = {
    ...(cropped.points === undefined ? {} : { points: cropped.points }),
    ...(cropped.unknownColours === undefined ? {} : { unknownColours: cropped.unknownColours }),
    ...(face.outline === undefined ? {} : { outline: placesOnCrop(frame, face.outline) }),
    ...(face.pose === undefined ? {} : { pose: face.pose }),
    ...(face.facesFound === undefined ? {} : { facesFound: face.facesFound }),
  };
  return { pixels, face, cut: { type: 'cut', cropped, known } };
}

function manualOf({ region, rotate }: CutOptions): ManualCrop {
  return {
    ...(region === undefined ? {} : { region }),
    ...(rotate === undefined ? {} : { angleDeg: rotate }),
  };
}
