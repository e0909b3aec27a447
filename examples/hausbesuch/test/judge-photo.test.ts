import { describe, expect, it, vi } from 'vitest';
import { photoFromFile } from '@buergerkoffer/camera';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import { scaledPoints } from '@buergerkoffer/camera/photo';
import { drawnFacePoints, drawnPerson, drawPortrait, portraitPhoto } from '@buergerkoffer/camera/simulator';
import { DeviceError } from '@buergerkoffer/core';
import { judgePhoto } from '../src/visit/judge-photo.js';

vi.setConfig({ testTimeout: 60_000 });

const PERSON = drawnPerson(1);
const PHOTO = portraitPhoto(PERSON);
const POINTS = drawnFacePoints(PERSON);

describe('a photo', () => {
  it('that is an ID photo is judged and keeps its bytes', async () => {
    const judged = await judgePhoto(PHOTO, () => Promise.resolve({ points: POINTS }));
    expect(judged.bytes).toBe(PHOTO.bytes);
    expect(judged).toMatchObject({ widthPx: 1244, heightPx: 1600, mediaType: 'image/jpeg' });
    expect(judged.quality).toMatchObject({
      assessment: 'assessed',
      verdict: 'good',
      value: 13,
      threshold: 13,
    });
  });

  it('that is larger is cut to 1244 x 1600', async () => {
    const large = drawPortrait(PERSON, 2000);
    const photo = await photoFromFile(await loadCodecs().jpeg.encode(large, 90));
    const points = scaledPoints(POINTS, large.height / 1600);
    const judged = await judgePhoto(photo, () => Promise.resolve({ points }));
    expect(judged).toMatchObject({ widthPx: 1244, heightPx: 1600 });
    expect(judged.quality).toMatchObject({ verdict: 'good' });
    expect(await photoFromFile(judged.bytes)).toMatchObject({ widthPx: 1244, heightPx: 1600 });
  });

  it('with a face that is cut off stays as it is, and says why', async () => {
    const points = { ...POINTS, chin: { x: 622, y: 1700 } };
    const judged = await judgePhoto(PHOTO, () => Promise.resolve({ points }));
    expect(judged.bytes).toBe(PHOTO.bytes);
    expect(judged.quality).toMatchObject({
      assessment: 'not-assessed',
      reason: expect.stringContaining('Kopf') as string,
    });
  });

  it('without a face, and where nobody can look for one, says so', async () => {
    expect((await judgePhoto(PHOTO, () => Promise.resolve(undefined))).quality).toMatchObject({
      reason: expect.stringContaining('kein Gesicht') as string,
    });
    const absent = (): Promise<never> => Promise.reject(new DeviceError('unsupported', 'not installed'));
    expect((await judgePhoto(PHOTO, absent)).quality).toMatchObject({
      reason: expect.stringContaining('nicht installiert') as string,
    });
  });
});
