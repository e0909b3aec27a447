import { decodePhoto } from './decode-photo.js';
import type { PhotoLimits } from './limits.js';
import type { Photo } from './photo.js';

/**
 * The photo in a JPEG or PNG file, whose image data was read from end to end so that a damaged file is refused here and not
 * in the authority. The photo keeps the bytes as they are.
 *
 * InputError `unsupported` for other formats, CMYK and 12-bit JPEG; `too-large` beyond `limits`, before anything is
 * decoded; `truncated`, `malformed` or `checksum` with the offset where it is known.
 */
export async function photoFromFile(bytes: Uint8Array, limits: PhotoLimits = {}): Promise<Photo> {
  const { photo } = await decodePhoto(bytes, undefined, limits);
  return photo;
}
