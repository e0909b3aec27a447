import { InputError } from '@buergerkoffer/formats';
import {
  outerKeys,
  type Bounds,
  type KeyUse,
  type PlannedAny,
  type PlannedElement,
  type PlannedGroup,
  type PlannedParticle,
} from './plan.js';
import { isObject, isTree, type MessageObject, type MessageValue } from './value.js';

/** Called for each child in the order of the schema; `path` is that of its field. */
export type ContentVisitor = (item: PlannedElement | PlannedAny, value: MessageValue, path: string) => void;

/**
 * Visits the children of an object in the order of its content model. `InputError` with the path of the field for what is
 * missing, unknown, too many, or given beside another alternative of a choice.
 */
export function walkContent(
  content: PlannedGroup,
  object: MessageObject,
  path: string,
  visit: ContentVisitor,
): void {
  walkObject(content, new Map(outerKeys(content)), object, path, visit);
}

/** As {@link walkContent}, for what may stand together only. */
export function checkStructure(content: PlannedGroup, object: object): void {
  walkContent(content, object as MessageObject, '', () => undefined);
}

/** `InputError` `not-allowed` when an object has a field; for types without children. */
export function refuseFields(object: MessageObject, path: string): void {
  new Stock(object, path, new Map());
}

function walkObject(
  group: PlannedGroup,
  keys: ReadonlyMap<string, KeyUse>,
  object: MessageObject,
  path: string,
  visit: ContentVisitor,
  once = false,
): void {
  const stock = new Stock(object, path, keys);
  if (once) walkOnce(group, stock, visit);
  else walk(group, stock, visit);
  const left = stock.leftover;
  if (left === undefined) return;
  throw new InputError('not-allowed', 'more is given here than the schema allows beside the rest', {
    path: `${path}${left}`,
  });
}

/** What is left of an object: each value is taken once. */
class Stock {
  readonly path: string;
  readonly #left = new Map<string, MessageValue[]>();

  constructor(object: MessageObject, path: string, keys: ReadonlyMap<string, Pick<KeyUse, 'many'>>) {
    this.path = path;
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined || key.startsWith('@') || key === '#text') continue;
      const many = keys.get(key)?.many;
      const at = { path: `${path}${key}` };
      if (many === undefined) throw new InputError('not-allowed', 'the schema knows no such field here', at);
      if (many !== Array.isArray(value)) {
        const message = many
          ? 'the field may repeat, it must be an array'
          : 'the field does not repeat, it must be no array';
        throw new InputError('malformed', message, at);
      }
      this.#left.set(
        key,
        Array.isArray(value) ? [...(value as readonly MessageValue[])] : [value as MessageValue],
      );
    }
  }

  count(key: string): number {
    return this.#left.get(key)?.length ?? 0;
  }

  /** Up to `max` of the values, of elements as they were read those of a namespace that is admitted; `InputError` for fewer than `min`. */
  take(key: string, { min, max }: Bounds, admits?: (namespace: string) => boolean): readonly MessageValue[] {
    const values = this.#left.get(key) ?? [];
    const other = values.findIndex(
      (value) => admits !== undefined && isTree(value) && !admits(value.namespace),
    );
    const taken = values.splice(0, Math.min(max, other < 0 ? values.length : other));
    if (taken.length < min) throw missing(this, key);
    return taken;
  }

  /** Whether the next element as it was read is of a namespace that a wildcard admits; another is told when it is written. */
  admits({ key, admits }: PlannedAny): boolean {
    const [next] = this.#left.get(key) ?? [];
    return next !== undefined && (!isTree(next) || admits(next.namespace));
  }

  /** Particles of which any order may stand, in that of the fields; the others last. */
  inOrder(items: readonly PlannedParticle[]): readonly PlannedParticle[] {
    const order = [...this.#left.keys()];
    const place = (item: PlannedParticle): number => {
      const places = outerKeys(item).map(([key]) => order.indexOf(key));
      return Math.min(...places.filter((each) => each >= 0), order.length);
    };
    return items
      .map((item) => ({ item, at: place(item) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }

  /** A field of which something is left over. */
  get leftover(): string | undefined {
    return [...this.#left].find(([, values]) => values.length > 0)?.[0];
  }
}

function walk(item: PlannedParticle, stock: Stock, visit: ContentVisitor): void {
  if (item.kind === 'element' || item.kind === 'any') {
    const indexed = stock.count(item.key) > 1;
    const admits = item.kind === 'element' ? undefined : item.admits;
    stock.take(item.key, item, admits).forEach((value, index) => {
      visit(item, value, `${stock.path}${item.key}${indexed ? `[${index}]` : ''}`);
    });
    return;
  }
  const { key } = item;
  if (key === undefined) {
    if (item.min > 0 || weight(item, stock) > 0) walkOnce(item, stock, visit);
    return;
  }
  const min = isOptional({ ...item, min: 1 }) ? 0 : item.min;
  stock.take(key, { min, max: item.max }).forEach((value, index) => {
    const path = `${stock.path}${key}[${index}]/`;
    if (!isObject(value)) throw new InputError('malformed', 'the field must be an object', { path });
    walkObject(item, item.keys, value, path, visit, true);
  });
}

function walkOnce(group: PlannedGroup, stock: Stock, visit: ContentVisitor): void {
  if (group.kind !== 'choice') {
    const items = group.kind === 'all' ? stock.inOrder(group.items) : group.items;
    for (const item of items) walk(item, stock, visit);
    return;
  }
  // The alternative of which most is given, of several one that lacks nothing; what is given of another is left over, which
  // is told.
  let best: PlannedParticle | undefined;
  let most = 0;
  for (const item of group.items) {
    const given = 2 * weight(item, stock);
    const score = given > 0 && isComplete(item, stock) ? given + 1 : given;
    if (score > most) [best, most] = [item, score];
  }
  best ??= group.items.find(isOptional);
  if (best === undefined) throw missing(stock, [...group.keys.keys()].join(' or '));
  walk(best, stock, visit);
}

/** How many fields are given of what a particle can write. */
function weight(item: PlannedParticle, stock: Stock): number {
  if (item.kind === 'any') return stock.admits(item) ? 1 : 0;
  return outerKeys(item).filter(([key]) => stock.count(key) > 0).length;
}

/** Whether everything that a particle needs is given. */
function isComplete(item: PlannedParticle, stock: Stock): boolean {
  if (isOptional(item)) return true;
  if (item.kind === 'element' || item.kind === 'any' || item.key !== undefined)
    return stock.count(item.key ?? '') >= item.min;
  const isGiven = (each: PlannedParticle): boolean => isComplete(each, stock);
  return item.kind === 'choice' ? item.items.some(isGiven) : item.items.every(isGiven);
}

/** Whether nothing at all can stand for a particle. */
export function isOptional(item: PlannedParticle): boolean {
  if (item.min === 0) return true;
  if (item.kind === 'element' || item.kind === 'any') return false;
  return item.kind === 'choice' ? item.items.some(isOptional) : item.items.every(isOptional);
}

function missing(stock: Stock, what: string): InputError {
  return new InputError('missing', `${what} must be given`, { path: `${stock.path}${what}` });
}
