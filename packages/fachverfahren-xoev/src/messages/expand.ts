import { InputError } from '@buergerkoffer/formats';
import type { Model, PlannedType } from '../message/model.js';
import { outerKeys } from '../message/plan.js';
import type { KeyUse } from '../message/plan.js';
import { isObject, isTree } from '../message/value.js';
import type { TypeName } from '../schema/descriptor.js';

/** Version of a code list by its URI, for lists whose version the message must name. */
export type ListVersions = Readonly<Record<string, string>>;

/**
 * The full form of brief content, see `Brief`. What is not brief passes unchanged: the schema of the message judges it.
 * `InputError` `missing` with the path of a code whose list version is not known.
 */
export function expandBrief(
  model: Model,
  type: TypeName,
  value: unknown,
  versions: ListVersions,
  path = '',
): unknown {
  if (value === true) return 'true';
  const shape = model.shapeOf(type);
  if (shape.shape !== 'object' || isTree(value)) return value;
  const keys = shape.plan.content === undefined ? new Map() : new Map(outerKeys(shape.plan.content));
  if (typeof value === 'string') return wrapped(model, shape.plan, keys, value, versions, path);
  return isObject(value) ? expandFields(model, keys, value, versions, path) : value;
}

function expandFields(
  model: Model,
  keys: ReadonlyMap<string, KeyUse>,
  value: object,
  versions: ListVersions,
  path: string,
): unknown {
  const fields = Object.entries(value).map(([key, field]: [string, unknown]) => {
    const use = keys.get(key);
    if (use === undefined) return [key, field];
    const at = path === '' ? key : `${path}.${key}`;
    const expand = (each: unknown, where: string): unknown => {
      const { particle } = use;
      if (particle.kind === 'element') {
        return expandBrief(model, particle.particle.type, each, versions, where);
      }
      return particle.kind !== 'any' && isObject(each)
        ? expandFields(model, particle.keys, each, versions, where)
        : each;
    };
    return [
      key,
      Array.isArray(field)
        ? field.map((each: unknown, index) => expand(each, `${at}[${index}]`))
        : expand(field, at),
    ];
  });
  return Object.fromEntries(fields);
}

function wrapped(
  model: Model,
  { type }: PlannedType,
  keys: ReadonlyMap<string, KeyUse>,
  text: string,
  versions: ListVersions,
  path: string,
): unknown {
  const list = type.attributes?.find(({ attribute }) => attribute === 'listURI')?.fixed;
  if (keys.has('code') && list !== undefined) {
    const version = type.attributes?.find(({ attribute }) => attribute === 'listVersionID');
    const isOpen = version?.required === true && version.fixed === undefined;
    return isOpen ? { '@listVersionID': versionOf(list, versions, path), code: text } : { code: text };
  }
  if (keys.has('nichtVorhanden')) return { name: text };
  if (text === 'unbekannt' && keys.has('unbekannt')) return { unbekannt: 'true' };
  if (keys.has('datum')) return { datum: text };
  const partial = keys.get('teilbekanntesDatum')?.particle;
  if (partial?.kind === 'element') {
    return { teilbekanntesDatum: expandBrief(model, partial.particle.type, text, versions, path) };
  }
  if (keys.has('jahrMonatTag')) return { [PRECISION[text.length] ?? 'jahrMonatTag']: text };
  return text;
}

/** How much of a date is known, by the length of its text. */
const PRECISION: Readonly<Record<number, string>> = { 4: 'jahr', 7: 'jahrMonat', 10: 'jahrMonatTag' };

function versionOf(list: string, versions: ListVersions, path: string): string {
  const version = versions[list];
  if (version !== undefined) return version;
  throw new InputError('missing', `the version of the code list ${list} must be named`, {
    path,
    remedy: 'give the code as { "@listVersionID": …, code: … }, or the version in `listVersions`',
  });
}
