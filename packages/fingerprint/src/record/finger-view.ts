/** One image of a record, and what the record says about it. */
export interface FingerView {
  /** Code of the finger: 0 unknown, 1 to 10 the fingers, above slaps and palms. */
  readonly position: number;
  /** Number of the image among those of the same finger. */
  readonly viewNumber: number;
  /** What was said about the quality of the image; empty where nothing was. */
  readonly qualities: readonly FingerQuality[];
  /** Code of the kind of impression: 0 live plain, 1 live rolled. */
  readonly impression: number;
  readonly width: number;
  readonly height: number;
  /** Bits per pixel. */
  readonly bitDepth: number;
  readonly compression: FingerCompression;
  /** Pixels per inch of the image, horizontally and vertically. */
  readonly imagePpi: readonly [horizontal: number, vertical: number];
  /** Pixels per inch with which it was captured. */
  readonly capturePpi: readonly [horizontal: number, vertical: number];
  readonly device: CaptureDevice;
  /** The image as it lies in the record, a view of its bytes. */
  readonly data: Uint8Array;
  /** Offset of `data` in the record. */
  readonly offset: number;
}

/** A statement about quality. In records of 2005 only the value is there. */
export interface FingerQuality {
  /** 0 to 100; 255 where it could not be computed. */
  readonly value: number;
  /** CBEFF id of the vendor of the algorithm; NIST's NFIQ 2 is 0x0101. */
  readonly vendor?: number;
  /** The vendor's id of the algorithm. */
  readonly algorithm?: number;
}

/** What is known of the device: of 2005 `id` and `acquisitionLevel`, of 2011 the others. */
export interface CaptureDevice {
  /** Vendor's id of the device (2005), or its type (2011). */
  readonly id: number;
  /** Image acquisition level (2005), such as 31 for 500 ppi and 41 for 1000 ppi. */
  readonly acquisitionLevel?: number;
  /** CBEFF id of the vendor (2011). */
  readonly vendor?: number;
  /** Code of the technology (2011). */
  readonly technology?: number;
}

/** How an image is packed. */
export type FingerCompression =
  'none' | 'bit-packed' | 'wsq' | 'jpeg' | 'jpeg-2000' | 'jpeg-2000-lossless' | 'png';
