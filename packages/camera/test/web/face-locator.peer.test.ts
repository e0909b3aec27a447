import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFaceLocator } from '../../src/node/face-locator.js';
import type { Point } from '../../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';
import { bundlePage, CHROMIUM, hasChromium, listening, LONG_MS } from '../support/browser-page.js';
import type { LocatorPage } from './locator-page.js';

const PERSON = 1;
const HEIGHT_PX = 800;

const installed = hasChromium();

const require = createRequire(import.meta.url);
/** That package lets nobody resolve its files by name. */
const MODELS = (require.resolve.paths('@vladmandic/human') ?? [])
  .map((root) => join(root, '@vladmandic/human/models'))
  .find((folder) => existsSync(folder));

/** A global of the page: what is evaluated there sees it. */
declare const page: LocatorPage;

describe.skipIf(!installed)("in Debian's Chromium", () => {
  const site = mkdtempSync(join(tmpdir(), 'locator-web-'));
  const folders = new Map<string, string | undefined>([
    ['site', site],
    ['models', MODELS],
    ['wasm', dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))],
  ]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const path = join(folders.get(url.split('/')[1] ?? '') ?? site, basename(url));
    asked.push(url);
    if (url === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>faces</title><script type="module" src="/site/page.js"></script>');
    } else if (existsSync(path)) {
      response.setHeader(
        'content-type',
        url.endsWith('.js') ? 'text/javascript' : 'application/octet-stream',
      );
      response.end(readFileSync(path));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  let port = 0;

  beforeAll(async () => {
    await bundlePage(new URL('./locator-page.ts', import.meta.url), site);
    port = await listening(server);
  }, LONG_MS);

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(site, { recursive: true, force: true });
  });

  it(
    'the locator finds the face that it finds in Node, with files of its own server alone',
    async () => {
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu'],
      });
      try {
        const tab = await browser.newPage();
        const foreign: string[] = [];
        tab.on('request', (request) => {
          if (!request.url().startsWith(`http://127.0.0.1:${port}/`)) foreign.push(request.url());
        });
        await tab.goto(`http://127.0.0.1:${port}/`);
        await tab.waitForFunction(() => 'page' in globalThis);
        const found = await tab.evaluate(([person, height]) => page.locate(person, height), [
          PERSON,
          HEIGHT_PX,
        ] as const);
        const locator = await openFaceLocator();
        const [expected] = await locator.locate(drawPortrait(drawnPerson(PERSON), HEIGHT_PX));
        await locator.close();
        expect(found).toHaveLength(1);
        const distances = Object.entries(expected?.points ?? {}).map(([name, point]: [string, Point]) => {
          const other: Point | undefined = Object.entries(found[0] ?? {}).find(([key]) => key === name)?.[1];
          return other === undefined ? Infinity : Math.hypot(other.x - point.x, other.y - point.y);
        });
        expect(distances.length).toBeGreaterThan(8);
        expect(Math.max(...distances)).toBeLessThan(0.5);
        expect(foreign).toEqual([]);
        expect(asked.filter((url) => url.endsWith('.wasm')).length).toBeGreaterThan(0);
      } finally {
        await browser.close();
      }
    },
    LONG_MS,
  );
});
