import { escapeAttribute, escapeText } from '../xmeld/xml-writer.js';
import type { ResolvedName } from './model.js';
import type { MessageElement } from './tree.js';

/** An attribute as it is to be written. */
export interface OutputAttribute extends ResolvedName {
  readonly value: string;
}

const XML = 'http://www.w3.org/XML/1998/namespace';

/**
 * Writes a document of elements in namespaces: prefixes are chosen once for each namespace and declared where they are
 * first needed. UTF-8, no byte order mark, no white space between elements.
 */
export class XmlOutput {
  readonly #parts: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  /** Namespace by prefix, of the elements that are open. */
  readonly #scopes: ReadonlyMap<string, string>[] = [
    new Map([
      ['', ''],
      ['xml', XML],
    ]),
  ];
  readonly #open: { readonly name: string; readonly path: string }[] = [];
  readonly #prefixes: Map<string, string>;
  #startIsOpen = false;

  /** `prefixes` names the prefix for each namespace; the empty one makes it the default namespace. */
  constructor(prefixes: ReadonlyMap<string, string>) {
    this.#prefixes = new Map(prefixes);
  }

  /** Begins an element; `used` are namespaces that its text or attribute values name by prefix. */
  open(name: ResolvedName, attributes: readonly OutputAttribute[] = [], used: readonly string[] = []): void {
    this.#closeStart();
    const declared = new Map<string, string>();
    const written = this.#name(name, declared, true);
    const path = `${this.#open.at(-1)?.path ?? ''}/${written}`;
    const pairs = attributes.map((each) => {
      const qualified = this.#name(each, declared, false);
      return ` ${qualified}="${escapeAttribute(each.value, `${path}/@${qualified}`)}"`;
    });
    for (const namespace of used) this.#name({ namespace, local: '' }, declared, false);
    const declarations = [...declared].map(
      ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri, path)}"`,
    );
    this.#parts.push('<', written, ...declarations, ...pairs);
    this.#startIsOpen = true;
    this.#open.push({ name: written, path });
    this.#scopes.push(declared.size === 0 ? this.#scope : new Map([...this.#scope, ...declared]));
  }

  text(text: string): void {
    if (text === '') return;
    this.#closeStart();
    this.#parts.push(escapeText(text, this.#open.at(-1)?.path ?? ''));
  }

  close(): void {
    const element = this.#open.pop();
    this.#scopes.pop();
    if (element === undefined) return;
    this.#parts.push(...(this.#startIsOpen ? ['/>'] : ['</', element.name, '>']));
    this.#startIsOpen = false;
  }

  /** An element as it was read, with what is in it. */
  tree(element: MessageElement): void {
    // Values may name prefixes that only the element itself declares: what it declares stays.
    const outer = new Map(this.#prefixes);
    for (const { prefix, uri } of element.declarations) if (uri !== '') this.#prefixes.set(uri, prefix);
    if (element.namespace !== '') this.#prefixes.set(element.namespace, element.prefix);
    for (const { namespace, prefix } of element.attributes)
      if (namespace !== '') this.#prefixes.set(namespace, prefix);
    this.open(
      element,
      element.attributes,
      element.declarations.map(({ uri }) => uri).filter((uri) => uri !== ''),
    );
    for (const part of element.content) {
      if (typeof part === 'string') this.text(part);
      else this.tree(part);
    }
    this.close();
    this.#prefixes.clear();
    for (const [namespace, prefix] of outer) this.#prefixes.set(namespace, prefix);
  }

  /** The prefix that a namespace has inside the open element. */
  prefixOf(namespace: string): string {
    return this.#prefixes.get(namespace) ?? '';
  }

  /** The document. */
  bytes(): Uint8Array {
    return new TextEncoder().encode(this.#parts.join(''));
  }

  get #scope(): ReadonlyMap<string, string> {
    return this.#scopes.at(-1) ?? new Map();
  }

  #closeStart(): void {
    if (this.#startIsOpen) this.#parts.push('>');
    this.#startIsOpen = false;
  }

  /** The name as written; what must be declared for it is added to `declared`. */
  #name({ namespace, local }: ResolvedName, declared: Map<string, string>, isElement: boolean): string {
    if (namespace === '') {
      // An attribute without prefix is in no namespace, whatever the default is.
      if (isElement && this.#lookup('', declared) !== '') declared.set('', '');
      return local;
    }
    const prefix = this.#prefixFor(namespace, declared, isElement);
    if (this.#lookup(prefix, declared) !== namespace) declared.set(prefix, namespace);
    return prefix === '' ? local : `${prefix}:${local}`;
  }

  #lookup(prefix: string, declared: ReadonlyMap<string, string>): string | undefined {
    return declared.get(prefix) ?? this.#scope.get(prefix);
  }

  /** A prefix that no other namespace has been given in the same tag; an attribute needs one that is not empty. */
  #prefixFor(namespace: string, declared: ReadonlyMap<string, string>, isElement: boolean): string {
    if (namespace === XML) return 'xml';
    const known = this.#prefixes.get(namespace);
    const taken = (prefix: string): boolean => (declared.get(prefix) ?? namespace) !== namespace;
    if (known !== undefined && (known !== '' || isElement) && !taken(known)) return known;
    const others = new Set(this.#prefixes.values());
    let number = 1;
    while (others.has(`ns${number}`) || taken(`ns${number}`)) number += 1;
    if (known === undefined) this.#prefixes.set(namespace, `ns${number}`);
    return `ns${number}`;
  }
}
