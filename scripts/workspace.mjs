// The packages of this workspace and their public entry points, read from their manifests.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every package with its folder (absolute) and parsed package.json, sorted by folder. */
export function packages() {
  return ['packages', 'examples'].flatMap((group) =>
    readdirSync(join(root, group))
      .sort()
      .map((name) => {
        const folder = join(root, group, name);
        return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
      }),
  );
}

/** Entry points of a package that carry types: `name` is that of its report (`vault`, `vault.node`), `types` the path of its declarations. */
export function entryPoints({ folder, manifest }) {
  const base = manifest.name.split('/')[1];
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, target]) => ({
      name: subpath === '.' ? base : `${base}.${subpath.slice(2).replaceAll('/', '.')}`,
      types: join(folder, target.types),
    }));
}
