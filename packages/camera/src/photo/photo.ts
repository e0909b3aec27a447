/** How the stored rows and columns are turned to stand upright: the values of EXIF tag 0x0112. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/**
 * A photo as the camera made it: its own bytes, never encoded again, so that there is one lossy compression only
 * (BSI TR-03121-3 Vol. 2 v6.0, 5.6.1).
 */
export interface Photo {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
  /** Width as stored, before `orientation`, in pixels. */
  readonly widthPx: number;
  /** Height as stored, before `orientation`, in pixels. */
  readonly heightPx: number;
  readonly orientation: Orientation;
  /** When it was taken, as the camera's clock has it: `2026-11-20T14:03:22`, without time zone. */
  readonly takenAt?: string;
}

/** Width and height of the photo as a person looks at it, in pixels: orientations 5 to 8 swap them. */
export function uprightSize(photo: Pick<Photo, 'widthPx' | 'heightPx' | 'orientation'>): {
  readonly widthPx: number;
  readonly heightPx: number;
} {
  const { widthPx, heightPx } = photo;
  return photo.orientation >= 5 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}
