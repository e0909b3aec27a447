import {
  assessPhoto,
  CROP_SIZE,
  DOCUMENT_SIZE,
  uprightImage,
  type CropFrame,
  type CropRefusal,
  type PhotoAssessment,
  type PhotoOrigin,
} from '@buergerkoffer/camera/photo';
import type { CutFace } from './cut-face.js';

/** What the criteria say about a photo. */
export interface Judgement {
  /** Which picture was judged: the one that was cut out, or the whole file. */
  readonly picture: 'crop' | 'file';
  readonly frame?: CropFrame;
  /** Why no picture can be cut out of a file that is none yet. */
  readonly refusal?: CropRefusal;
  readonly total: PhotoAssessment['total'];
  readonly assessment: PhotoAssessment;
}

/** Judges the picture that was cut out, a file that is one already, or as much as can be said of one that was refused. */
export function judgePhoto({ pixels, points, cut }: CutFace, origin: PhotoOrigin): Judgement {
  const size = origin === 'scan' ? DOCUMENT_SIZE : CROP_SIZE;
  const isFinished = pixels.widthPx === size.widthPx && pixels.heightPx === size.heightPx;
  const onFile = points === undefined ? { origin } : { origin, points };
  if (isFinished && (cut.type === 'cut' || points !== undefined)) {
    const assessment = assessPhoto(uprightImage(pixels), onFile);
    return { picture: 'file', total: assessment.total, assessment };
  }
  if (cut.type === 'refused') {
    // How sharp the picture would be depends on how it is cut.
    const measured = { '7.2': { needs: ['a picture that was cut out'] } };
    const assessment = assessPhoto(uprightImage(pixels), { ...onFile, measured });
    return { picture: 'file', refusal: cut.refusal, total: 'nok', assessment };
  }
  const { image, frame, points: onCrop } = cut.cropped;
  const assessment = assessPhoto(image, onCrop === undefined ? { origin } : { origin, points: onCrop });
  return { picture: 'crop', frame, total: assessment.total, assessment };
}
