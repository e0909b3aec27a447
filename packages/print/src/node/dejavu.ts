import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseFonts, type FontSet } from '@buergerkoffer/print/forms';

let loaded: Promise<FontSet> | undefined;

/** DejaVu Sans, regular and bold, from the npm package `dejavu-fonts-ttf`; read and parsed once per process. */
export function loadDejaVu(): Promise<FontSet> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined; // the next call tries again
    throw error;
  });
  return loaded;
}

async function load(): Promise<FontSet> {
  const { resolve } = createRequire(import.meta.url);
  const [regular, bold] = await Promise.all(
    ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
      readFile(resolve(`dejavu-fonts-ttf/ttf/${file}`)),
    ),
  );
  if (regular === undefined || bold === undefined) throw new Error('two files read, fewer returned');
  return parseFonts({ regular, bold });
}
