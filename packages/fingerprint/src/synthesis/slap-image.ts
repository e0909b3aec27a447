import { checkImageSize, greyImage, type GreyImage } from '@buergerkoffer/formats';
import { checkContact, jointDistanceMm, MIDDLE_HALF_LENGTH_MM, type Contact } from './contact.js';
import type { FingerSkin } from './finger-skin.js';
import type { Glass } from './glass.js';
import { GLASS_GREY, printImage } from './print-image.js';
import type { RandomSource } from './random-source.js';

/** One of several fingers on the glass. */
export interface LaidFinger {
  readonly tip: FingerSkin;
  /** Skin below the crease of the joint; without it only the fingertip lies on the glass. */
  readonly below?: FingerSkin;
  /** How the fingertip lies; the rest of the finger lies behind it. */
  readonly contact: Contact;
}

/** Skin that does not touch in the crease between two phalanges, in millimetres along the finger. */
const CREASE_MM = 0.9;
/** Half the side of the square around a phalanx, in millimetres: it holds the phalanx however it is turned. */
const REACH_MM = 15;

/**
 * What an optical scanner sees of several fingers on its glass at once; errors and `random` as in {@link printImage}.
 */
export function slapImage(fingers: readonly LaidFinger[], glass: Glass, random: RandomSource): GreyImage {
  const { widthPx: width, heightPx: height, resolutionPpi } = glass;
  checkImageSize(width, height);
  const grain = random.fork('glass');
  const data = Uint8Array.from({ length: width * height }, () => Math.round(GLASS_GREY - 3 * grain.next()));
  for (const [i, { tip, below, contact }] of fingers.entries()) {
    checkContact(contact);
    lay(data, glass, tip, contact, random.fork(`tip ${i}`));
    if (below !== undefined) lay(data, glass, below, behind(contact), random.fork(`below ${i}`));
  }
  return greyImage({ width, height, data, resolutionPpi });
}

/** How the middle phalanx lies when the fingertip lies as `tip` says. */
function behind(tip: Contact): Contact {
  const distance = jointDistanceMm(tip.pressure) + CREASE_MM + MIDDLE_HALF_LENGTH_MM;
  const angle = (tip.rotationDeg * Math.PI) / 180;
  const { x, y } = tip.offsetMm;
  return {
    ...tip,
    offsetMm: { x: x - distance * Math.sin(angle), y: y + distance * Math.cos(angle) },
  };
}

/** Prints one phalanx over what is there: where two overlap the darker one shows. */
function lay(data: Uint8Array, glass: Glass, skin: FingerSkin, contact: Contact, random: RandomSource): void {
  const mmPerPx = 25.4 / glass.resolutionPpi;
  const side = 2 * Math.round(REACH_MM / mmPerPx) + 1;
  const left = Math.round((glass.widthPx - 1) / 2 + contact.offsetMm.x / mmPerPx) - (side >> 1);
  const top = Math.round((glass.heightPx - 1) / 2 + contact.offsetMm.y / mmPerPx) - (side >> 1);
  const [right, bottom] = [Math.min(left + side, glass.widthPx), Math.min(top + side, glass.heightPx)];
  if (right <= 0 || bottom <= 0 || left >= glass.widthPx || top >= glass.heightPx) return;
  const offsetMm = {
    x: contact.offsetMm.x - mmPerPx * (left + (side >> 1) - (glass.widthPx - 1) / 2),
    y: contact.offsetMm.y - mmPerPx * (top + (side >> 1) - (glass.heightPx - 1) / 2),
  };
  const window = { widthPx: side, heightPx: side, resolutionPpi: glass.resolutionPpi };
  const print = printImage(skin, { ...contact, offsetMm }, window, random);
  for (let row = Math.max(top, 0); row < bottom; row += 1) {
    for (let column = Math.max(left, 0); column < right; column += 1) {
      const at = row * glass.widthPx + column;
      data[at] = Math.min(data[at] ?? 0, print.data[(row - top) * side + column - left] ?? 0);
    }
  }
}
