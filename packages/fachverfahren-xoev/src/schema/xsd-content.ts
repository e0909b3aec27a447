import { InputError } from '@buergerkoffer/formats';
import { attributeOf, type MessageElement } from '../message/tree.js';
import type {
  AnyParticle,
  ComplexType,
  ElementParticle,
  GroupParticle,
  Occurrence,
  Particle,
  TypeName,
} from './descriptor.js';
import {
  expand,
  inScope,
  isTrue,
  unsupported,
  type Component,
  type ExpandedKey,
  declarations,
  type TypeNames,
} from './xsd-components.js';

/** Reads content models. */
export class ContentReader {
  readonly #reader: TypeNames;
  #substitutes: ReadonlyMap<ExpandedKey, readonly ExpandedKey[]> | undefined;

  constructor(reader: TypeNames) {
    this.#reader = reader;
  }

  /** The content model that an element of a complex type declares. */
  of(component: Component, owner: TypeName): Pick<ComplexType, 'content'> {
    const model = declarations(component.element).find(({ local }) => MODELS.has(local));
    if (model === undefined) return {};
    const group = this.#group(
      { ...component, element: model, scope: inScope(model, component.scope) },
      owner,
    );
    return isEmpty(group) ? {} : { content: group };
  }

  #group(component: Component, owner: TypeName): GroupParticle {
    const { element, scope } = component;
    const occurrence = occurrenceOf(element);
    if (element.local === 'group') {
      const key = expand(attributeOf(element, 'ref') ?? '', scope, element);
      const definition = this.#reader.components.named('group', key);
      const model = declarations(definition.element).find(({ local }) => MODELS.has(local));
      if (model === undefined) throw unsupported('an empty group', definition.element);
      return { ...this.#group({ ...definition, element: model }, owner), ...occurrence };
    }
    const items = declarations(element).map((child) => {
      return this.#particle({ ...component, element: child, scope: inScope(child, scope) }, owner);
    });
    const present = items.filter(
      (item) => item.max !== 0 && !('any' in item ? false : 'element' in item ? false : isEmpty(item)),
    );
    if (element.local === 'choice') return { choice: present, ...occurrence };
    return element.local === 'all' ? { all: present, ...occurrence } : { sequence: present, ...occurrence };
  }

  #particle(component: Component, owner: TypeName): Particle {
    const { element } = component;
    if (element.local === 'element') return this.#element(component, owner);
    if (element.local === 'any') return anyOf(element);
    if (MODELS.has(element.local)) return this.#group(component, owner);
    throw unsupported(`xs:${element.local} in a content model`, element);
  }

  #element(component: Component, owner: TypeName): Particle {
    const { element, document, scope } = component;
    const ref = attributeOf(element, 'ref');
    if (ref !== undefined) return this.#reference(expand(ref, scope, element), occurrenceOf(element));
    const name = attributeOf(element, 'name') ?? '';
    const form = attributeOf(element, 'form');
    const qualified = form === undefined ? document.elementsQualified : form === 'qualified';
    return {
      element: this.#reader.nameOf(`{${qualified ? document.targetNamespace : ''}}${name}`),
      type: this.#reader.typeOf(component, `${owner}/${name}`, 'xs:anyType'),
      ...occurrenceOf(element),
      ...detailsOf(element),
    };
  }

  /** A global element, or the choice among it and those that may stand for it. */
  #reference(key: ExpandedKey, occurrence: Occurrence): Particle {
    const head = this.#reader.components.named('element', key);
    const particle = (each: ExpandedKey, { element }: Component): ElementParticle => ({
      element: this.#reader.nameOf(each),
      type: elementType(this.#reader, each),
      ...detailsOf(element),
    });
    const substitutes = this.#substitutesOf(key);
    if (substitutes.length === 0) return { ...particle(key, head), ...occurrence };
    const own = isTrue(head.element, 'abstract') ? [] : [particle(key, head)];
    const others = substitutes.map((each) => particle(each, this.#reader.components.named('element', each)));
    return { choice: [...own, ...others], ...occurrence };
  }

  #substitutesOf(key: ExpandedKey): readonly ExpandedKey[] {
    this.#substitutes ??= substitutions(this.#reader);
    const found = new Set<ExpandedKey>();
    const waiting = [...(this.#substitutes.get(key) ?? [])];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      if (found.has(each)) continue;
      found.add(each);
      waiting.push(...(this.#substitutes.get(each) ?? []));
    }
    return [...found]
      .filter((each) => !isTrue(this.#reader.components.named('element', each).element, 'abstract'))
      .sort();
  }
}

const MODELS: ReadonlySet<string> = new Set(['sequence', 'choice', 'all', 'group']);

/** The type of a global element, `xs:anyType` when it has none. */
export function elementType(reader: TypeNames, key: ExpandedKey): TypeName {
  const component = reader.components.named('element', key);
  const inner = { ...component, scope: inScope(component.element, component.scope) };
  const head = attributeOf(component.element, 'substitutionGroup');
  const inherited = (): TypeName =>
    head === undefined ? 'xs:anyType' : elementType(reader, expand(head, inner.scope, component.element));
  const owner = reader.nameOf(key);
  if (reader.has(`${owner}/`)) return `${owner}/`;
  return reader.typeOf(inner, `${owner}/`, inherited());
}

function substitutions(reader: TypeNames): ReadonlyMap<ExpandedKey, readonly ExpandedKey[]> {
  const members = new Map<ExpandedKey, ExpandedKey[]>();
  for (const [key, { element, scope }] of reader.components.all('element')) {
    const head = attributeOf(element, 'substitutionGroup');
    if (head === undefined) continue;
    const expanded = expand(head, scope, element);
    members.set(expanded, [...(members.get(expanded) ?? []), key]);
  }
  return members;
}

function detailsOf(element: MessageElement): Pick<ElementParticle, 'fixed' | 'default' | 'nillable'> {
  const [fixed, byDefault] = [attributeOf(element, 'fixed'), attributeOf(element, 'default')];
  return {
    ...(fixed === undefined ? {} : { fixed }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(isTrue(element, 'nillable') ? { nillable: true } : {}),
  };
}

function anyOf(element: MessageElement): AnyParticle {
  return { any: attributeOf(element, 'namespace') ?? '##any', ...occurrenceOf(element) };
}

function occurrenceOf(element: MessageElement): Occurrence {
  const [min, max] = [attributeOf(element, 'minOccurs') ?? '1', attributeOf(element, 'maxOccurs') ?? '1'];
  const upper = max === 'unbounded' ? max : Number(max);
  if (!/^\d+$/u.test(min) || (upper !== 'unbounded' && !Number.isSafeInteger(upper))) {
    throw new InputError('malformed', 'an occurrence is no number', { path: element.path });
  }
  return { ...(min === '1' ? {} : { min: Number(min) }), ...(max === '1' ? {} : { max: upper }) };
}

function isEmpty(group: GroupParticle): boolean {
  if ('choice' in group) return false;
  return ('sequence' in group ? group.sequence : group.all).length === 0;
}
