import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build, type Options } from 'tsup';

/** Where Debian's Chromium lies. */
export const CHROMIUM = '/usr/bin/chromium';
/** What building a page and starting a browser may take on a slow computer, in milliseconds. */
export const LONG_MS = 240_000;

/** Whether the browser is there; says so where it is not. */
export function hasChromium(): boolean {
  const installed = existsSync(CHROMIUM);
  if (!installed) console.warn(`skipped: ${CHROMIUM} is not installed (Debian package chromium)`);
  return installed;
}

/** Puts the page whose script is `entry` into `outDir` as `page.js`, from source, as a browser loads it. */
export async function bundlePage(entry: URL, outDir: string, more: Options = {}): Promise<void> {
  await build({
    config: false,
    entry: { page: fileURLToPath(entry) },
    outDir,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    noExternal: [/.*/],
    silent: true,
    outExtension: () => ({ js: '.js' }),
    esbuildOptions: (options) => {
      options.conditions = ['@buergerkoffer/source'];
    },
    ...more,
  });
}

/** The port on the loopback at which `server` answers from now on. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}
