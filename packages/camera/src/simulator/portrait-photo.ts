import type { Photo } from '../photo/photo.js';
import { encodeJpeg } from '../photo/encode-jpeg.js';
import type { DrawnPerson } from '../synthesis/person.js';
import { drawPortrait } from '../synthesis/portrait.js';

/** Quality that leaves no visible artefact and a file below 600 kB. */
const QUALITY = 92;

/** A drawn ID photo of `person`: 1244 x 1600 JPEG, upright, without a time. */
export function portraitPhoto(person: DrawnPerson): Photo {
  const image = drawPortrait(person);
  return {
    mediaType: 'image/jpeg',
    bytes: encodeJpeg(image, QUALITY),
    widthPx: image.width,
    heightPx: image.height,
    orientation: 1,
  };
}
