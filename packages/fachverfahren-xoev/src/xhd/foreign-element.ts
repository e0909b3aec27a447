import { InputError } from '@buergerkoffer/formats';
import { readMessageTree } from '../message/read-tree.js';
import { elementsOf } from '../message/tree.js';
import type { MessageElement } from '../message/tree.js';
import { element, serializeXml } from '../xmeld/xml-writer.js';
import type { XmlElement } from '../xmeld/xml-writer.js';

/** Namespaces by prefix, the default one under the empty prefix. */
export type NamespaceScope = ReadonlyMap<string, string>;

/** The scope inside an element that stands in the given one. */
export function scopeIn({ declarations }: MessageElement, outer: NamespaceScope = new Map()): NamespaceScope {
  if (declarations.length === 0) return outer;
  return new Map([...outer, ...declarations.map(({ prefix, uri }) => [prefix, uri] as const)]);
}

/**
 * An element of another standard as it is embedded: names unprefixed under default namespaces; the prefixes that
 * attributes and QNames inside it use are declared on it. White space between elements is left out; `InputError`
 * `unsupported` for text between them.
 */
export function embedded(root: MessageElement, scope: NamespaceScope): XmlElement {
  const used = new Set([...elementsOf(root)].flatMap(prefixesOf));
  const declared = [...scope]
    .filter(([prefix]) => used.has(prefix))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([prefix, uri]) => [`xmlns:${prefix}`, uri] as const);
  return embeddedIn(root, undefined, declared);
}

function embeddedIn(
  { namespace, local, attributes, children, text, path }: MessageElement,
  outer: string | undefined,
  declared: readonly (readonly [string, string])[],
): XmlElement {
  if (children.length > 0 && text.trim() !== '')
    throw new InputError('unsupported', 'text between elements cannot be embedded', { path });
  return element(
    local,
    children.length === 0
      ? text
      : children.map((child) => embeddedIn(child, namespace, declarationsOf(child))),
    {
      xmlns: namespace === outer ? undefined : namespace,
      ...Object.fromEntries(declared),
      ...Object.fromEntries(
        attributes.map(({ prefix, local: name, value }) => [
          prefix === '' ? name : `${prefix}:${name}`,
          value,
        ]),
      ),
    },
  );
}

function declarationsOf({ declarations }: MessageElement): readonly (readonly [string, string])[] {
  return declarations
    .filter(({ prefix }) => prefix !== '')
    .map(({ prefix, uri }) => [`xmlns:${prefix}`, uri]);
}

/** Prefixes of attribute names, and of values and texts that look like a QName. */
function prefixesOf({ attributes, text }: MessageElement): readonly string[] {
  const names = attributes.map(({ prefix }) => prefix);
  const inTexts = [text, ...attributes.map(({ value }) => value)].map(
    (value) => /^\s*([\p{L}_][\p{L}\p{N}._-]{0,100}):/u.exec(value)?.[1] ?? '',
  );
  return [...names, ...inTexts].filter((prefix) => prefix !== '');
}

const DECLARATION = /^<\?xml[^>]*\?>\n?/;

/** The element as XML text without declaration. */
export function elementText(root: MessageElement, scope: NamespaceScope): string {
  return new TextDecoder().decode(serializeXml(embedded(root, scope))).replace(DECLARATION, '');
}

/** The element that {@link elementText} wrote, to be embedded. */
export function parseElementText(xml: string): XmlElement {
  const root = readMessageTree(new TextEncoder().encode(xml));
  return embedded(root, scopeIn(root));
}

/** Whether the text is one element of that name that can be embedded, without DTD and within the bounds of the reader. */
export function isElementText(xml: string, uri: string, local: string): boolean {
  try {
    const root = readMessageTree(new TextEncoder().encode(xml));
    embedded(root, scopeIn(root));
    return root.namespace === uri && root.local === local;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
