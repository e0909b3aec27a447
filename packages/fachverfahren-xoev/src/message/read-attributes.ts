import { InputError } from '@buergerkoffer/formats';
import type { ComplexType, TypeName } from '../schema/descriptor.js';
import { XSI, type Model, type ResolvedName } from './model.js';
import type { MessageElement } from './tree.js';

/** Takes note of the prefix that a message uses for a namespace. */
export type NotePrefix = (namespace: string, prefix: string) => void;

/**
 * The attributes of an element by their keys. `InputError` `missing` and `not-allowed` with the location path; prefixes of
 * names, and of values that are qualified names, are noted.
 */
export function readAttributes(
  element: MessageElement,
  type: ComplexType,
  model: Model,
  note: NotePrefix,
  noteValue: (type: TypeName, value: string) => void,
): Record<string, string> {
  const found: Record<string, string> = {};
  const declared = (type.attributes ?? []).map((each) => ({ each, ...model.resolve(each.attribute) }));
  for (const { each, namespace, local } of declared) {
    const given = element.attributes.find((one) => one.local === local && one.namespace === namespace);
    if (given !== undefined) {
      found[`@${each.attribute}`] = given.value;
      note(namespace, given.prefix);
      noteValue(each.type, given.value);
    } else if (each.required === true) {
      throw new InputError('missing', `line ${element.line}: the attribute ${local} is missing`, {
        path: element.path,
      });
    }
  }
  if (type.anyAttribute !== true) {
    refuseAttributes(element, declared);
    return found;
  }
  for (const { namespace, local, prefix, value } of unknownAttributes(element, declared)) {
    found[`@${namespace === '' ? local : `{${namespace}}${local}`}`] = value;
    note(namespace, prefix);
  }
  return found;
}

/** `xsi:type` and `xsi:nil` as keys; where the schema lies is of no interest. */
export function instanceAttributes(
  element: MessageElement,
  type: TypeName | undefined,
): Record<string, string> {
  const nil = element.attributes.find(({ namespace, local }) => namespace === XSI && local === 'nil');
  return {
    ...(type === undefined ? {} : { '@xsi:type': type }),
    ...(nil === undefined ? {} : { '@xsi:nil': nil.value }),
  };
}

/** `InputError` `not-allowed` when an element has attributes beside those that are known. */
export function refuseAttributes(element: MessageElement, known: readonly ResolvedName[]): void {
  const [unknown] = unknownAttributes(element, known);
  if (unknown === undefined) return;
  throw new InputError('not-allowed', `line ${element.line}: the attribute ${unknown.local} is not allowed`, {
    path: element.path,
  });
}

function unknownAttributes(
  element: MessageElement,
  known: readonly ResolvedName[],
): MessageElement['attributes'] {
  return element.attributes.filter(
    ({ namespace, local }) =>
      namespace !== XSI && !known.some((each) => each.local === local && each.namespace === namespace),
  );
}
