import { DeviceError } from '@buergerkoffer/core';
import type { GreyImage } from '@buergerkoffer/formats';
import { SLAP_FINGERS, type FingerPosition, type SlapPosition } from '../finger-position.js';
import { previewImage } from '../synthesis/preview-image.js';
import { printImage } from '../synthesis/print-image.js';
import { slapImage, type LaidFinger } from '../synthesis/slap-image.js';
import type { Glass } from '../synthesis/glass.js';
import type { SyntheticHands } from '../synthesis/synthetic-hand.js';

/** One finger, or several, laid on the glass once: images, drawn when they are asked for. */
export interface Touch {
  readonly image: () => GreyImage & { readonly resolutionPpi: number };
  /** What a preview shows while `share` (0 to 1) of the final pressure is on the glass. */
  readonly preview: (share: number) => GreyImage;
}

/** Fingers of nobody, drawn as they are needed. */
export function synthesisedTouch(hands: SyntheticHands, finger: FingerPosition, glass: Glass): Touch {
  const { contact, grain } = hands.touch(finger);
  const { resolutionPpi } = glass;
  return {
    image: () => ({ ...printImage(hands.skin(finger), contact, glass, grain), resolutionPpi }),
    preview: (share) =>
      printImage(
        hands.skin(finger),
        { ...contact, pressure: contact.pressure * share },
        halved(glass),
        grain,
      ),
  };
}

/** Several fingers of nobody at once, those of `missing` left out. */
export function synthesisedSlap(
  hands: SyntheticHands,
  slap: SlapPosition,
  glass: Glass,
  missing: readonly FingerPosition[],
): Touch {
  const { laid, grain } = hands.slap(SLAP_FINGERS[slap], missing);
  const { resolutionPpi } = glass;
  return {
    image: () => ({ ...slapImage(laid, glass, grain), resolutionPpi }),
    preview: (share) =>
      slapImage(
        laid.map((finger) => lighter(finger, share)),
        halved(glass),
        grain,
      ),
  };
}

function lighter({ contact, ...finger }: LaidFinger, share: number): LaidFinger {
  return { ...finger, contact: { ...contact, pressure: contact.pressure * share } };
}

/** The glass as previews show it. */
function halved({ widthPx, heightPx, resolutionPpi }: Glass): Glass {
  return { widthPx: widthPx >> 1, heightPx: heightPx >> 1, resolutionPpi: resolutionPpi / 2 };
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
