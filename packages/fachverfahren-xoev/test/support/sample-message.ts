import { Model } from '../../src/message/model.js';
import type { PlannedParticle } from '../../src/message/plan.js';
import type { MessageElement, MessageObject, MessageValue } from '../../src/message/index.js';
import type { QualifiedName, SchemaDescriptor, TypeName } from '../../src/schema/index.js';
import { sampleText } from './sample-text.js';

/** Which message of a type is made. */
export interface SampleSize {
  /** Everything optional stands, and what may repeat stands twice. */
  readonly whole: boolean;
  /** Which alternative of each choice is taken, counted round. */
  readonly branch: number;
}

/** An element of another schema; where an element of any type stands, its name is that of the place. */
const TREE: MessageElement = {
  namespace: 'urn:other',
  local: 'other',
  prefix: 'other',
  attributes: [],
  declarations: [],
  children: [],
  content: ['Text'],
  text: 'Text',
  line: 0,
  path: '',
};

/** Elements inside one another, above which nothing optional is made: types may contain themselves. */
const MAX_DEPTH = 14;

/** A message that the grammar allows; whether it makes sense is another question. */
export function sampleMessage(
  descriptor: SchemaDescriptor,
  root: QualifiedName,
  size: SampleSize,
): MessageObject {
  return new Sampler(new Model(descriptor), size).value(descriptor.roots[root] ?? '', 0) as MessageObject;
}

class Sampler {
  readonly #model: Model;
  readonly #size: SampleSize;

  constructor(model: Model, size: SampleSize) {
    this.#model = model;
    this.#size = size;
  }

  value(type: TypeName, depth: number): MessageValue {
    const shape = this.#model.shapeOf(type);
    if (shape.shape === 'tree') return TREE;
    if (shape.shape !== 'object') return sampleText(this.#model.descriptor, type);
    const object: Record<string, MessageValue | MessageValue[]> = {};
    for (const { attribute, type: of, required, fixed } of shape.plan.type.attributes ?? []) {
      if (required === true || this.#all(depth))
        object[`@${attribute}`] = fixed ?? sampleText(this.#model.descriptor, of);
    }
    if (shape.plan.type.text !== undefined)
      object['#text'] = sampleText(this.#model.descriptor, shape.plan.type.text);
    if (shape.plan.content !== undefined) this.#fill(shape.plan.content, object, depth);
    return object;
  }

  #all(depth: number): boolean {
    return this.#size.whole && depth < MAX_DEPTH;
  }

  #fill(item: PlannedParticle, into: Record<string, MessageValue | MessageValue[]>, depth: number): void {
    const most = this.#all(depth) ? Math.min(item.max, 2) : 0;
    const count = Math.max(item.min, most);
    if (count === 0) return;
    if (item.kind === 'any') {
      into['#any'] = item.max > 1 ? [TREE] : TREE;
      return;
    }
    if (item.kind === 'element') {
      const { fixed, type } = item.particle;
      const values = Array.from({ length: count }, () => fixed ?? this.value(type, depth + 1));
      const [first] = values;
      if (first !== undefined) into[item.key] = item.max > 1 ? values : first;
      return;
    }
    if (item.key !== undefined) {
      const { key: _key, ...once } = { ...item, min: 1, max: 1 };
      into[item.key] = Array.from({ length: count }, () => {
        const object: Record<string, MessageValue | MessageValue[]> = {};
        this.#fill(once, object, depth);
        return object;
      });
      return;
    }
    if (item.kind === 'choice') {
      const chosen = item.items[this.#size.branch % item.items.length];
      if (chosen !== undefined) this.#fill(chosen, into, depth);
      return;
    }
    for (const each of item.items) this.#fill(each, into, depth);
  }
}
