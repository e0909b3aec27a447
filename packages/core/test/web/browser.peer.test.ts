import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page as Tab } from 'playwright-core';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from './lab/page.js';

const CHROMIUM = '/usr/bin/chromium';
const LONG_MS = 240_000;
/** A name that is this computer, but no secure origin as 127.0.0.1 is. */
const INSECURE_HOST = 'kiosk.test';

const installed = existsSync(CHROMIUM);
if (!installed) console.warn(`skipped: ${CHROMIUM} is not installed (Debian package chromium)`);

/** A global of the page: what is evaluated there sees it. */
declare const page: Page;

describe.skipIf(!installed)("in Debian's Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), 'core-web-'));
  let server: Server | undefined;
  let context: BrowserContext | undefined;
  let port = 0;

  beforeAll(async () => {
    await bundle(join(folder, 'site'));
    server = serve(join(folder, 'site'));
    port = await listening(server);
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
      ],
    });
  }, LONG_MS);

  afterAll(async () => {
    await context?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LONG_MS);

  it('core and its buses run without anything of Node', async () => {
    const tab = await opened();
    expect(await tab.evaluate(() => page.nodeGlobals())).toEqual([]);
  });

  it("the browser's own objects are taken, and list nothing that nobody gave to the page", async () => {
    const tab = await opened();
    const nothing = { ports: 0, diagnostics: [] };
    expect(await tab.evaluate(() => page.real())).toEqual({ usb: nothing, hid: nothing, serial: nothing });
  });

  it('asking without a gesture of the person is refused by the browser, as access-denied', async () => {
    const tab = await opened();
    const denied = 'access-denied';
    expect(await tab.evaluate(() => page.askedWithoutGesture())).toEqual([denied, denied, denied]);
  });

  it('a page that was not loaded in a secure way has no devices, and says what to do', async () => {
    const tab = await opened(INSECURE_HOST);
    const real = await tab.evaluate(() => page.real());
    expect(Object.values(real).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      'usb.insecure-context',
      'hid.insecure-context',
      'serial.insecure-context',
    ]);
  });

  it('a driver identifies its device, streams, cancels, streams again, and loses it', async () => {
    const tab = await opened();
    expect(await tab.evaluate(() => page.grab())).toEqual({
      model: 'Grabber',
      asked: [[{ vendorId: 0x1209, productId: 0x0042, classCode: 0xff }]],
      lengths: [200, 200, 200, 200, 200, 200],
      whole: true,
      stopsAfterTwo: true,
      loss: 'lost',
      ended: 'lost',
    });
  });

  it(
    'the contracts of the transports are kept',
    async () => {
      const tab = await opened();
      const { kept, others } = await tab.evaluate(() => page.contracts());
      // What cannot be tried here: a browser that has no such devices.
      expect(others.filter((one) => !one.includes('skipped: needs absent-bus'))).toEqual([]);
      expect(kept).toBeGreaterThan(200);
    },
    LONG_MS,
  );

  async function opened(host = '127.0.0.1'): Promise<Tab> {
    if (context === undefined) throw new Error('the browser does not run');
    const tab = await context.newPage();
    await tab.goto(`http://${host}:${port}/`);
    return tab;
  }
});

/** The page with core, core/web and the lab, from source, as a browser loads it. */
async function bundle(folder: string): Promise<void> {
  await build({
    config: false,
    entry: { page: fileURLToPath(new URL('./lab/page.ts', import.meta.url)) },
    outDir: folder,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    noExternal: [/.*/],
    silent: true,
    outExtension: () => ({ js: '.js' }),
    esbuildOptions: (options) => {
      options.conditions = ['@buergerkoffer/source'];
    },
  });
}

function serve(folder: string): Server {
  return createServer((request, response) => {
    if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(join(folder, 'page.js')));
    } else {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>core</title><script type="module" src="page.js"></script>');
    }
  });
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the server has no port'));
    });
  });
}
