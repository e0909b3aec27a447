import type { IppAttribute, IppMessage, IppValue } from './message.js';
import type { GroupName, StringSyntax } from './tags.js';

/** Attributes of one group, asked for by name and syntax: what is of another syntax is not there. */
export class AttributeSet {
  readonly #byName: ReadonlyMap<string, readonly IppValue[]>;

  constructor(attributes: readonly IppAttribute[]) {
    this.#byName = new Map(attributes.map(({ name, values }) => [name, values]));
  }

  /** All values of `name`. */
  values(name: string): readonly IppValue[] {
    return this.#byName.get(name) ?? [];
  }

  /** Values that are text of any syntax: keyword, name, uri, type, with a language or without. */
  texts(name: string): readonly string[] {
    return this.values(name).flatMap((one) => textOf(one) ?? []);
  }

  /** The first text of `name`. */
  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  /** Integers and enums. */
  numbers(name: string): readonly number[] {
    return this.values(name).flatMap((one) =>
      one.syntax === 'integer' || one.syntax === 'enum' ? [one.value] : [],
    );
  }

  /** The first integer or enum of `name`. */
  number(name: string): number | undefined {
    return this.numbers(name)[0];
  }

  /** The first boolean of `name`. */
  flag(name: string): boolean | undefined {
    return this.values(name).flatMap((one) => (one.syntax === 'boolean' ? [one.value] : []))[0];
  }

  /** The members of each collection of `name`. */
  collections(name: string): readonly AttributeSet[] {
    return this.values(name).flatMap((one) =>
      one.syntax === 'collection' ? [new AttributeSet(one.members)] : [],
    );
  }
}

/** The groups of one kind in `message`. */
export function groupsOf(message: IppMessage, group: GroupName): readonly AttributeSet[] {
  return message.groups
    .filter((one) => one.group === group)
    .map(({ attributes }) => new AttributeSet(attributes));
}

/** The first group of a kind; empty where there is none. */
export function groupOf(message: IppMessage, group: GroupName): AttributeSet {
  return groupsOf(message, group)[0] ?? new AttributeSet([]);
}

/** The text that a value is; undefined for what is no text. */
export function textOf(value: IppValue): string | undefined {
  switch (value.syntax) {
    case 'text':
    case 'name':
    case 'keyword':
    case 'uri':
    case 'uriScheme':
    case 'charset':
    case 'naturalLanguage':
    case 'mimeMediaType':
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return value.value;
    default:
      return undefined;
  }
}

/** An attribute of strings, for requests: `stringAttribute('keyword', 'sides', 'one-sided')`. */
export function stringAttribute(
  syntax: StringSyntax,
  name: string,
  ...values: readonly string[]
): IppAttribute {
  return { name, values: values.map((value) => ({ syntax, value })) };
}

/** An attribute of integers or enums. */
export function numberAttribute(
  syntax: 'integer' | 'enum',
  name: string,
  ...values: readonly number[]
): IppAttribute {
  return { name, values: values.map((value) => ({ syntax, value })) };
}

/** An attribute of one boolean. */
export function booleanAttribute(name: string, value: boolean): IppAttribute {
  return { name, values: [{ syntax: 'boolean', value }] };
}
