import { DeviceError } from '@buergerkoffer/core';
import { InputError, readJpegInfo } from '@buergerkoffer/formats';
import type { Photo } from '../photo/photo.js';

/**
 * The photo that a camera delivered: its markers are walked to the end, its pixels are not decoded, so that live view
 * and further shots need not wait for seconds. `photoFromFile` does that. A file that is cut off is `protocol`.
 */
export function cameraPhoto(bytes: Uint8Array): Photo {
  try {
    const { width, height, orientation = 1 } = readJpegInfo(bytes);
    return { mediaType: 'image/jpeg', bytes, widthPx: width, heightPx: height, orientation };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { message, offset } = error;
    throw new DeviceError('protocol', `the camera delivered a damaged photo: ${message}`, {
      cause: error,
      offset,
      remedy: 'take the photo again; if it persists look at the memory card',
    });
  }
}
