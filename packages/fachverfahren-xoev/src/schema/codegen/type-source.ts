import { outerKeys, type KeyUse, type PlannedGroup, type PlannedParticle } from '../../message/plan.js';
import type { Model } from '../../message/model.js';
import type { AttributeDescriptor, ComplexType, TypeName } from '../descriptor.js';
import type { Identifiers } from './type-names.js';

/** The TypeScript of a descriptor's types. */
export class TypeSource {
  readonly #model: Model;
  readonly #identifiers: Identifiers;

  constructor(model: Model, identifiers: Identifiers) {
    this.#model = model;
    this.#identifiers = identifiers;
  }

  /** The declaration of a complex type. */
  declaration(name: TypeName, type: ComplexType): string {
    const identifier = this.#identifiers.ofType(name);
    if (type.abstract === true) return `export type ${identifier} = ${this.#derived(name)};`;
    const shape = this.#model.shapeOf(name);
    if (shape.shape !== 'object') return `export type ${identifier} = MessageElement;`;
    const { content } = shape.plan;
    const own = [...(type.attributes ?? []).map((each) => this.#attribute(each)), ...this.#text(type)];
    const any = type.anyAttribute === true ? ['readonly [attribute: `@${string}`]: string | undefined;'] : [];
    const parts = content === undefined ? { fields: [], unions: [] } : this.#outer(content);
    const fields = [...own, ...any, ...parts.fields];
    if (parts.unions.length === 0)
      return `export interface ${identifier} {\n${fields.map((field) => `  ${field}\n`).join('')}}`;
    const object = fields.length === 0 ? [] : [block(fields)];
    return `export type ${identifier} = ${[...object, ...parts.unions].join(' &\n  ')};`;
  }

  /** The type of a value, as an expression. */
  expression(type: TypeName): string {
    if (type === 'xs:anyType') return 'MessageElement';
    const found = this.#model.descriptor.types[type];
    if (found?.kind === 'complex') return this.#identifiers.ofType(type);
    if (found === undefined) return 'string';
    return found.enumeration === undefined
      ? this.#baseExpression(found.base)
      : found.enumeration.map(quoted).join(' | ');
  }

  #baseExpression(base: TypeName): string {
    const found = this.#model.descriptor.types[base];
    return found?.kind === 'simple' ? this.expression(base) : 'string';
  }

  #attribute({ attribute, type, fixed, required }: AttributeDescriptor): string {
    const optional = required === true && fixed === undefined ? '' : '?';
    return `readonly ${propertyName(`@${attribute}`)}${optional}: ${fixed === undefined ? this.expression(type) : quoted(fixed)};`;
  }

  #text(type: ComplexType): readonly string[] {
    return type.text === undefined ? [] : [`readonly '#text': ${this.expression(type.text)};`];
  }

  /** What a particle gives the object around it: plain fields, and unions where there are alternatives. */
  #outer(item: PlannedParticle): { fields: readonly string[]; unions: readonly string[] } {
    if (item.kind === 'element' || item.kind === 'any' || item.key !== undefined) {
      return { fields: outerKeys(item).map(([key, use]) => this.#field(key, use)), unions: [] };
    }
    if (item.min === 0)
      return { fields: [], unions: [`(${[...this.#alternatives(item), none(item)].join(' | ')})`] };
    if (item.kind === 'choice') return { fields: [], unions: [`(${this.#alternatives(item).join(' | ')})`] };
    // A key that stands at several places of a sequence is one field.
    const isRepeated = ([key]: readonly [string, KeyUse]): boolean =>
      item.items.filter((each) => outerKeys(each).some(([own]) => own === key)).length > 1;
    if ([...item.keys].some(isRepeated))
      return { fields: [...item.keys].map(([key, use]) => this.#field(key, use)), unions: [] };
    const parts = item.items.map((each) => this.#outer(each));
    return { fields: parts.flatMap(({ fields }) => fields), unions: parts.flatMap(({ unions }) => unions) };
  }

  /** The alternatives of a choice, each without the fields of the others. */
  #alternatives(group: PlannedGroup): readonly string[] {
    const items = group.kind === 'choice' ? group.items : [{ ...group, min: 1 }];
    const all = new Set(items.flatMap((each) => outerKeys(each).map(([key]) => key)));
    const alternatives = items.map((each) => {
      const own = new Set(outerKeys(each).map(([key]) => key));
      const { fields, unions } = this.#outer(each);
      const others = [...all]
        .filter((key) => !own.has(key))
        .map((key) => `readonly ${propertyName(key)}?: never;`);
      const object = fields.length + others.length === 0 ? [] : [block([...fields, ...others])];
      return [...object, ...unions].join(' & ') || '{}';
    });
    return group.kind === 'choice' && group.items.some((each) => each.min === 0)
      ? [...alternatives, none(group)]
      : alternatives;
  }

  #field(key: string, { many, required, particle }: KeyUse): string {
    const value = this.#value(particle);
    const type = many ? `readonly ${/[ |&]/u.test(value) ? `(${value})` : value}[]` : value;
    return `readonly ${propertyName(key)}${required ? '' : '?'}: ${type};`;
  }

  #value(particle: PlannedParticle): string {
    if (particle.kind === 'any') return 'MessageElement';
    if (particle.kind === 'element') {
      const { fixed, type } = particle.particle;
      return fixed === undefined ? this.expression(type) : quoted(fixed);
    }
    const { key: _key, ...once } = { ...particle, min: 1, max: 1 };
    const { fields, unions } = this.#outer(once);
    return [...(fields.length === 0 ? [] : [block(fields)]), ...unions].join(' & ') || '{}';
  }

  #derived(abstract: TypeName): string {
    const names = Object.entries(this.#model.descriptor.types)
      .filter(
        ([name, type]) =>
          type.kind === 'complex' && type.abstract !== true && this.#model.derives(name, abstract),
      )
      .map(([name]) => `({ readonly '@xsi:type': ${quoted(name)} } & ${this.#identifiers.ofType(name)})`);
    return names.length === 0 ? 'never' : names.join(' | ');
  }
}

function none(group: PlannedGroup): string {
  return block([...group.keys.keys()].map((key) => `readonly ${propertyName(key)}?: never;`));
}

function block(fields: readonly string[]): string {
  return fields.length === 0 ? '{}' : `{ ${fields.join(' ').replace(/;$/u, '')} }`;
}

/** A property's name, quoted when it is no identifier. */
function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(name) ? name : quoted(name);
}

/** A string literal of TypeScript. */
export function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
