import { InputError, type DecodedImage } from '@buergerkoffer/formats';
import type { Jpeg2000Codec } from './codecs.js';
import { paddedCodestream } from './codestream.js';
import type { CroppedPhoto } from './cut-photo.js';
import { JP2_OVERHEAD, writeJp2 } from './jp2.js';
import { DOCUMENT_SIZE, halved, halving, type PhotoFile } from './outputs.js';

/**
 * Bytes that a chip's JP2 may have: 17,408 with its ISO, ICAO and CBEFF headers, which are 88 without feature points,
 * and not more than 5 % less (BSI TR-03121-3 Vol. 2 v6.0, 5.6.2).
 */
export const CHIP_BYTES = { min: 16_450, max: 17_320 } as const;

/** Times that the image is encoded at most. */
const MAX_ENCODES = 2;

/** A picture as the document producer would put it on the chip, and how it came to its size. */
export interface ChipPhoto extends PhotoFile {
  readonly encodes: number;
  /** Bytes of comments that were put in because the picture does not need its bytes; 0 for photos. */
  readonly paddedBytes: number;
}

/**
 * A preview of the chip's picture: JPEG 2000 of 622 x 800 in a JP2 of 16,450 to 17,320 bytes. The coding proper is
 * the document producer's (COD-FI-CHIP).
 */
export async function chipPhoto(
  cropped: CroppedPhoto,
  { jpeg2000 }: { readonly jpeg2000: Jpeg2000Codec },
): Promise<ChipPhoto> {
  const coded = await encodeChip(halved(cropped.image), jpeg2000);
  return {
    ...coded,
    operations: [
      ...cropped.operations,
      halving(),
      { operation: 'encode', format: 'jpeg2000', bytes: coded.bytes.length, setting: 'lossy, 9-7 wavelet' },
    ],
  };
}

/**
 * The JP2 for a chip of a picture of 622 x 800, in at most two encodes; another size is `InputError('out-of-range')`.
 */
export async function encodeChip(
  image: DecodedImage,
  codec: Jpeg2000Codec,
): Promise<Omit<ChipPhoto, 'operations'>> {
  const { widthPx, heightPx } = DOCUMENT_SIZE;
  if (image.width !== widthPx || image.height !== heightPx)
    throw new InputError('out-of-range', `a chip's picture has ${widthPx} x ${heightPx} pixels`, {
      path: 'image',
    });
  const least = CHIP_BYTES.min - JP2_OVERHEAD;
  const most = CHIP_BYTES.max - JP2_OVERHEAD;
  let maxBytes: number = most;
  let codestream = await codec.encode(image, { type: 'lossy', maxBytes });
  let encodes = 1;
  while ((codestream.length > most || codestream.length < least) && encodes < MAX_ENCODES) {
    // As much as it missed the middle of the window by, the other way.
    maxBytes += Math.round((least + most) / 2) - codestream.length;
    codestream = await codec.encode(image, { type: 'lossy', maxBytes });
    encodes += 1;
  }
  if (codestream.length > most)
    throw new InputError(
      'too-large',
      `the picture takes ${codestream.length + JP2_OVERHEAD} bytes, ${CHIP_BYTES.max} are allowed`,
      {
        remedy: 'check the picture: a photo fits',
      },
    );
  const padded = paddedCodestream(codestream, least);
  return {
    mediaType: 'image/jp2',
    bytes: writeJp2(padded),
    widthPx,
    heightPx,
    encodes,
    paddedBytes: padded.length - codestream.length,
  };
}
