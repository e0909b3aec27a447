import { InputError } from '@buergerkoffer/formats';
import { element, serializeXml } from '../xmeld/xml-writer.js';
import type { XmlElement } from '../xmeld/xml-writer.js';
import { readXml } from '../xmeld/xml-reader.js';
import type { ExpandedName } from '../xmeld/xml-reader.js';

/** An element as it was read: expanded name, attributes with their names as written, text, children. */
export interface XmlNode {
  readonly name: ExpandedName;
  readonly attributes: ReadonlyMap<string, string>;
  /** Namespaces in scope by prefix, the default one under the empty prefix. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** All text directly in the element. */
  readonly text: string;
}

interface Draft extends XmlNode {
  readonly children: Draft[];
  text: string;
}

const NO_NAMESPACES: ReadonlyMap<string, string> = new Map();

/** The document as a tree, within the bounds of {@link readXml}; `InputError` as there. */
export function readXmlTree(bytes: Uint8Array): XmlNode {
  const open: Draft[] = [];
  let root: Draft | undefined;
  readXml(bytes, {
    open: (_, name, attributes) => {
      const parent = open.at(-1);
      const namespaces = inScope(parent?.namespaces ?? NO_NAMESPACES, attributes);
      const node: Draft = { name, attributes, namespaces, children: [], text: '' };
      parent?.children.push(node);
      root ??= node;
      open.push(node);
    },
    text: (_, text) => {
      const node = open.at(-1);
      if (node !== undefined) node.text += text;
    },
    close: () => {
      open.pop();
    },
  });
  if (root === undefined) throw new InputError('malformed', 'the XML document has no root element');
  return root;
}

function inScope(
  outer: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = [...attributes].flatMap(([name, value]): [string, string][] => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [];
  });
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}

/** The name that a QName in attribute or text stands for. */
export function resolveQName(node: XmlNode, qname: string): ExpandedName {
  const [prefix, local] = qname.includes(':') ? qname.split(':', 2) : ['', qname];
  return { uri: node.namespaces.get(prefix ?? '') ?? '', local: local ?? '' };
}

/** The value of an attribute with a namespace, under whatever prefix. */
export function attributeOf(node: XmlNode, uri: string, local: string): string | undefined {
  for (const [name, value] of node.attributes) {
    const [prefix, ownLocal] = name.split(':', 2);
    if (ownLocal === local && node.namespaces.get(prefix ?? '') === uri) return value;
  }
  return undefined;
}

/**
 * The element as it is embedded elsewhere: names unprefixed under default namespaces; the prefixes that attributes and
 * QNames inside it use are declared on it. White space between elements is left out.
 */
export function embedded(node: XmlNode): XmlElement {
  const used = new Set<string>();
  collectPrefixes(node, used);
  const declared = [...node.namespaces]
    .filter(([prefix]) => used.has(prefix))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return embeddedIn(
    node,
    undefined,
    declared.map(([prefix, uri]) => [`xmlns:${prefix}`, uri]),
  );
}

function embeddedIn(
  node: XmlNode,
  outerUri: string | undefined,
  declarations: readonly (readonly [string, string])[],
): XmlElement {
  const isRoot = outerUri === undefined;
  const own = [...node.attributes].filter(
    ([name]) => name !== 'xmlns' && !(isRoot && name.startsWith('xmlns:')),
  );
  return element(
    node.name.local,
    node.children.length === 0
      ? node.text
      : node.children.map((child) => embeddedIn(child, node.name.uri, [])),
    {
      xmlns: node.name.uri === outerUri ? undefined : node.name.uri,
      ...Object.fromEntries(declarations),
      ...Object.fromEntries(own),
    },
  );
}

/** Prefixes of attribute names, and of values and texts that look like a QName. */
function collectPrefixes(node: XmlNode, used: Set<string>): void {
  for (const candidate of [...node.attributes.keys(), ...node.attributes.values(), node.text]) {
    const prefix = /^\s*([\p{L}_][\p{L}\p{N}._-]{0,100}):/u.exec(candidate)?.[1];
    if (prefix !== undefined) used.add(prefix);
  }
  for (const child of node.children) collectPrefixes(child, used);
}

const DECLARATION = /^<\?xml[^>]*\?>\n?/;

/** The element as XML text without declaration. */
export function elementText(node: XmlNode): string {
  return new TextDecoder().decode(serializeXml(embedded(node))).replace(DECLARATION, '');
}

/** The tree of an element kept as XML text. */
export function parseElementText(xml: string): XmlNode {
  return readXmlTree(new TextEncoder().encode(xml));
}

/** Whether the text is one well-formed element of that name, without DTD and within the bounds of the reader. */
export function isElementText(xml: string, uri: string, local: string): boolean {
  try {
    const { name } = parseElementText(xml);
    return name.uri === uri && name.local === local;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
