import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/** One way to build for every package: its entries are the sources that its `exports` name. */
const SOURCE = '@buergerkoffer/source';

interface Manifest {
  readonly exports: Record<string, string | Record<string, string>>;
}

function entriesOf(folder: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const sources = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target[SOURCE]].filter((source) => source !== undefined),
  );
  return Object.fromEntries(
    sources.map((source) => [source.replace('./src/', '').replace(/\.ts$/, ''), join(folder, source)]),
  );
}

/** Names of packages, where not all are wanted. */
const only = process.env['BUILD_ONLY']?.split(',');

const folders = ['packages', 'examples'].flatMap((group) =>
  readdirSync(group)
    .filter((name) => only?.includes(name) ?? true)
    .map((name) => join(group, name)),
);

export default defineConfig(
  folders.map((folder): Options => ({
    entry: entriesOf(folder),
    outDir: join(folder, 'dist'),
    format: ['esm'],
    target: 'node20',
    dts: false,
    sourcemap: true,
    // Chunks have a hash in their name: those of the last build go; the declarations that tsc wrote beside them stay.
    clean: ['!**/*.d.ts', '!**/*.d.ts.map', '!**/*.tsbuildinfo'],
    treeshake: false,
    silent: true,
    removeNodeProtocol: false,
    // Every package is resolved at run time by its name: nothing of another package is bundled.
    external: [/^@buergerkoffer\//],
    skipNodeModulesBundle: true,
  })),
);
