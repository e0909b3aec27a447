import type { MessageElement } from '../message/tree.js';

/**
 * The content of a message as people write it: what the standard wraps may be given bare, and everything may be given
 * as the generated types have it.
 * - a code of a list that the schema fixes: `'w'` for `{ code: 'w' }` with the version of its list;
 * - a name: `'Mustermann'` for `{ name: 'Mustermann' }`;
 * - a date of which a part may be unknown: `'1964-08-12'`, `'1964-08'`, `'1964'` or `'unbekannt'`;
 * - a mark that can only be set: `true`.
 */
export type Brief<T> = T extends MessageElement
  ? T
  : T extends 'true'
    ? true | 'true'
    : T extends string
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Brief<Item>[]
        : T extends object
          ? BriefObject<T>
          : T;

/** An element with children, or what may be given bare in its place. */
export type BriefObject<T extends object> =
  | ListedCode<T>
  | ([Extract<keyof T, BareField>] extends [never] ? never : string)
  | { readonly [Key in keyof T]: Brief<T[Key]> };

/** Names of children that mark what may be given as text: a name, a partial date, a day. */
export type BareField = 'nichtVorhanden' | 'teilbekanntesDatum' | 'jahrMonatTag' | 'unbekannt';

/** The values of a code whose list the schema fixes. */
export type ListedCode<T> = T extends { readonly '@listURI'?: string; readonly code: infer Code }
  ? undefined extends T['@listURI']
    ? Code
    : never
  : never;
