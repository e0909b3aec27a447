import { InputError, type DecodedImage } from '@buergerkoffer/formats';
import { readIccProfile, type ColourModel } from './icc-profile.js';
import type { RgbSpace } from './rgb-space.js';
import type { StatedColours } from './stated-colours.js';
import { changesNothing, greyToSrgb, rgbToSrgb, type ToSrgb } from './to-srgb.js';

/** What the stored values of a photo mean. */
export type PhotoColours =
  /** sRGB: so the file says, or it says nothing. */
  | { readonly type: 'srgb' }
  /** Another space, such as Display P3: pixels are converted where they are shown, judged or cut out. */
  | { readonly type: 'convertible'; readonly from: string; readonly toSrgb: ToSrgb }
  | UnknownColours;

/** Colours of which it is not known how they look in sRGB; they are left as they are, and criterion 7.5 is not met. */
export interface UnknownColours {
  readonly type: 'unknown';
  /** What the file calls them. */
  readonly profile: string;
  readonly reason:
    | 'damaged-profile'
    /** Tables (LUT) in place of a matrix. */
    | 'table-profile'
    /** A profile for other values than the picture has: CMYK, or grey for a picture in colour. */
    | 'other-channels'
    /** "Not sRGB", and nothing else. */
    | 'uncalibrated';
}

/** Nothing is to be done to these. */
export const SRGB_COLOURS: PhotoColours = { type: 'srgb' };

/** What is to be done with the pixels of a file that says this about its colours. */
export function photoColours(stated: StatedColours, channels: 1 | 3): PhotoColours {
  switch (stated.type) {
    case 'srgb':
      return SRGB_COLOURS;
    case 'space':
      return ofSpace(stated.name, stated.space, channels);
    case 'uncalibrated':
      return { type: 'unknown', profile: stated.name, reason: 'uncalibrated' };
    case 'damaged-profile':
      return { type: 'unknown', profile: 'unnamed', reason: 'damaged-profile' };
    case 'profile':
      return ofProfile(stated.bytes, channels);
    default:
      return stated satisfies never;
  }
}

function ofProfile(bytes: Uint8Array, channels: 1 | 3): PhotoColours {
  try {
    const { name, model } = readIccProfile(bytes);
    return ofModel(name, model, channels);
  } catch (error) {
    if (error instanceof InputError)
      return { type: 'unknown', profile: 'unnamed', reason: 'damaged-profile' };
    throw error;
  }
}

function ofModel(name: string, model: ColourModel, channels: 1 | 3): PhotoColours {
  if (model.type === 'table') return { type: 'unknown', profile: name, reason: 'table-profile' };
  if (model.type === 'rgb') return ofSpace(name, model.space, channels);
  if (model.type === 'grey' && channels === 1) return converted(name, greyToSrgb(model.curve), channels);
  return { type: 'unknown', profile: name, reason: 'other-channels' };
}

/** Grey has equal parts of three lights: it needs their curve alone. */
function ofSpace(name: string, space: RgbSpace, channels: 1 | 3): PhotoColours {
  const toSrgb = channels === 3 ? rgbToSrgb(space) : greyToSrgb(space.curves[1]);
  return converted(name, toSrgb, channels);
}

function converted(from: string, toSrgb: ToSrgb, channels: 1 | 3): PhotoColours {
  return changesNothing(toSrgb, channels) ? SRGB_COLOURS : { type: 'convertible', from, toSrgb };
}

/** The picture in sRGB, as far as it is known how. */
export function inSrgb(image: DecodedImage, colours: PhotoColours): DecodedImage {
  return colours.type === 'convertible' ? colours.toSrgb(image) : image;
}
