import type { Point } from './face-points.js';
import type { Orientation } from './photo.js';

/**
 * One thing that was done to a photo. There are no others: nothing is retouched, filled up, sharpened or coloured.
 */
export type ImageOperation =
  /** The stored rows and columns were turned as the camera said (EXIF tag 0112). */
  | { readonly operation: 'orient'; readonly orientation: Orientation }
  /** The picture was turned clockwise by 0 to 360 degrees about the middle of the cut, so that the eyes are level. */
  | { readonly operation: 'rotate'; readonly clockwiseDeg: number }
  /** A rectangle around `centre` was kept, in pixels of the upright photo before it was turned. */
  | {
      readonly operation: 'crop';
      readonly centre: Point;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  /** It was made smaller, in the same resampling as the turn; `factor` is at most 1. */
  | {
      readonly operation: 'scale';
      readonly factor: number;
      readonly filter: 'lanczos-3';
      readonly widthPx: number;
      readonly heightPx: number;
    }
  /** The values became those that show the same colours in sRGB; `from` is what the file calls its own. */
  | {
      readonly operation: 'convert-colours';
      readonly from: string;
      readonly to: 'sRGB';
      readonly intent: 'relative-colorimetric';
    }
  | {
      readonly operation: 'encode';
      readonly format: 'jpeg' | 'jpeg2000';
      /** Bytes of the file. */
      readonly bytes: number;
      readonly setting: string;
    };
