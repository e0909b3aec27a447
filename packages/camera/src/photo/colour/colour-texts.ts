import type { UnknownColours } from './photo-colours.js';

const REASONS: Readonly<Record<UnknownColours['reason'], string>> = {
  'damaged-profile': 'its ICC profile is damaged',
  'table-profile': 'its ICC profile has tables in place of a matrix, which are not read',
  'other-channels': 'its ICC profile is for a picture with other channels',
  uncalibrated: 'it does not say which colour space that is',
};

/** Why the colours of a photo were not converted, and what to do, for integrators. */
export function describeColours({ profile, reason }: UnknownColours): {
  readonly message: string;
  readonly remedy: string;
} {
  return {
    message: `the colours were not converted to sRGB (${profile}): ${REASONS[reason]}`,
    remedy: 'set the camera to sRGB, or convert the photo to sRGB with a program for pictures',
  };
}

/** The same for the clerk. */
export function unknownColoursTextDe(): string {
  return 'Der Farbraum des Fotos ist unbekannt, die Farben können falsch sein. Bitte die Kamera auf sRGB einstellen.';
}
