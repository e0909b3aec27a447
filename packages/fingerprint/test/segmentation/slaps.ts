import { seededRandom } from '@buergerkoffer/core/simulation';
import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import { jointDistanceMm, type Contact } from '../../src/synthesis/contact.js';
import { growFinger } from '../../src/synthesis/finger-skin.js';
import type { Glass } from '../../src/synthesis/glass.js';
import { slapImage, type LaidFinger } from '../../src/synthesis/slap-image.js';
import type { TurnedBox } from '../../src/segmentation/slap-segmentation.js';

/** The glass of a scanner of two fingers. */
export const GLASS: Glass = { widthPx: 800, heightPx: 750, resolutionPpi: 500 };

const skins = (['right-loop', 'whorl'] as const).map((pattern, i) => ({
  tip: growFinger({ pattern }, seededRandom(20 + i)),
  below: growFinger({ pattern, phalanx: 'middle' }, seededRandom(30 + i)),
}));

/** Where and how a finger of a test lies: millimetres from the middle of the glass, degrees clockwise. */
export interface Laid {
  readonly x: number;
  readonly y?: number;
  readonly deg: number;
  readonly contact?: Partial<Contact>;
}

/** Fingers on a glass: alternately the two that this file has grown. */
export function slapOf(laid: readonly Laid[], glass = GLASS, seed = 1): GreyImage {
  return slapImage(laid.map(fingerOf), glass, seededRandom(seed));
}

function fingerOf({ x, y = -5, deg, contact }: Laid, i: number): LaidFinger {
  const [first, second] = skins;
  if (first === undefined || second === undefined) throw new Error('no skin');
  const usual = { pressure: 0.5, moisture: 0.5, wear: 0.1 };
  return {
    ...(i % 2 === 0 ? first : second),
    contact: { ...usual, ...contact, rotationDeg: deg, offsetMm: { x, y } },
  };
}

/** How far above (-) or below (+) the lower edge of `box` the joint of the finger lies, in millimetres. */
export function jointBelowBoxMm(box: TurnedBox, { x, y = -5, deg, contact }: Laid, glass = GLASS): number {
  const distance = jointDistanceMm(contact?.pressure ?? 0.5);
  return alongMm(box, x, y, deg, distance, glass) - heightMm(box, glass) / 2;
}

/** How far below the upper edge of `box` the tip of the finger lies, in millimetres. */
export function tipBelowBoxTopMm(box: TurnedBox, { x, y = -5, deg, contact }: Laid, glass = GLASS): number {
  const distance = -(10.2 + 2.6 * (contact?.pressure ?? 0.5));
  return alongMm(box, x, y, deg, distance, glass) + heightMm(box, glass) / 2;
}

function heightMm(box: TurnedBox, glass: Glass): number {
  return (box.height * 25.4) / glass.resolutionPpi;
}

/** Where the point `distance` behind the middle of the finger lies along the box, from its middle, in millimetres. */
function alongMm(box: TurnedBox, x: number, y: number, deg: number, distance: number, glass: Glass): number {
  const pxPerMm = glass.resolutionPpi / 25.4;
  const angle = (deg * Math.PI) / 180;
  const column = (glass.widthPx - 1) / 2 + pxPerMm * (x - distance * Math.sin(angle));
  const row = (glass.heightPx - 1) / 2 + pxPerMm * (y + distance * Math.cos(angle));
  const turn = (box.rotationDeg * Math.PI) / 180;
  return (Math.cos(turn) * (row - box.centreY) - Math.sin(turn) * (column - box.centreX)) / pxPerMm;
}

/** The image with what `shade` makes of the grey at each column and row. */
export function shaded(
  image: GreyImage,
  shade: (grey: number, column: number, row: number) => number,
): GreyImage {
  const { width, height, resolutionPpi } = image;
  const data = image.data.map((grey, at) =>
    Math.min(Math.max(Math.round(shade(grey, at % width, Math.floor(at / width))), 0), 255),
  );
  return greyImage({ width, height, data, resolutionPpi });
}
