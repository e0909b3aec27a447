import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { smallJpeg } from '../small-jpeg.js';
import { bundlePage, CHROMIUM, hasChromium, LONG_MS } from '../support/browser-page.js';
import type { CodecPage } from './browser/page.js';

const installed = hasChromium();

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'codecs-web-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A global of the page: what is evaluated there sees it. */
declare const page: CodecPage;

function base64Of(wasm: string): string {
  return readFileSync(require.resolve(wasm)).toString('base64');
}

describe.skipIf(!installed)("in Debian's Chromium", () => {
  it(
    'the codecs run on the binaries that they are given',
    async () => {
      await bundlePage(new URL('browser/page.ts', import.meta.url), folder, {
        // Those two the modules ask for in Node alone.
        noExternal: [/^(?!(fs|path)$)/],
        external: ['fs', 'path'],
      });
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu'],
      });
      try {
        const tab = await browser.newPage();
        await tab.addScriptTag({ path: join(folder, 'page.js'), type: 'module' });
        await tab.waitForFunction(() => 'page' in globalThis);
        const binaries = [
          base64Of('@cornerstonejs/codec-libjpeg-turbo-8bit/wasm'),
          base64Of('@cornerstonejs/codec-openjpeg/wasm'),
          Buffer.from(smallJpeg(200, 120)).toString('base64'),
        ] as const;
        const result = await tab.evaluate(
          ([jpeg, jpeg2000, photo]) => page.thereAndBack(jpeg, jpeg2000, photo),
          binaries,
        );
        expect(result).toEqual({ width: 200, height: 120, isSame: true });
      } finally {
        await browser.close();
      }
    },
    LONG_MS,
  );
});
