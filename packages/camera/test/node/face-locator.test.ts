import { decodePng, readJpegInfo, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { decode } from 'jpeg-js';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaceLocator, LocatedFace } from '../../src/landmarks/index.js';
import { sampleWindow } from '../../src/landmarks/image-window.js';
import { openFaceLocator } from '../../src/node/face-locator.js';
import { distanceOf, eyeCentres, rollOf } from '../../src/photo/eye-centres.js';
import type { FacePoints } from '../../src/photo/face-points.js';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';

const DATA = new URL('../../../../../shared/data/camera/photo/', import.meta.url);

let locator: FaceLocator;
beforeAll(async () => {
  locator = await openFaceLocator();
}, 60_000);
afterAll(() => locator.close());

/** `image` turned clockwise by degrees and scaled, in the middle of a square of `side` pixels. */
function redrawn(image: RgbImage, side: number, scale = 1, degrees = 0): RgbImage {
  const centre = { x: image.width / 2, y: image.height / 2 };
  const window = { centre, side: side / scale, angle: (-degrees * Math.PI) / 180 };
  const data = Uint8Array.from(sampleWindow(image, window, side, { gain: 1, offset: 0 }), Math.round);
  return rgbImage({ width: side, height: side, data });
}

/** `image` enlarged by a whole number, every pixel a square. */
function repeated({ width, height, data }: RgbImage, times: number): RgbImage {
  const large = rgbImage({ width: width * times, height: height * times });
  for (let at = 0; at < large.data.length; at++) {
    const pixel = Math.floor(at / 3);
    const x = Math.floor((pixel % large.width) / times);
    const y = Math.floor(pixel / large.width / times);
    large.data[at] = data[(y * width + x) * 3 + (at % 3)] ?? 0;
  }
  return large;
}

/** `image` with the skin below the eyes drawn over them, and a line of lashes along their lower lids. */
function closed(image: RgbImage, points: FacePoints): RgbImage {
  const data = image.data.slice();
  const { right, left } = eyeCentres(points);
  const width = distanceOf(points.rightEyeOuter, points.rightEyeInner);
  for (const eye of [right, left]) {
    const skin = (Math.round(eye.y + 0.75 * width) * image.width + Math.round(eye.x)) * 3;
    for (let y = Math.round(eye.y - 0.4 * width); y < eye.y + 0.4 * width; y++) {
      for (let x = Math.round(eye.x - 0.6 * width); x < eye.x + 0.6 * width; x++) {
        const sag = 0.12 * width * (1 - ((x - eye.x) / (0.6 * width)) ** 2);
        const shade = Math.abs(y - eye.y - sag) < 0.03 * width ? 0.45 : 1;
        for (let channel = 0; channel < 3; channel++)
          data[(y * image.width + x) * 3 + channel] = (image.data[skin + channel] ?? 0) * shade;
      }
    }
  }
  return rgbImage({ width: image.width, height: image.height, data });
}

function eyeDistance(points: FacePoints): number {
  const { right, left } = eyeCentres(points);
  return distanceOf(right, left);
}

async function only(image: RgbImage): Promise<LocatedFace> {
  const faces = await locator.locate(image);
  expect(faces).toHaveLength(1);
  const [face] = faces;
  if (face === undefined) throw new Error('no face');
  return face;
}

describe('the face on a drawn portrait', () => {
  const portrait = drawPortrait(drawnPerson(1), 800);

  it('has its eyes, chin and crown where they were drawn', async () => {
    const { points, cutOff, confidence } = await only(portrait);
    const { right, left, middle } = eyeCentres(points);
    // Drawing units of face-map.ts, at half their size.
    expect(Math.abs(middle.x - 311)).toBeLessThan(6);
    expect(Math.abs(middle.y - 367.5)).toBeLessThan(8);
    expect(Math.abs(left.x - right.x - 168)).toBeLessThan(6);
    expect(Math.abs(points.chin.y - 655)).toBeLessThan(10);
    expect(Math.abs((points.crown?.y ?? 0) - 75)).toBeLessThan(12);
    expect(cutOff).toBe(false);
    expect(confidence).toBeGreaterThan(0.6);
  }, 60_000);

  it('has a gap between its lids, which is gone once skin lies over the eyes', async () => {
    const gaps = ({ points }: LocatedFace): readonly number[] =>
      (['right', 'left'] as const).map((side) => {
        const [upper, lower] = [points[`${side}UpperLid`], points[`${side}LowerLid`]];
        if (upper === undefined || lower === undefined) throw new Error('no lids');
        return distanceOf(upper, lower) / distanceOf(eyeCentres(points).middle, points.chin);
      });
    const open = await only(portrait);
    expect(Math.min(...gaps(open))).toBeGreaterThan(0.08);
    expect(Math.max(...gaps(await only(closed(portrait, open.points))))).toBeLessThan(0.03);
  }, 60_000);

  it('is found on its side and on its head, where it really is', async () => {
    for (const degrees of [90, 180]) {
      const { points, pose } = await only(redrawn(portrait, 700, 0.8, degrees));
      expect(Math.abs(Math.abs(rollOf(points)) - degrees)).toBeLessThan(1.5);
      expect(Math.abs(Math.abs(pose.rollDeg) - degrees)).toBeLessThan(3);
    }
  }, 60_000);

  it('is cut off when the photo ends at its mouth', async () => {
    const data = portrait.data.subarray(0, portrait.width * 560 * 3);
    const { cutOff } = await only(rgbImage({ width: portrait.width, height: 560, data }));
    expect(cutOff).toBe(true);
  }, 60_000);

  it('is found again at once near where it was', async () => {
    const before = await only(portrait);
    const [after] = await locator.locate(portrait, { near: before, effort: 'quick' });
    expect(
      Math.abs(eyeDistance(after?.points ?? before.points) / eyeDistance(before.points) - 1),
    ).toBeLessThan(0.02);
    const nothing = rgbImage({ width: 622, height: 800 });
    expect(await locator.locate(nothing, { near: before, effort: 'quick' })).toEqual([]);
  }, 60_000);
});

