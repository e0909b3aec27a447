import { DeviceError } from '@buergerkoffer/core';
import type { GreyImage } from '@buergerkoffer/formats';
import type { FingerPosition } from '../finger-position.js';
import { previewImage } from '../synthesis/preview-image.js';
import { printImage } from '../synthesis/print-image.js';
import type { Glass } from '../synthesis/glass.js';
import type { SyntheticHands } from '../synthesis/synthetic-hand.js';

/** One finger laid on the glass once: its images, drawn when they are asked for. */
export interface Touch {
  readonly image: () => GreyImage & { readonly resolutionPpi: number };
  /** What a preview shows while `share` (0 to 1) of the final pressure is on the glass. */
  readonly preview: (share: number) => GreyImage;
}

/** Fingers of nobody, drawn as they are needed. */
export function synthesisedTouch(hands: SyntheticHands, finger: FingerPosition, glass: Glass): Touch {
  const { contact, grain } = hands.touch(finger);
  const { resolutionPpi } = glass;
  const small: Glass = {
    widthPx: glass.widthPx >> 1,
    heightPx: glass.heightPx >> 1,
    resolutionPpi: resolutionPpi / 2,
  };
  return {
    image: () => ({ ...printImage(hands.skin(finger), contact, glass, grain), resolutionPpi }),
    preview: (share) =>
      printImage(hands.skin(finger), { ...contact, pressure: contact.pressure * share }, small, grain),
  };
}

/** A given image, played as it is. */
export function playedTouch(image: GreyImage, resolutionPpi: number): Touch {
  return {
    image: () => ({ ...image, resolutionPpi }),
    preview: (share) => previewImage({ ...image, resolutionPpi }, share),
  };
}

/** Refuses a given image that claims another resolution than the scanner's: it would be taken for its own. */
export function checkResolution(finger: string, image: GreyImage, resolutionPpi: number): void {
  const claimed = image.resolutionPpi ?? resolutionPpi;
  if (claimed === resolutionPpi) return;
  throw new DeviceError(
    'invalid-request',
    `the image given for ${finger} has ${claimed} ppi, the simulated scanner ${resolutionPpi}`,
    { remedy: 'give an image in the resolution of the scanner, or simulate a scanner of that resolution' },
  );
}
