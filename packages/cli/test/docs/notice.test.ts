import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../../', import.meta.url);
const NOTICE = readFileSync(new URL('NOTICE', ROOT), 'utf8');
const FOLDERS = ['packages', 'examples'].flatMap((kind) =>
  readdirSync(new URL(kind, ROOT)).map((name) => `${kind}/${name}`),
);

/** The packages of others that a package needs, or can use, at run time. */
function needsOf(folder: string): readonly string[] {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    readFileSync(new URL(`${folder}/package.json`, ROOT), 'utf8'),
  ) as Readonly<Record<string, Record<string, string>>>;
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  return names.filter((name) => !name.startsWith('@buergerkoffer/'));
}

describe('NOTICE', () => {
  it.each(FOLDERS)('names every package that %s needs', (folder) => {
    const words = new Set(NOTICE.split(/[\s,:;]+/u));
    expect(needsOf(folder).filter((name) => !words.has(name))).toEqual([]);
  });
});
