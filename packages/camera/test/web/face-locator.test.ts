import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openFaceLocator as openInNode } from '../../src/node/face-locator.js';
import { openFaceLocator } from '../../src/web/face-locator.js';
import { openSymbolReader } from '../../src/web/symbol-reader.js';

const require = createRequire(import.meta.url);
const MODELS = (require.resolve.paths('@vladmandic/human') ?? [])
  .map((root) => join(root, '@vladmandic/human/models'))
  .find((folder) => existsSync(folder));
const ZXING = dirname(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));

/** A server of the app's own, with these folders under these paths. */
function serve(folders: Readonly<Record<string, string | undefined>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: URL) => {
    asked.push(address.href);
    const [, folder = '', file = ''] = address.pathname.split('/');
    const path = join(folders[folder] ?? '/nowhere', file);
    return Promise.resolve(
      existsSync(path) ? new Response(readFileSync(path)) : new Response('', { status: 404 }),
    );
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('the locator of a browser asks for three networks where the app serves them, and for nothing else', async () => {
  // Starts the backend, which in Node comes from a file.
  await (await openInNode()).close();
  const asked = serve({ models: MODELS });
  const locator = await openFaceLocator({
    models: new URL('https://app.example/models'),
    wasm: new URL('https://app.example/wasm'),
  });
  await locator.close();
  expect(asked.toSorted()).toEqual(
    ['blazeface', 'facemesh', 'iris'].flatMap((name) =>
      ['bin', 'json'].map((type) => `https://app.example/models/${name}.${type}`),
    ),
  );
}, 60_000);

it('what is not served is said, with what to do', async () => {
  serve({});
  const options = {
    models: new URL('https://app.example/models/'),
    wasm: new URL('https://app.example/wasm/'),
  };
  await expect(openFaceLocator(options)).rejects.toMatchObject({ kind: 'device', code: 'not-found' });
  const wasm = new URL('https://app.example/zxing/zxing_reader.wasm');
  await expect(openSymbolReader(wasm)).rejects.toMatchObject({ kind: 'device', code: 'not-found' });
}, 60_000);

it('the reader of symbols asks for its module alone', async () => {
  const asked = serve({ zxing: ZXING });
  const reader = await openSymbolReader(new URL('https://app.example/zxing/zxing_reader.wasm'));
  const nothing = { width: 20, height: 20, data: new Uint8Array(400).fill(200) };
  expect(await reader.read(nothing)).toEqual([]);
  expect(asked).toEqual(['https://app.example/zxing/zxing_reader.wasm']);
}, 60_000);
