import { InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import type { AttributeDescriptor, QualifiedName, SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { isNil, modelOf, type Model, type PlannedType } from './model.js';
import { outerKeys, type KeyUse, type PlannedGroup, type PlannedParticle } from './plan.js';
import { isSameValue, simpleValueFault } from './simple-value.js';
import { checkStructure, isOptional } from './structure.js';
import { isObject, isTree, type MessageObject } from './value.js';

/**
 * The zod schema of a message: names, cardinality, choices, fixed values and facets as the descriptor has them. What it
 * accepts, {@link writeMessage} writes as a message that is valid under the schema. Issues never quote a value.
 */
export function messageSchema(descriptor: SchemaDescriptor, root: QualifiedName): z.ZodType<object> {
  const model = modelOf(descriptor);
  const schema = schemasOf(model).element(model.rootType(root));
  return schema as z.ZodType<object>;
}

const made = new WeakMap<Model, Schemas>();

function schemasOf(model: Model): Schemas {
  let schemas = made.get(model);
  if (schemas === undefined) {
    schemas = new Schemas(model);
    made.set(model, schemas);
  }
  return schemas;
}

/** The zod schemas of a descriptor's types, each made once and when it is first needed. */
class Schemas {
  readonly #model: Model;
  readonly #made = new Map<TypeName, z.ZodType>();

  constructor(model: Model) {
    this.#model = model;
  }

  of(type: TypeName): z.ZodType {
    let schema = this.#made.get(type);
    if (schema === undefined) {
      schema = this.#make(type);
      this.#made.set(type, schema);
    }
    return schema;
  }

  /** An element of a type: a value of it, of a type that `@xsi:type` names, or with `@xsi:nil`. */
  element(type: TypeName, byDefault?: string): z.ZodType {
    return z.unknown().check((context) => {
      const { value } = context;
      if (value === '' && byDefault !== undefined) return;
      const marked = isObject(value) && !isTree(value) && ('@xsi:type' in value || '@xsi:nil' in value);
      const { error } = marked
        ? this.#instance(value, type).safeParse(withoutMarks(value))
        : this.of(type).safeParse(value);
      context.issues.push(...(error?.issues ?? []).map((issue) => ({ ...issue, input: undefined })));
    });
  }

  /** The schema of what an element holds beside `@xsi:type` and `@xsi:nil`. */
  #instance(value: MessageObject, declared: TypeName): z.ZodType {
    const mark = value['@xsi:type'];
    const named = typeof mark === 'string' ? mark : declared;
    const isKnown = (mark === undefined || named === mark) && this.#model.derives(named, declared);
    const shape = isKnown ? this.#model.shapeOf(named) : undefined;
    if (shape === undefined || shape.shape === 'tree') return z.never('the type may not stand here');
    const nil = isNil(value['@xsi:nil']);
    if (shape.shape === 'text') {
      const text = nil ? z.literal('') : this.of(named);
      return z.strictObject({ '#text': text });
    }
    return nil ? this.#object({ type: shape.plan.type, content: undefined }) : this.of(named);
  }

  #make(name: TypeName): z.ZodType {
    const shape = this.#model.shapeOf(name);
    if (shape.shape === 'tree') return z.custom(isTree, 'must be an element as it was read');
    if (shape.shape === 'text') return this.#text(name);
    if (shape.plan.type.abstract === true) return z.never('the type is abstract: name another in @xsi:type');
    return this.#object(shape.plan);
  }

  #object({ type, content }: PlannedType): z.ZodType {
    const fields: Record<string, z.ZodType> = {};
    for (const attribute of type.attributes ?? [])
      fields[`@${attribute.attribute}`] = this.#attribute(attribute);
    if (type.text !== undefined) fields['#text'] = this.of(type.text);
    if (content !== undefined) {
      Object.assign(fields, this.#fields(outerKeys(content)));
      if (isOptional(content)) fields['#text'] = z.string().regex(/^\s*$/u).optional();
    }
    const object = type.anyAttribute === true ? z.looseObject(fields) : z.strictObject(fields);
    return content === undefined ? object : object.check(structureCheck(content));
  }

  #text(name: TypeName): z.ZodType {
    const { descriptor } = this.#model;
    return z.string().check((context) => {
      const fault = simpleValueFault(descriptor, name, context.value);
      if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: undefined });
    });
  }

  /** A fixed value in any of its lexical forms; an element may also be empty. */
  #fixed(type: TypeName, fixed: string, mayBeEmpty: boolean): z.ZodType {
    const { descriptor } = this.#model;
    return z.string().check((context) => {
      const { value } = context;
      if ((mayBeEmpty && value === '') || isSameValue(descriptor, type, value, fixed)) return;
      context.issues.push({
        code: 'custom',
        message: `the schema fixes the value ${fixed}`,
        input: undefined,
      });
    });
  }

  #attribute({ type, fixed, required }: AttributeDescriptor): z.ZodType {
    const schema = fixed === undefined ? this.of(type) : this.#fixed(type, fixed, false);
    return required === true && fixed === undefined ? schema : schema.optional();
  }

  #fields(keys: Iterable<readonly [string, KeyUse]>): Record<string, z.ZodType> {
    const fields: Record<string, z.ZodType> = {};
    for (const [key, { many, required, particle }] of keys) {
      const value = this.#particle(particle);
      const field = many ? z.array(value) : value;
      fields[key] = required ? field : field.optional();
    }
    return fields;
  }

  #particle(particle: PlannedParticle): z.ZodType {
    if (particle.kind === 'any') return z.custom(isTree, 'must be an element as it was read');
    if (particle.kind === 'element') {
      const { fixed, type } = particle.particle;
      return fixed === undefined
        ? this.element(type, particle.particle.default)
        : this.#fixed(type, fixed, true);
    }
    const { key: _key, ...once } = { ...particle, min: 1, max: 1 };
    return z.strictObject(this.#fields(particle.keys)).check(structureCheck(once));
  }
}

function withoutMarks(value: unknown): unknown {
  if (!isObject(value) || isTree(value)) return value;
  const { '@xsi:type': _type, '@xsi:nil': _nil, ...rest } = value;
  return rest;
}

/** Which fields may stand together. */
function structureCheck(
  content: PlannedGroup,
): (context: z.core.ParsePayload<Record<string, unknown>>) => void {
  return (context) => {
    try {
      checkStructure(content, context.value);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const path = error.path === undefined ? [] : [error.path];
      context.issues.push({ code: 'custom', message: error.message, path, input: undefined });
    }
  };
}
