import type { MessageElement } from './tree.js';

/**
 * A message as plain data, lexical values kept. An element is a string when its type is simple, else an object with
 * - the local name of each child: its value, an array where it may repeat;
 * - `@name` for an attribute, `#text` for text beside attributes;
 * - `#any` for elements of other schemas, `#choice` or `#sequence` for groups that repeat as a whole;
 * - `@xsi:type` and `@xsi:nil` where they are needed.
 * An element of any type at all is the element as it was read.
 */
export type MessageValue = string | MessageObject | MessageElement;

/** The children and attributes of an element. */
export interface MessageObject {
  readonly [key: string]: MessageValue | readonly MessageValue[] | undefined;
}

/** True for an element as it was read. */
export function isTree(value: unknown): value is MessageElement {
  return (
    typeof value === 'object' &&
    value !== null &&
    'declarations' in value &&
    'content' in value &&
    'local' in value
  );
}

/** True for what has children and attributes by name. */
export function isObject(value: unknown): value is MessageObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
