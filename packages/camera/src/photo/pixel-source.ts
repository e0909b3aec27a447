import type { DecodedImage } from '@buergerkoffer/formats';

/** A rectangle of whole pixels, from the top left corner of the stored picture. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A stored picture whose pixels are made when they are asked for. */
export interface PixelSource {
  /** All pixels. */
  whole(): DecodedImage;
  /** Those of `area`, which lies within the picture: the same as {@link whole} has there. */
  part(area: PixelArea): DecodedImage;
  /** The whole picture at so many eighths of its size; last pixels that are not whole are left out. */
  reduced(eighths: 1 | 2 | 3 | 4): DecodedImage;
}
