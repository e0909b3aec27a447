import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import { programOf } from '../font/label-font.js';
import { LABELS } from '../layout/label.js';
import type { LabelText } from '../layout/layout-label.js';
import { outlineOf } from './outline.js';
import { isOfficial, placeText, type LabelFonts, type PlacedText } from './placed-text.js';
import { fillOutline } from './rasterise.js';
import { trialMark, TRIAL_GREY } from './trial-mark.js';

/** How fine a preview is. */
export interface PreviewOptions {
  /** Pixels per inch, 72 to 2400; default 600. */
  readonly resolutionPpi?: number;
}

const BLACK = 0;
const FRAME_GREY = 160;

/**
 * The sticker as a picture: black on white in its own size, its edge in grey. With another than the official font MUSTER
 * stands across it. Errors as of `renderLabel`; `out-of-range` for the resolution.
 */
export function previewLabel(label: LabelText, fonts: LabelFonts, options: PreviewOptions = {}): GreyImage {
  const resolutionPpi = options.resolutionPpi ?? 600;
  if (!(resolutionPpi >= 72 && resolutionPpi <= 2400)) {
    throw new InputError('out-of-range', 'a preview has 72 to 2400 pixels per inch', {
      path: 'resolutionPpi',
    });
  }
  const perMm = resolutionPpi / 25.4;
  const { widthMm, heightMm } = LABELS[label.kind];
  const width = Math.round(widthMm * perMm);
  const height = Math.round(heightMm * perMm);
  const pixels = new Uint8Array(width * height).fill(255);
  const paint = (placed: PlacedText, grey: number) => {
    const scale = (placed.emMm * perMm) / programOf(placed.font).unitsPerEm;
    const outline = outlineOf(placed.run, placed.leftMm * perMm, placed.baselineMm * perMm, scale);
    fillOutline(pixels, width, outline, grey);
  };

  const lines = placeText(label, fonts);
  if (!isOfficial(label, fonts)) for (const mark of trialMark(label, fonts)) paint(mark, TRIAL_GREY);
  for (const line of lines) paint(line, BLACK);
  paintFrame(pixels, width);
  return greyImage({ width, height, data: pixels, resolutionPpi });
}

function paintFrame(pixels: Uint8Array, width: number): void {
  const height = pixels.length / width;
  pixels.fill(FRAME_GREY, 0, width);
  pixels.fill(FRAME_GREY, pixels.length - width);
  for (let row = 0; row < height; row += 1) {
    pixels[row * width] = FRAME_GREY;
    pixels[row * width + width - 1] = FRAME_GREY;
  }
}
