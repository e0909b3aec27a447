import { InputError, type JpegInfo } from '@buergerkoffer/formats';

/** How much a photo may ask of the machine before it is refused. */
export interface PhotoLimits {
  /** Length of the file in bytes; default 64 MiB. */
  readonly maxBytes?: number;
  /** Pixels in millions; default 64, which holds the cameras and phones of 45 to 61 megapixels. */
  readonly maxMegapixels?: number;
  /** Memory for decoding a JPEG without WebAssembly in MiB; default 640. */
  readonly maxMemoryMiB?: number;
}

/** The limits that hold where nothing else is said. */
export const DEFAULT_LIMITS: Required<PhotoLimits> = {
  maxBytes: 64 * 1024 * 1024,
  maxMegapixels: 64,
  maxMemoryMiB: 640,
};

/**
 * Each scan costs a pass over all pixels, however few bytes it has: cameras write 1, progressive files about 10. So
 * many passes are made, in scans times megapixels.
 */
const MAX_SCANS = 32;
const MAX_SCANNED_MEGAPIXELS = 512;

/** Refuses a file longer than the limits allow: `InputError('too-large')`. */
export function checkLength(bytes: Uint8Array, limits: PhotoLimits): void {
  const maxBytes = limits.maxBytes ?? DEFAULT_LIMITS.maxBytes;
  if (bytes.length > maxBytes)
    throw new InputError('too-large', `the photo has ${bytes.length} bytes, ${maxBytes} are allowed`);
}

/**
 * Refuses a JPEG that is no photo of 8-bit grey or colour (`unsupported`) or asks too much (`too-large`), from its
 * headers alone.
 */
export function checkJpeg(info: JpegInfo, bytes: Uint8Array, limits: PhotoLimits): void {
  const maxMegapixels = limits.maxMegapixels ?? DEFAULT_LIMITS.maxMegapixels;
  const megapixels = (info.width * info.height) / 1_000_000;
  if (megapixels > maxMegapixels)
    throw new InputError(
      'too-large',
      `the photo has ${megapixels.toFixed(1)} megapixels, ${maxMegapixels} are allowed`,
    );
  if (info.precision !== 8 || (info.components !== 1 && info.components !== 3))
    throw new InputError(
      'unsupported',
      `the JPEG has ${info.components} components of ${info.precision} bits; 1 or 3 of 8 bits are read`,
      { remedy: 'save the photo as RGB with 8 bits per channel' },
    );
  const scans = countScans(bytes.subarray(0, info.byteLength));
  if (scans > MAX_SCANS || scans * megapixels > MAX_SCANNED_MEGAPIXELS)
    throw new InputError('too-large', `the JPEG has ${scans} scans of ${megapixels.toFixed(1)} megapixels`, {
      remedy: 'save the photo again as a baseline JPEG',
    });
}

/** How often FF DA stands in the bytes: at least the number of scans. */
function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) scans++;
  }
  return scans;
}
