import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePage, CHROMIUM, hasChromium, listening, LONG_MS } from '../support/browser-page.js';
import type { Page } from './camera-page.js';

const installed = hasChromium();

/** A global of the page: what is evaluated there sees it. */
declare const page: Page;

/** A film of two grey frames (YUV4MPEG2), which Chromium shows as the picture of its camera. */
function film(width: number, height: number): Uint8Array {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = (luminance: number) =>
    Buffer.concat([
      Buffer.from('FRAME\n'),
      Buffer.alloc(width * height, luminance),
      Buffer.alloc((width * height) / 2, 128),
    ]);
  return Buffer.concat([head, frame(90), frame(160)]);
}

describe.skipIf(!installed)("in Debian's Chromium with a camera from a file", () => {
  const folder = mkdtempSync(join(tmpdir(), 'camera-web-'));
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(join(folder, 'site', 'page.js')));
    } else {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>camera</title><script type="module" src="page.js"></script>');
    }
  });
  let port = 0;

  beforeAll(async () => {
    await bundlePage(new URL('./camera-page.ts', import.meta.url), join(folder, 'site'));
    port = await listening(server);
  }, LONG_MS);

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What `work` finds in a page whose camera is a film of this size. */
  async function withCamera<T>(width: number, height: number, work: (tab: Tab) => Promise<T>): Promise<T> {
    const file = join(folder, `${width}x${height}.y4m`);
    writeFileSync(file, film(width, height));
    const context = await chromium.launchPersistentContext(join(folder, `profile-${width}`), {
      executablePath: CHROMIUM,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${file}`,
      ],
    });
    try {
      const tab = await context.newPage();
      await tab.goto(`http://127.0.0.1:${port}/`);
      return await work(tab);
    } finally {
      await context.close();
    }
  }

  it(
    'opens a camera with 4K, shows it, and takes a photo of 2160 lines',
    async () => {
      const shot = await withCamera(3840, 2160, (tab) => tab.evaluate(() => page.shoot()));
      expect(shot).toMatchObject({
        capabilities: { still: { widthPx: 3840, heightPx: 2160 }, liveView: true, bodyShutter: false },
        frame: [1280, 720, 0xff, 0xd8],
        photo: [3840, 2160],
      });
    },
    LONG_MS,
  );

  it(
    'refuses a camera of 1080 lines, and says what is needed',
    async () => {
      const refusal = await withCamera(1920, 1080, (tab) => tab.evaluate(() => page.refusal()));
      expect(refusal).toBe('the camera gives 1920 x 1080 pixels, 1244 x 1600 are needed');
    },
    LONG_MS,
  );
});
