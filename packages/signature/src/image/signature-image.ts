import { checkImageSize, greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import { checkSignature, type Signature } from '../model/pen-sample.js';
import { strokesOf } from '../model/strokes.js';
import { drawLine, type InkPoint } from './ink.js';
import { smoothStroke, type StrokePoint } from './smooth-stroke.js';

/** The picture that a purpose asks for. None is built in: sizes of official documents are the caller's to know. */
export interface SignatureImageProfile {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Width of the line, in millimetres on the pad. */
  readonly strokeMm: number;
  /** The line is never thinner than this, in pixels. Default 1.5. */
  readonly minStrokePx?: number;
  /** How much wider the line is at full pressure, as a share of its width. Default 0: pressure does not show. */
  readonly pressureGain?: number;
  /** Empty border on every side, in pixels. Default 2. */
  readonly marginPx?: number;
}

/** Ink narrower than this (or lower than a quarter of it) is not enlarged to fill the picture, in millimetres. */
const SMALLEST_INK_MM = 8;
/** The largest picture, in pixels. */
const MAX_PIXELS = 16 * 1024 * 1024;

/**
 * The signature in black on white, anti-aliased: trimmed to its ink, scaled to fit inside the margins without
 * distortion, in the middle. `InputError`: `missing` when nothing is written, `out-of-range` or `too-large` for
 * samples and sizes that cannot be.
 */
export function signatureImage(signature: Signature, profile: SignatureImageProfile): GreyImage {
  checkSignature(signature);
  const { widthPx, heightPx, strokeMm, minStrokePx = 1.5, pressureGain = 0, marginPx = 2 } = profile;
  checkImageSize(widthPx, heightPx, MAX_PIXELS);
  notNegative({ strokeMm, minStrokePx, pressureGain, marginPx });
  const strokes = strokesOf(signature.samples).map(smoothStroke);
  const box = inkBox(strokes.flat());
  const widest = 1 + pressureGain;
  const roomX = widthPx - 2 * marginPx;
  const roomY = heightPx - 2 * marginPx;
  // The line itself needs room around the path of the pen's tip.
  const scale = Math.min(
    fit(roomX, Math.max(box.width, SMALLEST_INK_MM), strokeMm, minStrokePx, widest),
    fit(roomY, Math.max(box.height, SMALLEST_INK_MM / 4), strokeMm, minStrokePx, widest),
  );
  if (!(scale > 0)) {
    throw new InputError('out-of-range', 'the margins and the line leave no room in the picture', {
      path: 'marginPx',
    });
  }
  const radius = Math.max(strokeMm * scale, minStrokePx) / 2;
  const ink = new Uint8Array(widthPx * heightPx);
  for (const stroke of strokes) {
    const points = stroke.map(({ x, y, pressure }): InkPoint => ({
      x: widthPx / 2 + (x - box.middleX) * scale,
      y: heightPx / 2 + (y - box.middleY) * scale,
      radius: radius * (1 + pressureGain * pressure),
    }));
    drawLine({ width: widthPx, height: heightPx, ink }, points);
  }
  return greyImage({ width: widthPx, height: heightPx, data: ink.map((dark) => 255 - dark) });
}

/** Pixels per millimetre at which `extentMm` and a line around it fill `room` pixels. */
function fit(room: number, extentMm: number, strokeMm: number, minStrokePx: number, widest: number): number {
  const scaled = room / (extentMm + strokeMm * widest);
  return strokeMm * scaled >= minStrokePx ? scaled : (room - minStrokePx * widest) / extentMm;
}

interface InkBox {
  readonly width: number;
  readonly height: number;
  readonly middleX: number;
  readonly middleY: number;
}

function inkBox(points: readonly StrokePoint[]): InkBox {
  if (points.length === 0) {
    throw new InputError('missing', 'the signature has no sample with the pen down', { path: 'samples' });
  }
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    width: right - left,
    height: bottom - top,
    middleX: (left + right) / 2,
    middleY: (top + bottom) / 2,
  };
}

function notNegative(numbers: Readonly<Record<string, number>>): void {
  for (const [path, value] of Object.entries(numbers)) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new InputError('out-of-range', `${path} is not a number of 0 or more`, { path });
    }
  }
}
