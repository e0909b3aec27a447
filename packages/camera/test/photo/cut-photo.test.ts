import { describe, expect, it, vi } from 'vitest';
import {
  cutPhoto,
  decodePhoto,
  findCrop,
  photoPixels,
  pureJpegCodec,
  type CropFrame,
  type FacePoints,
  type Point,
} from '../../src/photo/index.js';
import { loadCodecs } from '../../src/codecs/index.js';
import type { Orientation } from '../../src/photo/photo.js';
import { uprightToStored } from '../../src/photo/upright.js';
import { hasSharedData, sharedFile, sharedPoints } from '../shared-data.js';
import { darkCentre, discs, madePoints, mapPoint } from './made-face.js';

vi.setConfig({ testTimeout: 60_000 });

const FACE = madePoints({ eyes: { x: 950, y: 1000 }, eyeDistancePx: 400, rollDeg: 7 });
const SIZE = { widthPx: 1900, heightPx: 2300 };

function frameFor(points: FacePoints): CropFrame {
  const verdict = findCrop(SIZE, points);
  if (verdict.type === 'refused') throw new Error(verdict.refusal.reason);
  return verdict.frame;
}

/** Middle of an eye, from the corners that are drawn on the photo. */
function rollOf(corners: readonly Point[]): number {
  const [a = { x: 0, y: 0 }, b = a, c = a, d = a] = corners;
  return (Math.atan2(c.y + d.y - a.y - b.y, c.x + d.x - a.x - b.x) * 180) / Math.PI;
}

describe('the picture that is cut out', () => {
  it.each([1, 3, 6, 8, 2, 5] as const)(
    'shows every point where it is said to lie, orientation %d',
    (orientation: Orientation) => {
      const [width, height] =
        orientation >= 5 ? [SIZE.heightPx, SIZE.widthPx] : [SIZE.widthPx, SIZE.heightPx];
      const blank = photoPixels(discs(width, height, [], 1), orientation);
      const toStored = uprightToStored(blank);
      const image = discs(
        width,
        height,
        Object.values(FACE).map((point: Point) => mapPoint(toStored, point)),
        12,
      );
      const {
        image: picture,
        points,
        operations,
      } = cutPhoto(photoPixels(image, orientation), frameFor(FACE), FACE);
      expect([picture.width, picture.height, picture.channels]).toEqual([1244, 1600, 3]);
      if (points === undefined || picture.channels !== 3) throw new Error('no points');
      const seen = Object.entries(points).map(([, point]: [string, Point]) => ({
        point,
        found: darkCentre(picture, point, 25),
      }));
      for (const { point, found } of seen) {
        expect(Math.hypot(found.x - point.x, found.y - point.y)).toBeLessThan(0.3);
      }
      expect(Math.abs(rollOf(seen.slice(0, 4).map(({ found }) => found)))).toBeLessThan(0.05);
      expect(operations.map(({ operation }) => operation)).toEqual(
        orientation === 1 ? ['rotate', 'crop', 'scale'] : ['orient', 'rotate', 'crop', 'scale'],
      );
    },
  );

  it('names no turn where there was none', () => {
    const level = madePoints({ eyes: { x: 950, y: 1000 }, eyeDistancePx: 400 });
    const { operations } = cutPhoto(photoPixels(discs(1900, 2300, [], 1)), frameFor(level));
    expect(operations.map(({ operation }) => operation)).toEqual(['crop', 'scale']);
  });

  it('is a finished photo pixel by pixel, and nothing was done to it', () => {
    const image = discs(1244, 1600, [{ x: 400, y: 500 }], 30);
    const frame = { centre: { x: 622, y: 800 }, heightPx: 1600, turnedDeg: 0 };
    const cropped = cutPhoto(photoPixels(image), frame);
    expect(cropped.operations).toEqual([]);
    expect(Buffer.compare(cropped.image.data, image.data)).toBe(0);
  });

  it('is never larger than its pixels and never beyond the photo', () => {
    const pixels = photoPixels(discs(1900, 2300, [], 1));
    const frame = { centre: { x: 950, y: 1150 }, heightPx: 1600, turnedDeg: 0 };
    expect(cutPhoto(pixels, frame).image.height).toBe(1600);
    expect(() => cutPhoto(pixels, { ...frame, heightPx: 1599.9 })).toThrow('1599 rows');
    expect(() => cutPhoto(pixels, { ...frame, heightPx: Number.NaN })).toThrow('are needed');
    expect(() => cutPhoto(pixels, { ...frame, centre: { x: 500, y: 1150 } })).toThrow('122 pixels (left)');
    expect(() => cutPhoto(pixels, { ...frame, turnedDeg: 50 })).toThrow('leaves the photo');
  });

  it.skipIf(!hasSharedData)('of a photo of the data is that of the data (needs ../shared)', async () => {
    const { jpeg } = loadCodecs();
    const { pixels } = await decodePhoto(sharedFile('photo/sim-12mp-orientation6.jpg'), jpeg);
    const { pixels: theirs } = await decodePhoto(sharedFile('iso19794/crop-1244x1600.jpg'), jpeg);
    // As the data's README says: turned by 3.0 degrees, eyes at 0.42, head height 0.74.
    const heightPx = 1260.7 / 0.74;
    const [down, turn] = [0.08 * heightPx, (3 * Math.PI) / 180];
    const centre = { x: 1500 - down * Math.sin(turn), y: 868 + down * Math.cos(turn) };
    const { image } = cutPhoto(pixels, { centre, heightPx, turnedDeg: 3 });
    const squares = image.data.reduce(
      (sum, value, at) => sum + (value - (theirs.image.data[at] ?? 0)) ** 2,
      0,
    );
    expect(10 * Math.log10(255 ** 2 / (squares / image.data.length))).toBeGreaterThan(48);
  });

  it.skipIf(!hasSharedData)('has the eyes level on photos of the data (needs ../shared)', async () => {
    const { pixels } = await decodePhoto(sharedFile('photo/sim-12mp-roll8.jpg'), loadCodecs().jpeg);
    const points = sharedPoints('sim-12mp-roll8.jpg');
    const verdict = findCrop(pixels, points);
    if (verdict.type === 'refused') throw new Error(verdict.refusal.reason);
    const { points: onCrop } = cutPhoto(pixels, verdict.frame, points);
    if (onCrop === undefined) throw new Error('no points');
    const corners = [onCrop.rightEyeOuter, onCrop.rightEyeInner, onCrop.leftEyeInner, onCrop.leftEyeOuter];
    expect(Math.abs(rollOf(corners))).toBeLessThan(0.01);
  });

  it('is the same without WebAssembly', async () => {
    const image = discs(200, 150, [{ x: 60, y: 70 }], 20);
    const bytes = await loadCodecs().jpeg.encode(image, 95);
    const [fast, slow] = await Promise.all([
      decodePhoto(bytes, loadCodecs().jpeg),
      decodePhoto(bytes, pureJpegCodec()),
    ]);
    const differences = fast.pixels.image.data.map((value, at) =>
      Math.abs(value - (slow.pixels.image.data[at] ?? 0)),
    );
    expect(Math.max(...differences)).toBeLessThanOrEqual(2);
  });
});
