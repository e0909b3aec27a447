import type { Photo } from '@buergerkoffer/camera';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import {
  assessPhoto,
  CROP_SIZE,
  cutPhoto,
  decodePhoto,
  findCrop,
  refusalTextDe,
  registerPhoto,
  type CroppedPhoto,
  type PhotoAssessment,
} from '@buergerkoffer/camera/photo';
import { DeviceError } from '@buergerkoffer/core';
import type { Quality } from '@buergerkoffer/procedures/model';
import { notAssessed } from './artefacts.js';
import type { PlaceFace } from './face-on-photo.js';

/** A photo for the record, and what was found out about it. */
export interface JudgedPhoto {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Size as a person looks at it, in pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly quality: Quality;
}

const TOO_SMALL = 'nicht geprüft: das Foto hat weniger als 1244 x 1600 Bildpunkte';
const NO_FACE = 'nicht geprüft: auf dem Foto wurde kein Gesicht gefunden';
const NO_LOCATOR = 'nicht geprüft: die Gesichtserkennung ist nicht installiert';

/**
 * Cuts the ID photo out of what the camera took and judges it (BSI TR-03121-3 Vol. 2 v6.0, 5.3 and 5.4). A photo that is one
 * already keeps its bytes: there is one lossy compression only. Where none can be cut, the photo stays as it is, with the reason.
 */
export async function judgePhoto(photo: Photo, placeFace: PlaceFace): Promise<JudgedPhoto> {
  const codecs = loadCodecs();
  const { pixels } = await decodePhoto(photo.bytes, codecs.jpeg);
  const { widthPx, heightPx } = pixels;
  const asTaken = (reason: string): JudgedPhoto => ({
    ...{ mediaType: photo.mediaType, bytes: photo.bytes, widthPx, heightPx },
    quality: notAssessed(reason),
  });
  if (widthPx < CROP_SIZE.widthPx || heightPx < CROP_SIZE.heightPx) return asTaken(TOO_SMALL);
  const face = await placeFace(pixels).catch((error: unknown) => {
    if (error instanceof DeviceError && error.code === 'unsupported') return NO_LOCATOR;
    throw error;
  });
  if (face === undefined) return asTaken(NO_FACE);
  if (typeof face === 'string') return asTaken(face);
  const { points, pose, facesFound } = face;
  const verdict = findCrop(pixels, points);
  if (verdict.type === 'refused') return asTaken(`nicht geprüft: ${refusalTextDe(verdict.refusal).message}`);
  const cropped = cutPhoto(pixels, verdict.frame, points);
  const known = {
    ...(cropped.points === undefined ? {} : { points: cropped.points }),
    ...(pose === undefined ? {} : { pose }),
    ...(facesFound === undefined ? {} : { facesFound }),
    ...(cropped.unknownColours === undefined ? {} : { unknownColours: cropped.unknownColours }),
  };
  const quality = qualityOf(assessPhoto(cropped.image, known));
  if (isAsTaken(cropped, photo)) {
    return { mediaType: photo.mediaType, bytes: photo.bytes, widthPx, heightPx, quality };
  }
  const file = await registerPhoto(cropped, codecs);
  return { ...file, quality };
}

/** Nothing was turned, cut away, made smaller or converted, and the file is what a register takes. */
function isAsTaken({ operations }: CroppedPhoto, photo: Photo): boolean {
  return operations.length === 0 && photo.mediaType === 'image/jpeg';
}

/** How many of the mandatory criteria are met, of how many. */
function qualityOf({ algorithm, version, criteria, total }: PhotoAssessment): Quality {
  const mandatory = criteria.filter(({ isMandatory }) => isMandatory);
  const open = mandatory.filter(({ verdict }) => verdict === 'not-assessed').map(({ id }) => id);
  if (total === 'not-assessed') return notAssessed(`nicht geprüft: Kriterien ${open.join(', ')}`);
  return {
    assessment: 'assessed',
    ...{ algorithm, version },
    value: mandatory.filter(({ verdict }) => verdict === 'ok').length,
    threshold: mandatory.length,
    verdict: total === 'ok' ? 'good' : 'poor',
  };
}
