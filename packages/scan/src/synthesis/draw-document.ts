import type { GreyImage, RgbImage } from '@buergerkoffer/formats';
import type { DrawnDocument } from './document.js';
import { drawIdentityCard } from './identity-card.js';
import { drawLetter } from './letter.js';
import { numbersFrom } from './noise.js';
import { drawPassport } from './passport.js';
import { Sheet, type Ink, type SheetFrame } from './sheet.js';

/** The inside of the scanner's lid. */
const LID: Ink = [250, 250, 249];
/** Levels by which the grain of paper and sensor moves a pixel at most. */
const GRAIN = 3;

/**
 * The glass as the scanner sees it: one document, laid on by hand a little askew, with the grain of paper and sensor.
 * The same `seed`, an unsigned 32-bit integer, gives the same picture, byte for byte.
 */
export function drawDocument(document: DrawnDocument, frame: SheetFrame, seed: number): GreyImage | RgbImage {
  const next = numbersFrom(seed);
  const sheet = new Sheet(frame, LID);
  const turn = next() * 2 - 1;
  if (document === 'page') {
    sheet.place([-0.6 * turn, 0.8], turn * 0.55);
    drawLetter(sheet, next);
  } else if ('td1' in document) {
    sheet.place([12 + next() * 4, 14 + next() * 4], turn * 1.6);
    drawIdentityCard(sheet, document.td1);
  } else {
    sheet.place([10 + next() * 4, 12 + next() * 4], turn * 1.2);
    drawPassport(sheet, document.td3);
  }
  sheet.grain(GRAIN, next);
  return sheet.image();
}

/** The empty back of a sheet, as the second side in duplex. */
export function drawBlank(frame: SheetFrame, seed: number): GreyImage | RgbImage {
  const sheet = new Sheet(frame, [248, 247, 243]);
  sheet.grain(GRAIN, numbersFrom(seed));
  return sheet.image();
}
