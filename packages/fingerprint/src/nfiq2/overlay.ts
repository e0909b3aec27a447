import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import type { Minutia } from '../minutiae/minutia.js';
import { BLOCK } from './block-statistics.js';
import { localClarities } from './local-clarity.js';
import type { PrintAnalysis } from './measures.js';
import { BLOCK_BORDER } from './ridge-blocks.js';

type Colour = readonly [red: number, green: number, blue: number];

const EDGE: Colour = [30, 80, 220];
const FLOW: Colour = [0, 40, 70];
const MINUTIA: Colour = [190, 0, 170];
/** How much of the grey shows through the colour of a block. */
const GREY_SHARE = 0.55;
/** Half the length of a stroke of ridge flow, radius and tail of a minutia, in pixels. */
const STROKE = 10;
const RADIUS = 4;
const TAIL = 11;

/**
 * The print in colour: each foreground block from red to green by its local clarity, a stroke along its
 * ridges, the edge of the finger in blue, minutiae as rings (bifurcations filled) with a tail in their
 * direction. As large as the cropped print; `minutiae` are in its pixels.
 */
export function qualityOverlay(analysis: PrintAnalysis, minutiae: readonly Minutia[] = []): RgbImage {
  const { print } = analysis;
  const image = rgbImage({ width: print.width, height: print.height });
  for (const [at, grey] of print.data.entries()) image.data.fill(grey, 3 * at, 3 * at + 3);
  colourBlocks(image, analysis);
  drawEdge(image, analysis.region.mask);
  drawFlow(image, analysis);
  for (const minutia of minutiae) drawMinutia(image, minutia);
  return image;
}

function colourBlocks(image: RgbImage, { print, blocks }: PrintAnalysis): void {
  const clarities = localClarities(print, blocks).values();
  forEachForeground(blocks, (left, top) => {
    const clarity = clarities.next().value ?? 0;
    // Clarities of readable ridges lie between 0.5 and 0.9.
    const good = Math.min(Math.max((clarity - 0.5) / 0.4, 0), 1);
    const colour: Colour = [Math.round(230 * (1 - good)), Math.round(190 * good), 40];
    for (let y = top; y < top + BLOCK; y += 1) {
      for (let x = left; x < left + BLOCK; x += 1) mix(image, x, y, colour, GREY_SHARE);
    }
  });
}

function drawEdge(image: RgbImage, mask: Uint8Array): void {
  const { width, height } = image;
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== 1) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    const isInner =
      x > 0 &&
      x < width - 1 &&
      y > 0 &&
      y < height - 1 &&
      mask[at - 1] === 1 &&
      mask[at + 1] === 1 &&
      mask[at - width] === 1 &&
      mask[at + width] === 1;
    if (!isInner) mix(image, x, y, EDGE, 0);
  }
}

function drawFlow(image: RgbImage, { blocks }: PrintAnalysis): void {
  forEachForeground(blocks, (left, top, block) => {
    // The orientation lies across the ridges, counted with y downwards.
    const along = (blocks.orientation[block] ?? 0) + Math.PI / 2;
    const [dx, dy] = [STROKE * Math.cos(along), STROKE * Math.sin(along)];
    const [x, y] = [left + BLOCK / 2, top + BLOCK / 2];
    drawLine(image, x - dx, y - dy, x + dx, y + dy, FLOW);
  });
}

function drawMinutia(image: RgbImage, { x, y, angle, type }: Minutia): void {
  for (let dy = -RADIUS; dy <= RADIUS; dy += 1) {
    for (let dx = -RADIUS; dx <= RADIUS; dx += 1) {
      const distance = Math.hypot(dx, dy);
      const isDrawn = type === 'bifurcation' ? distance <= RADIUS : Math.abs(distance - RADIUS) < 0.7;
      if (isDrawn) mix(image, x + dx, y + dy, MINUTIA, 0);
    }
  }
  const [cos, sin] = [Math.cos(angle), -Math.sin(angle)];
  drawLine(image, x + RADIUS * cos, y + RADIUS * sin, x + TAIL * cos, y + TAIL * sin, MINUTIA);
}

function forEachForeground(
  { columns, isForeground }: PrintAnalysis['blocks'],
  draw: (left: number, top: number, block: number) => void,
): void {
  for (let block = 0; block < isForeground.length; block += 1) {
    if (isForeground[block] !== 1) continue;
    const column = block % columns;
    draw(BLOCK_BORDER + column * BLOCK, BLOCK_BORDER + ((block - column) / columns) * BLOCK, block);
  }
}

function drawLine(image: RgbImage, x0: number, y0: number, x1: number, y1: number, colour: Colour): void {
  const steps = Math.max(Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))), 1);
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps;
    mix(image, Math.round(x0 + share * (x1 - x0)), Math.round(y0 + share * (y1 - y0)), colour, 0);
  }
}

/** Puts `colour` on a pixel and leaves `share` of what was there; nothing outside of the image. */
function mix({ width, height, data }: RgbImage, x: number, y: number, colour: Colour, share: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = 3 * (y * width + x);
  for (const [channel, value] of colour.entries()) {
    data[at + channel] = Math.round(share * (data[at + channel] ?? 0) + (1 - share) * value);
  }
}
