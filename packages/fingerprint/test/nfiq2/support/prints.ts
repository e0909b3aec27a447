import { seededRandom } from '@buergerkoffer/core/simulation';
import type { GreyImage } from '@buergerkoffer/formats';
import { ordinaryContact, type Contact } from '../../../src/synthesis/contact.js';
import { growFinger } from '../../../src/synthesis/finger-skin.js';
import { printImage } from '../../../src/synthesis/print-image.js';

const GLASS = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };
const skin = growFinger({ pattern: 'left-loop' }, seededRandom(11));

/** A print of one synthetic finger, 416 x 560 at 500 ppi. */
export function syntheticPrint(change: Partial<Contact> = {}): GreyImage {
  const contact = {
    ...ordinaryContact(seededRandom(1)),
    rotationDeg: 0,
    offsetMm: { x: 0, y: 0 },
    ...change,
  };
  return printImage(skin, contact, GLASS, seededRandom(2));
}
