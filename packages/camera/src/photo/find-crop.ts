import { CROP_ASPECT, CROP_SIZE, overhang, type CropFrame } from './crop-frame.js';
import type { CropAdvice, CropRefusal, CropVerdict, PhotoSide } from './crop-verdict.js';
import { faceGeometry, pointsOutside, type FaceGeometry } from './face-geometry.js';
import type { FacePoints } from './face-points.js';
import { finishedFrame } from './finished-photo.js';
import { limitsFor, type CropLimits, type SizeRange } from './crop-limits.js';
import { leastOutside, placeFrame, type Placement } from './place-frame.js';
import { photoTemplate, type PhotoTemplate } from './template.js';

/** Size of the upright photo, in pixels. */
export interface PhotoSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Sizes of the cut that are tried between the smallest and the largest that the criteria admit. */
const SIZES = 97;

/** What adding up numbers may be off by, in pixels. */
const ROUNDING = 1e-6;

/** A photo that is turned further than this lies on its side. */
const TURNED_DEG = 45;

/**
 * The best cut for the face whose points lie on the upright photo: turned so that the eyes are level, sized and
 * placed as near to the template as the photo allows, inside the criteria 1.3 and 5.1 to 5.7, never larger than its
 * pixels and never beyond the photo (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1). A photo that is finished is taken whole. What
 * is refused says what is missing.
 */
export function findCrop(
  photo: PhotoSize,
  points: FacePoints,
  template: PhotoTemplate = photoTemplate('adult'),
): CropVerdict {
  const face = faceGeometry(points);
  if (Math.abs(face.rollDeg) > TURNED_DEG)
    return refused({ reason: 'turned', quarterTurns: quarterTurns(face) });
  const outside = pointsOutside(points, photo.widthPx, photo.heightPx);
  if (outside.length > 0) return refused({ reason: 'face-cut-off', points: outside });
  const finished = finishedFrame(photo, points);
  if (finished !== undefined) return { type: 'fits', frame: finished };
  // Away from the edges of what is allowed first: points are never exact.
  for (const margin of ['comfortable', 'exact'] as const) {
    const limits = limitsFor(face, points, margin);
    const best = bestFrame(photo, face, limits, template);
    if (best !== undefined) return { type: 'fits', frame: best };
  }
  return refused(refusalOf(photo, face, limitsFor(face, points, 'exact')));
}

function bestFrame(
  photo: PhotoSize,
  face: FaceGeometry,
  limits: CropLimits,
  template: PhotoTemplate,
): CropFrame | undefined {
  const sizes: SizeRange = {
    smallest: Math.max(CROP_SIZE.heightPx, limits.height.smallest),
    largest: limits.height.largest,
  };
  if (sizes.smallest > sizes.largest) return undefined;
  const wanted = Math.min(
    sizes.largest,
    Math.max(sizes.smallest, face.headHeightPx / template.target.headHeight),
  );
  const tried = Array.from(
    { length: SIZES },
    (_, step) => sizes.smallest * (sizes.largest / sizes.smallest) ** (step / (SIZES - 1)),
  );
  let best: (Placement & { readonly cost: number }) | undefined;
  for (const heightPx of [wanted, ...tried]) {
    const placement = placeFrame(photo, face, heightPx, limits, template);
    if (placement === undefined) continue;
    // A head 10 % off in size weighs as much as one that lies 10 % of the picture off its place.
    const cost = Math.log(heightPx / wanted) ** 2 + placement.distance ** 2;
    if (best === undefined || cost < best.cost) best = { ...placement, cost };
  }
  return best?.frame;
}

function refusalOf(photo: PhotoSize, face: FaceGeometry, limits: CropLimits): CropRefusal {
  const { smallest, largest } = limits.height;
  if (smallest > largest) return { reason: 'proportions' };
  const availableHeightPx = Math.floor(Math.min(largest, largestWithin(photo, face.rollDeg)));
  if (availableHeightPx < CROP_SIZE.heightPx) {
    return {
      reason: 'upscaling',
      availableHeightPx,
      missingHeightPx: CROP_SIZE.heightPx - availableHeightPx,
      missingWidthPx: CROP_SIZE.widthPx - Math.floor(availableHeightPx * CROP_ASPECT),
      missingEyeDistancePx: Math.max(0, Math.ceil(limits.eyeDistancePx - face.eyeDistancePx - ROUNDING)),
      advice: adviceFor(photo, face.rollDeg),
    };
  }
  const heightPx = Math.max(CROP_SIZE.heightPx, smallest);
  const least = leastOutside(photo, face, heightPx, limits);
  return least === undefined
    ? { reason: 'proportions' }
    : { reason: 'outside-photo', missingPx: missing(least, photo) };
}

function missing(frame: CropFrame, photo: PhotoSize): Partial<Record<PhotoSide, number>> {
  const { left, top, right, bottom } = overhang(frame, photo);
  return {
    ...(left > 0 ? { left: Math.ceil(left) } : {}),
    ...(top > 0 ? { top: Math.ceil(top) } : {}),
    ...(right > 0 ? { right: Math.ceil(right) } : {}),
    ...(bottom > 0 ? { bottom: Math.ceil(bottom) } : {}),
  };
}

/** Height of the largest turned cut that a photo holds. */
function largestWithin({ widthPx, heightPx }: PhotoSize, turnedDeg: number): number {
  const radians = (Math.abs(turnedDeg) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return Math.min(widthPx / (CROP_ASPECT * cos + sin), heightPx / (cos + CROP_ASPECT * sin));
}

/** Going nearer helps where the sensor has pixels enough; turning the camera where it is only too low. */
function adviceFor(photo: PhotoSize, rollDeg: number): readonly CropAdvice[] {
  const upright = largestWithin(photo, rollDeg);
  const turned = largestWithin({ widthPx: photo.heightPx, heightPx: photo.widthPx }, rollDeg);
  if (upright >= CROP_SIZE.heightPx) return ['nearer'];
  if (turned >= CROP_SIZE.heightPx) return ['portrait-orientation'];
  return ['better-camera'];
}

function quarterTurns({ rollDeg }: FaceGeometry): 1 | 2 | 3 {
  if (Math.abs(rollDeg) > 180 - TURNED_DEG) return 2;
  return rollDeg > 0 ? 3 : 1;
}

function refused(refusal: CropRefusal): CropVerdict {
  return { type: 'refused', refusal };
}
