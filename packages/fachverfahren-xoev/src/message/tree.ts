/** An element of a message as it was read: names, attributes and text as written, and where it stood. */
export interface MessageElement {
  /** Namespace, empty when the element is in none. */
  readonly namespace: string;
  /** Name without its prefix. */
  readonly local: string;
  /** Prefix as written, empty when there is none. */
  readonly prefix: string;
  readonly attributes: readonly MessageAttribute[];
  /** Namespaces that this element declares. */
  readonly declarations: readonly NamespaceDeclaration[];
  /** Child elements. */
  readonly children: readonly MessageElement[];
  /** Child elements and the text around them, in the order of the document. */
  readonly content: readonly (MessageElement | string)[];
  /** The text directly in this element, lexical value kept. */
  readonly text: string;
  /** Line on which the start tag ends, from 1. */
  readonly line: number;
  /** Location path, with an index only where siblings have the same name: `/xmeld:x.0430/nachrichtenkopf.g2g/autor/erreichbarkeit[2]`. */
  readonly path: string;
}

/** An attribute; the declarations of namespaces are none. */
export interface MessageAttribute {
  /** Namespace, empty when the attribute is in none. */
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
  readonly value: string;
}

/** A declaration `xmlns:prefix="uri"`; the prefix is empty for `xmlns="uri"`. */
export interface NamespaceDeclaration {
  readonly prefix: string;
  readonly uri: string;
}

/** The first child with this local name, whatever its namespace. */
export function childOf(element: MessageElement, local: string): MessageElement | undefined {
  return element.children.find((child) => child.local === local);
}

/** The children with this local name, whatever their namespace. */
export function childrenOf(element: MessageElement, local: string): readonly MessageElement[] {
  return element.children.filter((child) => child.local === local);
}

/** The value of the attribute in no namespace with this name. */
export function attributeOf(element: MessageElement, local: string): string | undefined {
  return element.attributes.find((each) => each.local === local && each.namespace === '')?.value;
}

/** The element and everything below it, in the order of the document. */
export function* elementsOf(element: MessageElement): Generator<MessageElement, void, undefined> {
  yield element;
  for (const child of element.children) yield* elementsOf(child);
}

/**
 * The element with the declarations of its surroundings that values in it name by prefix, so that it means the same
 * elsewhere. Where a value has `prefix:`, it is taken for a name.
 */
export function withPrefixes(element: MessageElement, outer: ReadonlyMap<string, string>): MessageElement {
  const missing = new Map(outer);
  for (const { prefix } of element.declarations) missing.delete(prefix);
  missing.delete('');
  if (missing.size === 0) return element;
  const used = new Set<string>();
  for (const each of elementsOf(element)) {
    for (const value of [each.text, ...each.attributes.map((attribute) => attribute.value)])
      for (const [, prefix = ''] of value.matchAll(/([\p{L}_][\p{L}\p{N}._\-]*):/gu)) used.add(prefix);
  }
  const added = [...missing].filter(([prefix]) => used.has(prefix)).map(([prefix, uri]) => ({ prefix, uri }));
  return added.length === 0 ? element : { ...element, declarations: [...element.declarations, ...added] };
}
