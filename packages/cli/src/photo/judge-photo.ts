import {
  assessPhoto,
  CROP_SIZE,
  DOCUMENT_SIZE,
  uprightImage,
  type CropFrame,
  type CropRefusal,
  type PhotoAssessment,
  type PhotoOrigin,
  type UnknownColours,
} from '@buergerkoffer/camera/photo';
import { scalarOf } from '@buergerkoffer/camera/quality';
import type { CutFace } from './cut-face.js';

/** What the criteria say about a photo. */
export interface Judgement {
  /** Which picture was judged: the one that was cut out, or the whole file. */
  readonly picture: 'crop' | 'file';
  readonly frame?: CropFrame;
  /** Why no picture can be cut out of a file that is none yet. */
  readonly refusal?: CropRefusal;
  /** Why the colours were left as they are; absent where they are sRGB. */
  readonly unknownColours?: UnknownColours;
  readonly total: PhotoAssessment['total'];
  readonly assessment: PhotoAssessment;
}

/**
 * Judges the picture that was cut out, a file that is one already, or as much as can be said of one that was refused.
 */
export function judgePhoto({ pixels, face, cut }: CutFace, origin: PhotoOrigin): Judgement {
  const { colours } = pixels;
  const unknown = colours.type === 'unknown' ? { unknownColours: colours } : {};
  const size = origin === 'scan' ? DOCUMENT_SIZE : CROP_SIZE;
  const isFinished = pixels.widthPx === size.widthPx && pixels.heightPx === size.heightPx;
  if (isFinished && face !== undefined) {
    const assessment = assessPhoto(uprightImage(pixels), { origin, ...face, ...unknown });
    return { picture: 'file', ...unknown, total: assessment.total, assessment };
  }
  if (cut.type === 'refused') {
    const { refusal } = cut;
    const measured = {
      // How sharp the picture would be depends on how it is cut.
      '7.2': { needs: ['a picture that was cut out'] },
      ...(refusal.reason === 'several-faces'
        ? { '4.3': { value: scalarOf('SingleFacePresent', refusal.secondToFirst) } }
        : {}),
    };
    const assessment = assessPhoto(uprightImage(pixels), { origin, ...face, ...unknown, measured });
    return { picture: 'file', ...unknown, refusal, total: 'nok', assessment };
  }
  const { cropped, known } = cut;
  const assessment = assessPhoto(cropped.image, { origin, ...known });
  return { picture: 'crop', ...unknown, frame: cropped.frame, total: assessment.total, assessment };
}
