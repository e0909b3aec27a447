import { describe, expect, it, vi } from 'vitest';
import { openBrowserCamera, type BrowserPlatform, type BrowserStream } from '@buergerkoffer/camera/web';
import { cameraContract } from '@buergerkoffer/camera/testing';
import { smallJpeg } from '../small-jpeg.js';
import { eventsOf, photosOf } from '../support/camera-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const FULL = { widthPx: 3840, heightPx: 2160 };

/** A JPEG that says that it is as large: its frame header is changed, nobody decodes it here. */
function jpegOf(widthPx: number, heightPx: number): Uint8Array {
  const bytes = smallJpeg(16, 16);
  const at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0);
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(at + 5, heightPx);
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(at + 7, widthPx);
  return bytes;
}

/** A browser whose camera is `stream`; how often it was stopped, and what takes it away. */
function browser(stream: Partial<BrowserStream> = {}, open: () => Promise<void> = () => Promise.resolve()) {
  const state = { stops: 0, take: (): void => undefined };
  const platform: BrowserPlatform = {
    open: async () => {
      await open();
      return {
        label: 'Lab webcam',
        ...FULL,
        photoCapabilities: () => Promise.resolve(undefined),
        takePhoto: () => Promise.resolve(undefined),
        grab: (maxWidthPx) => {
          const widthPx = Math.min(maxWidthPx, FULL.widthPx);
          const heightPx = Math.round((FULL.heightPx * widthPx) / FULL.widthPx);
          return Promise.resolve({ bytes: jpegOf(widthPx, heightPx), widthPx, heightPx });
        },
        onEnded: (listener) => {
          state.take = listener;
        },
        stop: () => {
          state.stops += 1;
        },
        ...stream,
      };
    },
  };
  return { platform, state };
}

describe('a camera of a browser', () => {
  it.each(cameraContract.filter(({ needs, name }) => needs === undefined && !name.includes('complete file')))(
    '$name',
    async ({ run }) => {
      await run({ open: (signal) => openBrowserCamera(browser(), signal) });
    },
  );

  it('takes a photo in full resolution where the browser can', async () => {
    const { platform } = browser({ takePhoto: () => Promise.resolve(jpegOf(4000, 3000)) });
    const camera = await openBrowserCamera({ platform });
    expect(camera.info).toMatchObject({ model: 'Lab webcam', simulated: false });
    const [photo] = photosOf(await eventsOf(camera));
    expect(photo).toMatchObject({ widthPx: 4000, heightPx: 3000 });
    await camera.close();
  });

  it.each([
    ['cannot', () => Promise.resolve(undefined)],
    ['fails', () => Promise.reject(new Error('no'))],
    ['gives a small one', () => Promise.resolve(jpegOf(640, 480))],
    ['gives a PNG', () => Promise.resolve(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10))],
  ])('takes the frame that is shown where it %s', async (_, takePhoto) => {
    const camera = await openBrowserCamera(browser({ takePhoto }));
    expect(photosOf(await eventsOf(camera))[0]).toMatchObject(FULL);
    await camera.close();
  });

  it.each([
    [1920, 1080, undefined],
    [1080, 1920, undefined],
    [1920, 1080, { imageWidth: { max: 2048 }, imageHeight: { max: 1536 } }],
  ])(
    'of %i x %i pixels is refused, says what is missing, and is switched off',
    async (widthPx, heightPx, photos) => {
      const { platform, state } = browser({
        widthPx,
        heightPx,
        photoCapabilities: () => Promise.resolve(photos),
      });
      await expect(openBrowserCamera({ platform })).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringMatching(/\d+ x \d+ pixels, 1244 x 1600 are needed/) as string,
      });
      expect(state.stops).toBe(1);
    },
  );

  it('that streams 1080 lines and takes larger photos is good for photos only', async () => {
    const photos = { imageWidth: { max: 4000 }, imageHeight: { max: 3000 } };
    let taken = jpegOf(4000, 3000);
    const stream = {
      widthPx: 1920,
      heightPx: 1080,
      photoCapabilities: () => Promise.resolve(photos),
      takePhoto: () => Promise.resolve(taken),
    };
    const camera = await openBrowserCamera(browser(stream));
    expect(camera.capabilities.still).toEqual({ widthPx: 4000, heightPx: 3000 });
    expect(photosOf(await eventsOf(camera))).toHaveLength(1);
    taken = jpegOf(1920, 1080);
    await expect(eventsOf(camera)).rejects.toMatchObject({ code: 'protocol' });
    await camera.close();
  });

  it.each([
    ['NotAllowedError', 'access-denied'],
    ['NotFoundError', 'not-found'],
    ['NotReadableError', 'busy'],
    ['OverconstrainedError', 'not-found'],
    ['AbortError', 'protocol'],
  ])('that the browser refuses with %s is %s', async (name, code) => {
    const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { name }));
    await expect(openBrowserCamera(browser({}, refuse))).rejects.toMatchObject({ kind: 'device', code });
  });

  it('that is allowed when nobody waits any more is switched off', async () => {
    let allow: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      allow = resolve;
    });
    const { platform, state } = browser({}, () => asked);
    const stop = new AbortController();
    const opening = openBrowserCamera({ platform }, stop.signal);
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    allow();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(state.stops).toBe(1);
  });

  it('is lost when the browser takes it away, in the middle of a live view', async () => {
    const { platform, state } = browser();
    const camera = await openBrowserCamera({ platform });
    const view = camera.preview().forEach(() => {
      state.take();
    });
    await expect(view).rejects.toMatchObject({ code: 'lost' });
    expect((await camera.ended).reason).toBe('lost');
  });
});
