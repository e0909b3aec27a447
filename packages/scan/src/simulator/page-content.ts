import { greyOf, greyImage, type GreyImage, type RgbImage } from '@buergerkoffer/formats';
import type { ScannedPage } from '../document-scanner.js';
import type { ScanPlan } from '../scan-plan.js';
import { drawBlank, drawDocument } from '../synthesis/draw-document.js';
import type { SheetFrame } from '../synthesis/sheet.js';
import type { SimulatedDocument } from './simulated-document.js';

/** Ink below this level of grey is black in the 1-bit mode. */
const THRESHOLD = 160;

/** Page `number` as the plan wants it; in duplex the even pages are the empty backs. */
export function makePage(
  document: SimulatedDocument,
  number: number,
  plan: ScanPlan,
  seed: number,
): ScannedPage {
  const { resolutionPpi, colorMode, area, duplex } = plan;
  const frame: SheetFrame = { ...area, resolutionPpi, colour: colorMode === 'RGB24' };
  const grain = (Math.imul(seed, 0x9e37_79b1) + number) >>> 0;
  const image =
    duplex && number % 2 === 0
      ? drawBlank(frame, grain)
      : document === 'page' || !('image' in document)
        ? drawDocument(document, frame, grain)
        : document.image;
  return {
    number,
    resolutionPpi: image.resolutionPpi ?? resolutionPpi,
    content: { form: 'pixels', image: colorMode === 'BlackAndWhite1' ? inTwoLevels(image) : image },
  };
}

function inTwoLevels(image: GreyImage | RgbImage): GreyImage {
  const { width, height, data, resolutionPpi } = greyOf(image);
  return greyImage({
    width,
    height,
    resolutionPpi,
    data: data.map((level) => (level < THRESHOLD ? 0 : 255)),
  });
}
