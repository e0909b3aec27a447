import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { mapPoint, type Affine } from '../photo/affine.js';
import { CROP_SIZE, cropToPhoto, type CropFrame } from '../photo/crop-frame.js';
import type { FacePoints, Point } from '../photo/face-points.js';
import type { PhotoTemplate } from '../photo/template.js';
import { isTarget, templateShapes, type TemplateShape } from '../photo/template-shapes.js';

/** What to draw over a photo, in its pixels. */
export interface Guide {
  readonly template: PhotoTemplate;
  /** Where the picture would be cut out. */
  readonly frame: CropFrame;
  readonly points?: FacePoints;
}

type Colour = readonly [number, number, number];

const FRAME: Colour = [255, 255, 255];
const TARGET: Colour = [0, 160, 64];
const BOUND: Colour = [224, 112, 0];
const POINT: Colour = [0, 208, 255];
/** Strokes of which an ellipse consists. */
const STROKES = 96;
/** Lines are one part in so many of the photo's longer side. */
const PARTS = 500;

/**
 * A copy of the photo with the frame of the picture, the template's lines in it and the points of the face: to show, never
 * for the document. What lies outside the photo is left out.
 */
export function drawGuide(image: RgbImage, { template, frame, points }: Guide): RgbImage {
  const { width, height } = image;
  const drawn = rgbImage({ width, height, data: image.data.slice() });
  const thickness = Math.max(1, Math.round(Math.max(width, height) / PARTS));
  const map = cropToPhoto(frame);
  for (const shape of templateShapes(template)) {
    drawPath(drawn, pathOf(shape, map), isTarget(shape.role) ? TARGET : BOUND, thickness);
  }
  drawPath(drawn, rectangle(map), FRAME, 2 * thickness);
  for (const point of Object.values(points ?? {}) as Point[])
    drawCross(drawn, point, 4 * thickness, thickness);
  return drawn;
}

/** Corners of a template's line on the photo. */
function pathOf(shape: TemplateShape, map: Affine): readonly Point[] {
  const place = (x: number, y: number): Point =>
    mapPoint(map, { x: x * CROP_SIZE.widthPx, y: y * CROP_SIZE.heightPx });
  if (shape.type === 'line') return [place(shape.x1, shape.y1), place(shape.x2, shape.y2)];
  return Array.from({ length: STROKES + 1 }, (_, stroke) => {
    const angle = (2 * Math.PI * stroke) / STROKES;
    return place(shape.x + shape.rx * Math.cos(angle), shape.y + shape.ry * Math.sin(angle));
  });
}

function rectangle(map: Affine): readonly Point[] {
  const { widthPx, heightPx } = CROP_SIZE;
  const corners = [
    { x: 0, y: 0 },
    { x: widthPx, y: 0 },
    { x: widthPx, y: heightPx },
    { x: 0, y: heightPx },
    { x: 0, y: 0 },
  ];
  return corners.map((corner) => mapPoint(map, corner));
}

function drawCross(image: RgbImage, { x, y }: Point, arm: number, thickness: number): void {
  drawPath(
    image,
    [
      { x: x - arm, y },
      { x: x + arm, y },
    ],
    POINT,
    thickness,
  );
  drawPath(
    image,
    [
      { x, y: y - arm },
      { x, y: y + arm },
    ],
    POINT,
    thickness,
  );
}

/** A line from point to point, as squares of `thickness` not further apart than a pixel. */
function drawPath(image: RgbImage, path: readonly Point[], colour: Colour, thickness: number): void {
  path.slice(1).forEach((to, index) => {
    const from = path[index] ?? to;
    if (isOutside(image, from, to, thickness)) return;
    // Of a line that leaves the photo far behind no more squares are drawn than the photo is long, four times over.
    const length = Math.min(Math.hypot(to.x - from.x, to.y - from.y), 4 * (image.width + image.height));
    const steps = Math.max(1, Math.ceil(length));
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      drawSquare(
        image,
        from.x + share * (to.x - from.x),
        from.y + share * (to.y - from.y),
        thickness,
        colour,
      );
    }
  });
}

/** Whether a line lies on one side of the image, beyond its edge. */
function isOutside({ width, height }: RgbImage, from: Point, to: Point, slack: number): boolean {
  return (
    Math.max(from.x, to.x) < -slack ||
    Math.max(from.y, to.y) < -slack ||
    Math.min(from.x, to.x) > width + slack ||
    Math.min(from.y, to.y) > height + slack
  );
}

function drawSquare(image: RgbImage, x: number, y: number, side: number, colour: Colour): void {
  const left = Math.round(x - side / 2);
  const top = Math.round(y - side / 2);
  for (let row = Math.max(0, top); row < Math.min(image.height, top + side); row++) {
    for (let column = Math.max(0, left); column < Math.min(image.width, left + side); column++) {
      image.data.set(colour, 3 * (row * image.width + column));
    }
  }
}
