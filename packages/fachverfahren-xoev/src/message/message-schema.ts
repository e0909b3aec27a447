import { InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import type { AttributeDescriptor, QualifiedName, SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { modelOf, type Model, type PlannedType } from './model.js';
import { outerKeys, type KeyUse, type PlannedGroup, type PlannedParticle } from './plan.js';
import { simpleValueFault } from './simple-value.js';
import { checkStructure } from './structure.js';
import { isTree } from './value.js';

/**
 * The zod schema of a message: names, cardinality, choices, fixed values and facets as the descriptor has them. What it
 * accepts, {@link writeMessage} writes as a message that is valid under the schema. Issues never quote a value.
 */
export function messageSchema(descriptor: SchemaDescriptor, root: QualifiedName): z.ZodType<object> {
  const model = modelOf(descriptor);
  const schema = schemasOf(model).of(model.rootType(root));
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

  #make(name: TypeName): z.ZodType {
    const shape = this.#model.shapeOf(name);
    if (shape.shape === 'tree') return z.custom(isTree, 'must be an element as it was read');
    if (shape.shape === 'text') return this.#text(name);
    return shape.plan.type.abstract === true ? this.#derived(name) : this.#object(shape.plan, {});
  }

  #object({ type, content }: PlannedType, marks: Record<string, z.ZodType>): z.ZodType {
    const fields: Record<string, z.ZodType> = { ...marks };
    for (const attribute of type.attributes ?? [])
      fields[`@${attribute.attribute}`] = this.#attribute(attribute);
    if (type.text !== undefined) fields['#text'] = this.of(type.text);
    if (content !== undefined) Object.assign(fields, this.#fields(outerKeys(content)));
    const object = type.anyAttribute === true ? z.looseObject(fields) : z.strictObject(fields);
    return content === undefined ? object : object.check(structureCheck(content));
  }

  #text(name: TypeName): z.ZodType {
    const { descriptor } = this.#model;
    const type = descriptor.types[name];
    if (type?.kind === 'simple' && type.enumeration !== undefined)
      return z.enum(type.enumeration as [string, ...string[]]);
    return z.string().check((context) => {
      const fault = simpleValueFault(descriptor, name, context.value);
      if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: undefined });
    });
  }

  #attribute({ type, fixed, required }: AttributeDescriptor): z.ZodType {
    const schema = fixed === undefined ? this.of(type) : z.literal(fixed);
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
      // Types may contain themselves.
      return fixed === undefined ? z.lazy(() => this.of(type)) : z.literal(fixed);
    }
    return z.strictObject(this.#fields(particle.keys)).check(structureCheck({ ...particle, min: 1, max: 1 }));
  }

  /** Of an abstract type, one that was derived from it and is named. */
  #derived(abstract: TypeName): z.ZodType {
    const options = Object.keys(this.#model.descriptor.types).flatMap((name) => {
      const shape = this.#model.shapeOf(name);
      if (shape.shape !== 'object' || shape.plan.type.abstract === true) return [];
      if (!this.#model.derives(name, abstract)) return [];
      return [this.#object(shape.plan, { '@xsi:type': z.literal(name) })];
    });
    const [first, ...rest] = options;
    return first === undefined ? z.never() : z.union([first, ...rest]);
  }
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
