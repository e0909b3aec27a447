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
    const pairs = attributes.map((each) => [this.#name(each, declared, false), each.value] as const);
    for (const namespace of used) this.#name({ namespace, local: '' }, declared, false);
    this.#start(written, declared, pairs);
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

  /** An element as it was read, with what is in it: its prefixes and declarations stay, values may name them. */
  tree(element: MessageElement): void {
    this.#closeStart();
    const declared = new Map(element.declarations.map(({ prefix, uri }) => [prefix, uri] as const));
    const written = (prefix: string, local: string): string => (prefix === '' ? local : `${prefix}:${local}`);
    const declare = (prefix: string, namespace: string): void => {
      if (this.#lookup(prefix, declared) !== namespace) declared.set(prefix, namespace);
    };
    declare(element.prefix, element.namespace);
    for (const { prefix, namespace } of element.attributes) if (prefix !== '') declare(prefix, namespace);
    const name = written(element.prefix, element.local);
    this.#start(
      name,
      declared,
      element.attributes.map(({ prefix, local, value }) => [written(prefix, local), value]),
    );
    for (const part of element.content) {
      if (typeof part === 'string') this.text(part);
      else this.tree(part);
    }
    this.close();
  }

  /** The prefix that a namespace has inside the open element. */
  prefixOf(namespace: string): string {
    return this.#prefixes.get(namespace) ?? '';
  }

  /** The namespace that a prefix is chosen for. */
  namespaceOf(prefix: string): string | undefined {
    return [...this.#prefixes].find(([, chosen]) => chosen === prefix && prefix !== '')?.[0];
  }

  /** The document. */
  bytes(): Uint8Array {
    return new TextEncoder().encode(this.#parts.join(''));
  }

  get #scope(): ReadonlyMap<string, string> {
    return this.#scopes.at(-1) ?? new Map();
  }

  #start(
    name: string,
    declared: ReadonlyMap<string, string>,
    attributes: readonly (readonly [name: string, value: string])[],
  ): void {
    const path = `${this.#open.at(-1)?.path ?? ''}/${name}`;
    const declarations = [...declared].map(
      ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri, path)}"`,
    );
    const pairs = attributes.map(([key, value]) => ` ${key}="${escapeAttribute(value, `${path}/@${key}`)}"`);
    this.#parts.push('<', name, ...declarations, ...pairs);
    this.#startIsOpen = true;
    this.#open.push({ name, path });
    this.#scopes.push(declared.size === 0 ? this.#scope : new Map([...this.#scope, ...declared]));
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
