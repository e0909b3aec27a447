import { rgbImage, type DecodedImage, type RgbImage } from '@buergerkoffer/formats';
import { asRgb } from './as-rgb.js';
import { isTarget, templateShapes, type TemplateShape } from './template-shapes.js';
import type { PhotoTemplate } from './template.js';

type Colour = readonly [number, number, number];

const TARGET: Colour = [0, 160, 64];
const BOUND: Colour = [224, 112, 0];

/** A copy of the picture with the template's lines on it, to show: never for the document. */
export function drawTemplate(image: DecodedImage, template: PhotoTemplate): RgbImage {
  const source = asRgb(image);
  const drawn = rgbImage({ width: source.width, height: source.height, data: source.data.slice() });
  const thickness = Math.max(1, Math.round(drawn.height / 400));
  for (const shape of templateShapes(template)) {
    drawShape(drawn, shape, thickness);
  }
  return drawn;
}

function drawShape(image: RgbImage, shape: TemplateShape, thickness: number): void {
  const colour = isTarget(shape.role) ? TARGET : BOUND;
  // No two dots lie further apart than a pixel.
  const dots = 4 * (image.width + image.height);
  const dash = isTarget(shape.role) ? Number.POSITIVE_INFINITY : dots / 60;
  for (let dot = 0; dot <= dots; dot += 1) {
    if (Math.floor(dot / dash) % 2 === 1) continue;
    const { x, y } = placeOn(shape, dot / dots);
    drawDot(image, Math.round(x * image.width), Math.round(y * image.height), thickness, colour);
  }
}

function placeOn(shape: TemplateShape, share: number): { readonly x: number; readonly y: number } {
  if (shape.type === 'line') {
    return { x: shape.x1 + share * (shape.x2 - shape.x1), y: shape.y1 + share * (shape.y2 - shape.y1) };
  }
  const angle = 2 * Math.PI * share;
  return { x: shape.x + shape.rx * Math.cos(angle), y: shape.y + shape.ry * Math.sin(angle) };
}

function drawDot(image: RgbImage, x: number, y: number, thickness: number, colour: Colour): void {
  const before = thickness >> 1;
  for (let row = y - before; row < y - before + thickness; row += 1) {
    if (row < 0 || row >= image.height) continue;
    for (let column = x - before; column < x - before + thickness; column += 1) {
      if (column >= 0 && column < image.width) image.data.set(colour, 3 * (row * image.width + column));
    }
  }
}
