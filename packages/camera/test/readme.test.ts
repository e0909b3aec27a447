import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@buergerkoffer/formats';
import type { Subscription } from 'rxjs';
import { expect, it, vi } from 'vitest';
import type { FacePoints } from '../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../src/simulator/index.js';
import { withExample } from './readme-example.js';
import { smallJpeg } from './small-jpeg.js';

it('the example of the README takes a photo', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await withExample(0, () =>
      vi.waitFor(() => {
        expect(log.mock.calls.flat()).toContain('nicht geprüft');
      }, 10_000),
    );
    expect(log.mock.calls.flat()).toContain('StandStill');
  } finally {
    log.mockRestore();
  }
}, 20_000);

it('the second example watches for cameras on a cable and in the network', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await withExample(1, async ({ watching }) => {
      await vi.waitFor(() => {
        expect(log.mock.calls.flat(2)).toContain('unknown maker ptp-ip');
      }, 15_000);
      (watching as Subscription).unsubscribe();
    });
  } finally {
    log.mockRestore();
  }
}, 20_000);

it('the third example gives the newest photo of a card', async () => {
  const card = await mkdtemp(join(tmpdir(), 'card-'));
  try {
    await writeFile(join(card, 'IMG_0001.JPG'), smallJpeg(24, 16));
    await withExample(2, async ({ newestPhoto }) => {
      const newest = await (newestPhoto as (card: string) => Promise<unknown>)(card);
      expect(newest).toMatchObject({ photo: { widthPx: 24 }, exif: {} });
    });
  } finally {
    await rm(card, { recursive: true });
  }
}, 20_000);

it('the example of ID photos makes the files of one', async () => {
  await withExample(3, async (example) => {
    const { idPhoto } = example as { idPhoto: (file: Uint8Array, points: FacePoints) => Promise<object> };
    const photo = await encodePng(drawPortrait(drawnPerson(1)));
    const made = await idPhoto(photo, PORTRAIT_POINTS);
    expect(made).toMatchObject({
      total: 'not-assessed',
      done: [{ operation: 'encode' }],
    });
    expect(made).toMatchObject({ register: expect.any(Uint8Array), chip: expect.any(Uint8Array) });
    const far = await idPhoto(photo, { ...PORTRAIT_POINTS, chin: { x: 622, y: 1700 } });
    expect(far).toMatchObject({ message: expect.stringContaining('cut off') });
  });
}, 60_000);

/** Eyes and chin of a drawn portrait, from its face map. */
const PORTRAIT_POINTS: FacePoints = {
  rightEyeOuter: { x: 394, y: 735 },
  rightEyeInner: { x: 514, y: 735 },
  leftEyeInner: { x: 730, y: 735 },
  leftEyeOuter: { x: 850, y: 735 },
  chin: { x: 622, y: 1310 },
};
