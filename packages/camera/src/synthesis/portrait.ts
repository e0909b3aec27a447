import { InputError, type RgbImage } from '@buergerkoffer/formats';
import { drawBody } from './body.js';
import { Canvas } from './canvas.js';
import { drawEars, drawHead } from './head.js';
import { drawEyes } from './eyes.js';
import { FACE, faceOutline } from './face-map.js';
import { drawGlasses, drawGlassesArms } from './glasses.js';
import { drawHairBehind, drawHairInFront } from './hair.js';
import { drawLines } from './lines.js';
import { drawMouth, drawNose } from './nose-mouth.js';
import { ellipse } from './path.js';
import type { DrawnPerson } from './person.js';
import { numbersFrom } from './noise.js';

/** Drawing units: the pixels of a digital ID photo (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1). */
const WIDTH = 1244;
const HEIGHT = 1600;
const MIN_HEIGHT = 100;
const MAX_HEIGHT = 3200;
/** Levels of film grain, so that flat areas look like a photo and leave no bands. */
const GRAIN = 5;

/**
 * Head and shoulders of `person` before a light grey wall, `height` pixels high (100 to 3200, default 1600) and
 * 1244/1600 of it wide. The same person is the same picture, byte for byte. Another height is
 * `InputError('out-of-range')`.
 */
export function drawPortrait(person: DrawnPerson, height: number = HEIGHT): RgbImage {
  if (!Number.isInteger(height) || height < MIN_HEIGHT || height > MAX_HEIGHT)
    throw new InputError('out-of-range', `a portrait is ${MIN_HEIGHT} to ${MAX_HEIGHT} pixels high`, {
      path: 'height',
    });
  const scale = height / HEIGHT;
  const canvas = new Canvas(Math.round(WIDTH * scale), height, scale, [206, 208, 209]);
  drawWall(canvas);
  const face = faceOutline(person);
  drawHairBehind(canvas, person);
  drawBody(canvas, person);
  drawEars(canvas, person);
  drawHead(canvas, person, face);
  drawLines(canvas, person, face);
  drawNose(canvas, person, face);
  drawMouth(canvas, person, face);
  drawEyes(canvas, person, face);
  drawGlassesArms(canvas, person);
  drawHairInFront(canvas, person, face);
  drawGlasses(canvas, person);
  return canvas.image(GRAIN, numbersFrom(person.grain));
}

/** Lit from the upper left, a little darker towards the edges. */
function drawWall(canvas: Canvas): void {
  canvas.fill(ellipse([500, 560], 620, 760), [224, 226, 226], { soft: 190, opacity: 0.9 });
  canvas.fill(ellipse([FACE.axis + 90, 1000], 560, 700), [190, 193, 196], { soft: 120, opacity: 0.35 });
}
