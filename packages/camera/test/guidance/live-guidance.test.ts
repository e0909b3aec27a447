import { rgbImage } from '@buergerkoffer/formats';
import { firstValueFrom, lastValueFrom, of, Subject, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { PreviewFrame } from '../../src/camera.js';
import { decodePreview } from '../../src/guidance/decode-preview.js';
import { liveGuidance, type Guidance, type GuidanceStatus } from '../../src/guidance/index.js';
import type { FaceLocator, LocatedFace } from '../../src/landmarks/index.js';
import { madePoints } from '../photo/made-face.js';
import { smallJpeg } from '../small-jpeg.js';

const frame = (sequence: number): PreviewFrame => ({
  mediaType: 'image/jpeg',
  bytes: new Uint8Array(),
  widthPx: 4,
  heightPx: 3,
  sequence,
});
const decode = ({ sequence }: PreviewFrame): ReturnType<typeof rgbImage> =>
  rgbImage({ width: 4 + sequence, height: 3 });

/** A locator that says how wide the images were, and answers when it is told to. */
function locator(
  answer: () => Promise<readonly LocatedFace[]>,
): FaceLocator & { widths: number[]; aborted: boolean } {
  const made = {
    info: { algorithm: 'none', version: '0', modelHash: '' },
    widths: [] as number[],
    aborted: false,
    locate: (image: { width: number }, options?: { signal?: AbortSignal }) => {
      made.widths.push(image.width);
      options?.signal?.addEventListener('abort', () => {
        made.aborted = true;
      });
      return answer();
    },
    close: () => Promise.resolve(),
  };
  return made;
}

/** A face whose eyes are 0.3 of its size apart. */
function madeFace(size: number): LocatedFace {
  const points = madePoints({ eyes: { x: size, y: size }, eyeDistancePx: 0.3 * size });
  const pose = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };
  const box = { x: 0, y: 0, width: size, height: size };
  return { box, confidence: 1, outline: [], pose, cutOff: false, points };
}

describe('guidance of a live view', () => {
  it('looks at the latest frame only, and drops those that came while it looked', async () => {
    const answers: (() => void)[] = [];
    const faces = locator(() => new Promise((resolve) => answers.push(() => resolve([]))));
    const frames = new Subject<PreviewFrame>();
    const told: Guidance[] = [];
    frames.pipe(liveGuidance(faces, { decode })).subscribe((guidance) => told.push(guidance));
    for (const sequence of [0, 1, 2, 3]) frames.next(frame(sequence));
    for (let turn = 0; turn < 4; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      answers.shift()?.();
    }
    expect(faces.widths).toEqual([4, 7]);
    expect(told.map(({ status }) => status)).toEqual(['SearchingFace', 'SearchingFace']);
  });

  it('hears of a second face that stays, although it follows the first', async () => {
    const [first, second] = [madeFace(100), madeFace(80)];
    let atMs = 0;
    const faces: FaceLocator = {
      info: { algorithm: 'none', version: '0', modelHash: '' },
      // As the locator does: who follows one face sees no other.
      locate: (_, options) => Promise.resolve(options?.near === undefined ? [first, second] : [first]),
      close: () => Promise.resolve(),
    };
    const clock = { elapsed: () => (atMs += 50) };
    const frames = new Subject<PreviewFrame>();
    const told: GuidanceStatus[] = [];
    frames.pipe(liveGuidance(faces, { decode, clock })).subscribe(({ status }) => told.push(status));
    for (let sequence = 0; sequence < 40; sequence += 1) {
      frames.next(frame(sequence));
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(told).toHaveLength(40);
    expect(new Set(told)).toEqual(new Set(['MultipleFaces']));
  });

  it('answers the last frame before it completes', async () => {
    const faces = locator(() => Promise.resolve([]));
    const told = await lastValueFrom(of(frame(0), frame(1)).pipe(liveGuidance(faces, { decode }), toArray()));
    expect(told).toHaveLength(2);
  });

  it('cancels the search when nobody listens any more', async () => {
    const faces = locator(() => new Promise(() => undefined));
    const frames = new Subject<PreviewFrame>();
    const listening = frames.pipe(liveGuidance(faces, { decode })).subscribe();
    frames.next(frame(0));
    await Promise.resolve();
    listening.unsubscribe();
    expect(faces.aborted).toBe(true);
  });

  it('fails with what the locator and the decoder fail with', async () => {
    const broken = locator(() => Promise.reject(new Error('broken')));
    await expect(firstValueFrom(of(frame(0)).pipe(liveGuidance(broken, { decode })))).rejects.toThrow(
      'broken',
    );
    const whole = locator(() => Promise.resolve([]));
    await expect(firstValueFrom(of(frame(0)).pipe(liveGuidance(whole)))).rejects.toMatchObject({
      kind: 'input',
    });
  });
});

describe('a frame of a live view', () => {
  it('is decoded, or refused with an InputError wherever it is cut off', () => {
    const bytes = smallJpeg(64, 48);
    expect(decodePreview({ bytes })).toMatchObject({ width: 64, height: 48, channels: 3 });
    for (let length = 0; length < bytes.length - 2; length += 7)
      expect(() => decodePreview({ bytes: bytes.subarray(0, length) })).toThrow(
        expect.objectContaining({ kind: 'input' }) as Error,
      );
  });
});
