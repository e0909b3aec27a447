/** Whether a back side is mirrored across the feed, and along it. */
export interface BackTransform {
  readonly crossFeedTransform: 1 | -1;
  readonly feedTransform: 1 | -1;
}

const AS_IT_IS: BackTransform = { crossFeedTransform: 1, feedTransform: 1 };
const TURNED: BackTransform = { crossFeedTransform: -1, feedTransform: -1 };

/**
 * How the back of a sheet is sent to a printer with this `pwg-raster-document-sheet-back`, bound at the long edge or (`tumble`) at the
 * short one (PWG 5102.4, 4.3.2.4).
 */
export function backTransform(sheetBack: string, tumble: boolean): BackTransform {
  switch (sheetBack) {
    case 'flipped':
      return tumble
        ? { crossFeedTransform: -1, feedTransform: 1 }
        : { crossFeedTransform: 1, feedTransform: -1 };
    case 'rotated':
      return tumble ? AS_IT_IS : TURNED;
    case 'manual-tumble':
      return tumble ? TURNED : AS_IT_IS;
    default:
      return AS_IT_IS;
  }
}
