import { attributeOf, type MessageElement } from '../message/tree.js';
import type { SimpleType } from './descriptor.js';
import { XS } from './xsd-components.js';

type Facets = Omit<SimpleType, 'kind' | 'base' | 'list' | 'union'>;

/** The facets of a restriction (XML Schema part 2, 4.3). */
export function facetsOf(restriction: MessageElement): Facets {
  const facets: { -readonly [Name in keyof Facets]: Facets[Name] } = {};
  const enumeration: string[] = [];
  const patterns: string[] = [];
  for (const element of restriction.children) {
    const value = attributeOf(element, 'value');
    if (element.namespace !== XS || value === undefined) continue;
    switch (element.local) {
      case 'enumeration':
        enumeration.push(value);
        break;
      case 'pattern':
        patterns.push(value);
        break;
      case 'length':
      case 'minLength':
      case 'maxLength':
      case 'totalDigits':
      case 'fractionDigits':
        facets[element.local] = Number(value);
        break;
      case 'minInclusive':
      case 'maxInclusive':
      case 'minExclusive':
      case 'maxExclusive':
        facets[element.local] = value;
        break;
      case 'whiteSpace':
        if (value === 'preserve' || value === 'replace' || value === 'collapse') facets.whiteSpace = value;
    }
  }
  if (enumeration.length > 0) facets.enumeration = enumeration;
  // Patterns of one step are alternatives; each step of a derivation is a type of its own.
  if (patterns.length > 0) facets.patterns = [patterns];
  return facets;
}
