import { InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import type {
  AttributeDescriptor,
  ElementParticle,
  QualifiedName,
  SchemaDescriptor,
  TypeName,
} from '../schema/descriptor.js';
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
  return schemasOf(model).root(model.rootType(root)) as z.ZodType<object>;
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

  /** A message of a type, which is an object even where it holds text alone. */
  root(type: TypeName): z.ZodType {
    return this.#element((value) => {
      return this.#model.shapeOf(type).shape === 'text' || isMarked(value)
        ? this.#instance(value, type)
        : this.of(type);
    });
  }

  /** An element: a value of its type, of a type that `@xsi:type` names, or with `@xsi:nil`. */
  element(particle: ElementParticle): z.ZodType {
    const { type, nillable, fixed } = particle;
    const element = this.#element((value) => {
      if (!isMarked(value)) return this.of(type);
      return '@xsi:nil' in value && nillable !== true
        ? z.never('the schema does not allow xsi:nil here')
        : this.#instance(value, type);
    }, particle.default ?? fixed);
    return fixed === undefined ? element : element.check(this.#fixedCheck(type, fixed, true));
  }

  /** What `schemaFor` gives for a value judges it, without the marks that choose; empty text means the default. */
  #element(schemaFor: (value: unknown) => z.ZodType, byDefault = ''): z.ZodType {
    return z.unknown().check((context) => {
      const value = filled(context.value, byDefault);
      const { error } = schemaFor(value).safeParse(withoutMarks(value));
      context.issues.push(...(error?.issues ?? []).map((issue) => ({ ...issue, input: undefined })));
    });
  }

  /** The schema of what an element holds beside `@xsi:type` and `@xsi:nil`. */
  #instance(value: unknown, declared: TypeName): z.ZodType {
    const marks = isMarked(value) ? value : {};
    const mark = marks['@xsi:type'];
    const named = typeof mark === 'string' ? mark : declared;
    const isKnown = (mark === undefined || named === mark) && this.#model.derives(named, declared);
    const shape = isKnown ? this.#model.shapeOf(named) : undefined;
    if (shape === undefined || shape.shape === 'tree') return z.never('the type may not stand here');
    const nil = isNil(marks['@xsi:nil']);
    if (shape.shape === 'text') {
      const text = nil ? z.literal('') : this.of(named);
      return z.strictObject({ '#text': text });
    }
    if (!nil) return this.of(named);
    const { type } = shape.plan;
    return this.#object({ type, content: undefined }, type.text === undefined ? undefined : z.literal(''));
  }

  #make(name: TypeName): z.ZodType {
    const shape = this.#model.shapeOf(name);
    if (shape.shape === 'tree') return z.custom(isTree, 'must be an element as it was read');
    if (shape.shape === 'text') return this.#text(name);
    if (shape.plan.type.abstract === true) return z.never('the type is abstract: name another in @xsi:type');
    const { text } = shape.plan.type;
    return this.#object(shape.plan, text === undefined ? undefined : this.of(text));
  }

  #object({ type, content }: PlannedType, text: z.ZodType | undefined): z.ZodType {
    const fields: Record<string, z.ZodType> = {};
    for (const attribute of type.attributes ?? [])
      fields[`@${attribute.attribute}`] = this.#attribute(attribute);
    if (text !== undefined) fields['#text'] = text;
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
  #fixedCheck(type: TypeName, fixed: string, mayBeEmpty: boolean): (context: z.core.ParsePayload) => void {
    const { descriptor } = this.#model;
    return (context) => {
      const text = textOf(context.value);
      if (typeof text !== 'string' || (mayBeEmpty && text === '')) return;
      if (isSameValue(descriptor, type, text, fixed)) return;
      const message = `the schema fixes the value ${fixed}`;
      context.issues.push({ code: 'custom', message, input: undefined });
    };
  }

  #attribute({ type, fixed, required }: AttributeDescriptor): z.ZodType {
    const schema =
      fixed === undefined ? this.of(type) : z.string().check(this.#fixedCheck(type, fixed, false));
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
    if (particle.kind === 'element') return this.element(particle.particle);
    const { key: _key, ...once } = { ...particle, min: 1, max: 1 };
    return z.strictObject(this.#fields(particle.keys)).check(structureCheck(once));
  }
}

/** True when a value says of what type it is, or that it is nil. */
function isMarked(value: unknown): value is MessageObject {
  return isObject(value) && !isTree(value) && ('@xsi:type' in value || '@xsi:nil' in value);
}

/** The text of an element of simple content. */
function textOf(value: unknown): unknown {
  return isObject(value) && !isTree(value) ? value['#text'] : value;
}

/** The value, with the default where its text is empty. */
function filled(value: unknown, byDefault: string): unknown {
  if (byDefault === '' || textOf(value) !== '') return value;
  if (!isObject(value)) return byDefault;
  return isNil(value['@xsi:nil']) ? value : { ...value, '#text': byDefault };
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
