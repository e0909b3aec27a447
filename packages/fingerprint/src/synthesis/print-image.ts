import { checkImageSize, greyImage, type GreyImage } from '@buergerkoffer/formats';
import { checkContact, insidePrint, type Contact } from './contact.js';
import { SKIN_HALF_HEIGHT_MM, SKIN_HALF_WIDTH_MM, type FingerSkin } from './finger-skin.js';
import { onGlass, type Glass, type Placement } from './glass.js';
import type { RandomSource } from './random-source.js';
import { skinOnGlass } from './skin-on-glass.js';
import { smoothNoise, step } from './smooth-noise.js';

/**
 * What an optical scanner sees of the finger on its glass: ridges dark, valleys and glass bright, 8 bit.
 * `random` is the grain of this one image; skin and contact decide everything else. A contact or glass that cannot
 * be is `InputError('out-of-range')`.
 */
export function printImage(
  skin: FingerSkin,
  contact: Contact,
  glass: Glass,
  random: RandomSource,
): GreyImage {
  checkContact(contact);
  checkImageSize(glass.widthPx, glass.heightPx);
  const placement = onGlass(contact, glass);
  const height = skinOnGlass(skin, placement);
  const data = new Uint8Array(glass.widthPx * glass.heightPx);
  const shade = shading(skin, contact, placement, random);
  for (let row = 0, at = 0; row < glass.heightPx; row += 1) {
    for (let column = 0; column < glass.widthPx; column += 1, at += 1) {
      data[at] = shade(column, row, height[at] ?? 0);
    }
  }
  return greyImage({
    width: glass.widthPx,
    height: glass.heightPx,
    data,
    resolutionPpi: glass.resolutionPpi,
  });
}

type Shade = (column: number, row: number, height: number) => number;

function shading(skin: FingerSkin, contact: Contact, placement: Placement, random: RandomSource): Shade {
  const { pressure, moisture, wear } = contact;
  // The fields belong to the finger, with room for the corners of the glass around it.
  const area = {
    left: -1.5 * SKIN_HALF_WIDTH_MM,
    top: -1.5 * SKIN_HALF_HEIGHT_MM,
    width: 3 * SKIN_HALF_WIDTH_MM,
    height: 3 * SKIN_HALF_HEIGHT_MM,
  };
  const fields = random.fork('fields');
  const cloud = smoothNoise(fields, area, 3.2);
  const crumbs = smoothNoise(fields, area, 0.24);
  const edge = smoothNoise(fields, area, 1.1);
  const grain = random.fork('grain');
  const wetness = 2 * moisture - 1;
  const dryness = Math.max(-wetness, 0);
  const base = 1.1 * (pressure - 0.5) + 0.75 * wetness + 0.05;
  const brokenness = 0.34 + 0.9 * dryness;
  const steepness = 2.9 - 1.1 * Math.max(wetness, 0);
  return (column, row, height) => {
    const x = placement.skinX(column, row);
    const y = placement.skinY(column, row);
    const inside = insidePrint(pressure, x, y, skin.phalanx) + 0.025 * edge.at(x, y);
    const white = GLASS_GREY - 3 * grain.next();
    if (inside < -0.14) return white;
    const lifted = 4.6 * (1 - step(-0.1, 0.13, inside)) + 0.4 * (1 - step(0, 0.6, inside));
    const worn = wear * step(0.25 - 0.5 * wear, 0.9 - 0.5 * wear, skin.patches.at(x, y));
    const speckle = grain.next() + grain.next() - 1;
    const pushed =
      height * (1 - 0.75 * worn) +
      base +
      0.3 * cloud.at(x, y) +
      brokenness * crumbs.at(x, y) +
      0.34 * speckle -
      lifted -
      0.25 * worn;
    const darkness = 1 / (1 + Math.exp(-steepness * pushed));
    const ink = INK_GREY + 18 * cloud.at(x, y) + 34 * dryness + 8 * speckle;
    return Math.min(Math.max(Math.round(white - darkness * (white - ink)), 0), 255);
  };
}

/** Grey of the bare glass and of a ridge in full contact. */
export const GLASS_GREY = 253;
const INK_GREY = 34;
