import { InputError } from '@buergerkoffer/formats';
import type { AttributeDescriptor, QualifiedName, SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { isNil, modelOf, XSI, type Model, type PlannedType } from './model.js';
import type { PlannedAny, PlannedElement } from './plan.js';
import { isSameValue } from './simple-value.js';
import { refuseFields, walkContent } from './structure.js';
import { isObject, isTree, type MessageObject, type MessageValue } from './value.js';
import { XmlOutput, type OutputAttribute } from './xml-output.js';

/** How a message is written. */
export interface WriteOptions {
  /** Prefix by namespace; by default those of the descriptor. {@link ReadMessage} has those that a message came with. */
  readonly prefixes?: ReadonlyMap<string, string>;
}

/**
 * The message in UTF-8, elements in the order of the schema and qualified as it says; attributes whose value the schema
 * fixes and requires are filled in. Names and cardinality are checked here, values are not: that is what
 * {@link messageSchema} does. `InputError` with the path of the first field that is missing, unknown or too many.
 */
export function writeMessage(
  descriptor: SchemaDescriptor,
  root: QualifiedName,
  value: object,
  options: WriteOptions = {},
): Uint8Array {
  const model = modelOf(descriptor);
  const type = model.rootType(root);
  const own = Object.entries(descriptor.namespaces).map(
    ([prefix, namespace]) => [namespace, prefix] as const,
  );
  const output = new XmlOutput(new Map([[XSI, 'xsi'], ...own, ...(options.prefixes ?? [])]));
  const { namespace, local } = model.resolve(root);
  new MessageWriter(model, output).element({ namespace, local }, type, value as MessageValue, '');
  return output.bytes();
}

class MessageWriter {
  readonly #model: Model;
  readonly #output: XmlOutput;

  constructor(model: Model, output: XmlOutput) {
    this.#model = model;
    this.#output = output;
  }

  element(
    name: { namespace: string; local: string },
    declared: TypeName,
    value: MessageValue,
    path: string,
  ): void {
    const named = isObject(value) && !isTree(value) ? value['@xsi:type'] : undefined;
    const type = named === undefined ? declared : this.#substitute(named, declared, path);
    const shape = this.#model.shapeOf(type);
    if (shape.shape === 'tree') {
      if (!isTree(value))
        throw new InputError('malformed', 'the field must be an element as it was read', { path });
      this.#output.tree({ ...value, ...name });
      return;
    }
    if (shape.shape === 'text') {
      const text = typeof value === 'string' ? value : isObject(value) ? value['#text'] : undefined;
      if (typeof text !== 'string') throw new InputError('malformed', 'the field must be text', { path });
      const xsi = typeof value === 'string' ? [] : this.#instance(value as MessageObject, type, path);
      this.#output.open(name, xsi, [
        ...this.#usedBy(named === undefined ? undefined : type),
        ...this.#namedBy(type, text),
      ]);
      this.#output.text(text);
      this.#output.close();
      return;
    }
    if (!isObject(value) || isTree(value))
      throw new InputError('malformed', 'the field must be an object', { path });
    this.#object(name, type, named !== undefined, shape.plan, value, path);
  }

  #object(
    name: { namespace: string; local: string },
    typeName: TypeName,
    isNamed: boolean,
    { type, content }: PlannedType,
    value: MessageObject,
    path: string,
  ): void {
    if (type.abstract === true) {
      throw new InputError('missing', 'the type is abstract: name another in @xsi:type', {
        path: `${path}@xsi:type`,
      });
    }
    const attributes = [...this.#attributes(type.attributes ?? [], type.anyAttribute === true, value, path)];
    attributes.push(...this.#instance(value, typeName, path));
    const text = value['#text'] ?? '';
    if (typeof text !== 'string')
      throw new InputError('malformed', 'the field must be text', { path: `${path}#text` });
    if (type.text === undefined && text.trim() !== '')
      throw new InputError('not-allowed', 'the schema allows no text here', { path: `${path}#text` });
    this.#output.open(name, attributes, [
      ...this.#usedBy(isNamed ? typeName : undefined),
      ...(type.attributes ?? []).flatMap((each) => this.#namedBy(each.type, value[`@${each.attribute}`])),
      ...(type.text === undefined ? [] : this.#namedBy(type.text, text)),
    ]);
    this.#output.text(text);
    if (content !== undefined && !isNil(value['@xsi:nil'])) {
      walkContent(content, value, path, (item, each, at) => {
        this.#item(item, each, at);
      });
    } else refuseFields(value, path);
    this.#output.close();
  }

  /** Writes one element of the content, or one of another schema. */
  #item(item: PlannedElement | PlannedAny, value: MessageValue, path: string): void {
    if (item.kind === 'any') {
      if (!isTree(value) || !item.admits(value.namespace)) {
        throw new InputError('malformed', 'the field must be an element of another schema', { path });
      }
      this.#output.tree(value);
      return;
    }
    const { namespace, local, particle } = item;
    const isText = typeof value === 'string';
    if (particle.fixed !== undefined && isText && !this.#isFixed(particle.type, value, particle.fixed)) {
      throw new InputError('out-of-range', `the schema fixes the value ${particle.fixed}`, { path });
    }
    this.element({ namespace, local }, particle.type, value, isText ? path : `${path}/`);
  }

  *#attributes(
    declared: readonly AttributeDescriptor[],
    any: boolean,
    value: MessageObject,
    path: string,
  ): Generator<OutputAttribute> {
    const known = new Set(['@xsi:type', '@xsi:nil']);
    for (const { attribute, required, fixed, type } of declared) {
      const key = `@${attribute}`;
      known.add(key);
      const given = value[key] ?? (required === true ? fixed : undefined);
      if (given === undefined && required === true)
        throw new InputError('missing', 'the attribute is required', { path: path + key });
      if (given === undefined) continue;
      if (typeof given !== 'string')
        throw new InputError('malformed', 'the attribute must be text', { path: path + key });
      if (fixed !== undefined && !isSameValue(this.#model.descriptor, type, given, fixed)) {
        throw new InputError('out-of-range', `the schema fixes the value ${fixed}`, { path: path + key });
      }
      yield { ...this.#model.resolve(attribute), value: given };
    }
    for (const [key, given] of Object.entries(value)) {
      if (!key.startsWith('@') || known.has(key) || given === undefined) continue;
      if (!any || typeof given !== 'string')
        throw new InputError('not-allowed', 'the schema knows no such attribute here', { path: path + key });
      const expanded = /^@\{([^}]*)\}(.*)$/u.exec(key);
      yield { namespace: expanded?.[1] ?? '', local: expanded?.[2] ?? key.slice(1), value: given };
    }
  }

  /** `xsi:type` with the prefix that is in force, and `xsi:nil`. */
  #instance(value: MessageObject, type: TypeName, path: string): readonly OutputAttribute[] {
    const attributes: OutputAttribute[] = [];
    if (value['@xsi:type'] !== undefined) {
      const { namespace, local } = this.#model.resolve(type);
      const prefix = this.#output.prefixOf(namespace);
      attributes.push({ namespace: XSI, local: 'type', value: prefix === '' ? local : `${prefix}:${local}` });
    }
    const nil = value['@xsi:nil'];
    if (nil !== undefined) {
      if (typeof nil !== 'string' || !/^\s*(?:true|false|1|0)\s*$/u.test(nil))
        throw new InputError('out-of-range', 'the value must be true or false', { path: `${path}@xsi:nil` });
      attributes.push({ namespace: XSI, local: 'nil', value: nil });
    }
    return attributes;
  }

  #usedBy(type: TypeName | undefined): readonly string[] {
    const namespace = type === undefined ? '' : this.#model.resolve(type).namespace;
    return namespace === '' ? [] : [namespace];
  }

  /** An element may be empty where its value is fixed; `1` and `true` are the same truth. */
  #isFixed(type: TypeName, value: string, fixed: string): boolean {
    return value.trim() === '' || isSameValue(this.#model.descriptor, type, value, fixed);
  }

  /** The namespaces that a value which is a qualified name has its prefixes for. */
  #namedBy(type: TypeName, text: unknown): readonly string[] {
    if (typeof text !== 'string') return [];
    return this.#model.prefixesIn(type, text).flatMap((prefix) => this.#output.namespaceOf(prefix) ?? []);
  }

  #substitute(named: MessageObject[string], declared: TypeName, path: string): TypeName {
    if (
      typeof named === 'string' &&
      (named in this.#model.descriptor.types || /^(?:xs|din91379):/u.test(named)) &&
      this.#model.derives(named, declared)
    )
      return named;
    throw new InputError('not-allowed', 'the type may not stand here', { path: `${path}@xsi:type` });
  }
}
