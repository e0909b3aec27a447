import { posix } from 'node:path';
import { readMessageTree } from '../../message/read-tree.js';
import { attributeOf, elementsOf, type MessageElement } from '../../message/tree.js';

/** An OASIS XML catalog: which file of the folder stands for which address. */
export interface Catalog {
  /** The path relative to the folder with `/`, or `undefined` when nothing there stands for the address. */
  resolve(address: string): string | undefined;
}

/** Namespace of OASIS XML Catalogs 1.1. */
const CATALOG = 'urn:oasis:names:tc:entity:xmlns:xml:catalog';

/**
 * Reads a catalog that lies in `folder` (relative to the root of what was loaded, with `/`); `undefined` for other XML.
 * `uri`, `system`, `rewriteURI`, `rewriteSystem`, `uriSuffix` and `systemSuffix` count, targets outside are ignored.
 * `InputError` for what is no XML.
 */
export function readCatalog(bytes: Uint8Array, folder: string): Catalog | undefined {
  const root = readMessageTree(bytes);
  if (root.namespace !== CATALOG || root.local !== 'catalog') return undefined;
  const exact = new Map<string, string>();
  const prefixes: (readonly [string, string])[] = [];
  const suffixes: (readonly [string, string])[] = [];
  for (const entry of elementsOf(root)) {
    if (entry.namespace !== CATALOG) continue;
    const [key, value] = entryOf(entry);
    const target = value === undefined ? undefined : inside(folder, baseOf(entry, root), value);
    if (key === undefined || target === undefined) continue;
    if (entry.local.startsWith('rewrite'))
      prefixes.push([key, value?.endsWith('/') === true ? `${target}/` : target]);
    else if (entry.local.endsWith('Suffix')) suffixes.push([key, target]);
    else if (!exact.has(key)) exact.set(key, target);
  }
  const longest = (a: readonly [string, string], b: readonly [string, string]): number =>
    b[0].length - a[0].length;
  prefixes.sort(longest);
  suffixes.sort(longest);
  return {
    resolve(address) {
      const found = exact.get(address);
      if (found !== undefined) return found;
      const prefix = prefixes.find(([start]) => address.startsWith(start));
      if (prefix !== undefined) return inside('', '', prefix[1] + address.slice(prefix[0].length));
      return suffixes.find(([end]) => address.endsWith(end))?.[1];
    },
  };
}

const KEYS: Readonly<Record<string, readonly [key: string, target: string]>> = {
  uri: ['name', 'uri'],
  system: ['systemId', 'uri'],
  rewriteURI: ['uriStartString', 'rewritePrefix'],
  rewriteSystem: ['systemIdStartString', 'rewritePrefix'],
  uriSuffix: ['uriSuffix', 'uri'],
  systemSuffix: ['systemIdSuffix', 'uri'],
};

function entryOf(entry: MessageElement): readonly [string | undefined, string | undefined] {
  const names = KEYS[entry.local];
  return names === undefined
    ? [undefined, undefined]
    : [attributeOf(entry, names[0]), attributeOf(entry, names[1])];
}

const XML = 'http://www.w3.org/XML/1998/namespace';

/** The nearest of `xml:base` on the entry and on the catalog. */
function baseOf(entry: MessageElement, root: MessageElement): string {
  const base = (element: MessageElement): string | undefined =>
    element.attributes.find(({ namespace, local }) => namespace === XML && local === 'base')?.value;
  return base(entry) ?? base(root) ?? '';
}

/** The path of a file of the folder, or `undefined` for what lies elsewhere. */
function inside(folder: string, base: string, target: string): string | undefined {
  const local = target.replace(/^file:(?=[^/])/u, '');
  if (/^[a-z][a-z0-9+.-]*:/iu.test(local) || local.startsWith('/') || base.includes(':')) return undefined;
  let path: string;
  try {
    path = posix.normalize(posix.join(folder, base, decodeURIComponent(local)));
  } catch {
    return undefined;
  }
  return path === '..' || path.startsWith('../') ? undefined : path.replace(/\/$/u, '');
}