it('two locators can be opened at once, and one of them closed', async () => {
  const [first, second] = await Promise.all([openFaceLocator(), openFaceLocator()]);
  await first.close();
  expect(await second.locate(rgbImage({ width: 60, height: 80 }))).toEqual([]);
  expect(second.info.modelHash).toBe(locator.info.modelHash);
  await second.close();
}, 60_000);

describe('an image without a face', () => {
  it('has none, whatever its size', async () => {
    for (const [width, height] of [
      [1, 1],
      [900, 3],
      [500, 400],
    ] as const)
      expect(await locator.locate(rgbImage({ width, height }))).toEqual([]);
  }, 60_000);
});

describe.skipIf(!existsSync(DATA))(
  'the face of a portrait, against points placed by hand (needs ../shared)',
  () => {
    const truth = existsSync(DATA) ? truths() : {};

    it('is where a person sees it: eyes, head, roll', async () => {
      for (const name of ['astronaut.png', 'sim-2mp-1080p.jpg']) {
        const points = truth[name];
        if (points?.crown === undefined || points.headRight === undefined || points.headLeft === undefined)
          throw new Error('no truth');
        const found = (await only(await photo(name))).points;
        const height = distanceOf(points.crown, points.chin);
        expect(Math.abs(eyeDistance(found) / eyeDistance(points) - 1), 'eyes').toBeLessThan(0.02);
        expect(Math.abs(rollOf(found) - rollOf(points)), 'roll').toBeLessThan(0.5);
        expect(
          Math.abs(distanceOf(found.crown ?? found.chin, found.chin) / height - 1),
          'head height',
        ).toBeLessThan(0.02);
        const width = distanceOf(found.headRight ?? found.chin, found.headLeft ?? found.chin);
        expect(
          Math.abs(width / distanceOf(points.headRight, points.headLeft) - 1),
          'head width',
        ).toBeLessThan(0.02);
        for (const corner of ['rightEyeOuter', 'rightEyeInner', 'leftEyeInner', 'leftEyeOuter'] as const)
          expect(distanceOf(found[corner], points[corner]) / height, corner).toBeLessThan(0.01);
      }
    }, 60_000);

    it('keeps its measures over eight times its size and all turns', async () => {
      const points = truth['astronaut.png'];
      if (points === undefined) throw new Error('no truth');
      const image = await photo('astronaut.png');
      const sizes = [[0.5, redrawn(image, 256, 0.5)] as const, [4, repeated(image, 4)] as const];
      for (const [scale, resized] of sizes) {
        const found = eyeDistance((await only(resized)).points);
        expect(Math.abs(found / scale / eyeDistance(points) - 1), `scale ${scale}`).toBeLessThan(0.02);
      }
      for (const degrees of [-30, -12, 12, 30]) {
        const found = (await only(redrawn(image, 512, 1, degrees))).points;
        expect(Math.abs(rollOf(found) - rollOf(points) - degrees), `${degrees} degrees`).toBeLessThan(0.5);
      }
    }, 60_000);

    it('comes with the second face on the photo, the larger one first', async () => {
      const [first, second, ...more] = await locator.locate(await photo('sim-two-faces.jpg'));
      if (first === undefined || second === undefined) throw new Error('two faces are on the photo');
      expect(more).toEqual([]);
      const share = (second.box.width * second.box.height) / (first.box.width * first.box.height);
      expect(Math.abs(share - 0.49)).toBeLessThan(0.04);
    }, 60_000);
  },
);

/** Points of ground-truth.json as `FacePoints`, by file. */
function truths(): Readonly<Record<string, FacePoints | undefined>> {
  const stored = JSON.parse(readFileSync(new URL('ground-truth.json', DATA), 'utf8')) as {
    original512: Record<string, [number, number]>;
    frames: Record<string, { points?: Record<string, [number, number]> }>;
  };
  const all = Object.entries(stored.frames).map(([name, { points }]) => [name, points] as const);
  return Object.fromEntries(
    [...all, ['astronaut.png', stored.original512] as const].map(([name, points = {}]) => [
      name,
      Object.fromEntries(
        Object.entries(points).map(([key, [x, y]]) => [key === 'crownEstimate' ? 'crown' : key, { x, y }]),
      ) as unknown as FacePoints,
    ]),
  );
}

async function photo(name: string): Promise<RgbImage> {
  const bytes = new Uint8Array(readFileSync(new URL(name, DATA)));
  if (name.endsWith('.png')) {
    const image = await decodePng(bytes);
    if (image.channels !== 3) throw new Error('a photo has colours');
    return image;
  }
  if (readJpegInfo(bytes).orientation !== 1) throw new Error('an upright photo is expected');
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    maxMemoryUsageInMB: 900,
  });
  return rgbImage({ width, height, data });
}
