import { attributeOf } from '../message/tree.js';
import type { AttributeDescriptor, ComplexType, QualifiedName, TypeName } from './descriptor.js';
import { expand, inScope, XML, type Component, declarations, type TypeNames } from './xsd-components.js';

/** What a type says about its attributes. */
export type Attributes = Pick<ComplexType, 'attributes' | 'anyAttribute'>;

/** Reads the attributes of complex types. */
export class AttributeReader {
  readonly #reader: TypeNames;

  constructor(reader: TypeNames) {
    this.#reader = reader;
  }

  /** The attributes of a type, those it inherits first; one of the same name replaces the inherited one in place. */
  of(component: Component, owner: TypeName, parent?: ComplexType): Attributes {
    const attributes = new Map<QualifiedName, AttributeDescriptor>(
      (parent?.attributes ?? []).map((each) => [each.attribute, each]),
    );
    // A restriction inherits attributes, but no wildcard.
    const inherits = component.element.local === 'extension' && parent?.anyAttribute === true;
    const any = this.#collect(component, owner, attributes) || inherits;
    return {
      ...(attributes.size === 0 ? {} : { attributes: [...attributes.values()] }),
      ...(any ? { anyAttribute: true } : {}),
    };
  }

  /** Adds what is declared; true when there is a wildcard. */
  #collect(
    component: Component,
    owner: TypeName,
    into: Map<QualifiedName, AttributeDescriptor>,
    inGroup = false,
  ): boolean {
    let any = false;
    for (const element of declarations(component.element)) {
      const inner = { ...component, element, scope: inScope(element, component.scope) };
      if (element.local === 'anyAttribute') any = true;
      else if (element.local === 'attributeGroup') {
        const key = expand(attributeOf(element, 'ref') ?? '', inner.scope, element);
        any = this.#collect(this.#reader.components.named('attributeGroup', key), owner, into, true) || any;
      } else if (element.local === 'attribute') {
        const attribute = this.#attribute(inner, owner);
        // In a group it would prohibit nothing (XML Schema part 1, 3.2.2).
        if (attributeOf(element, 'use') !== 'prohibited') into.set(attribute.attribute, attribute);
        else if (!inGroup) into.delete(attribute.attribute);
      }
    }
    return any;
  }

  #attribute(component: Component, owner: TypeName): AttributeDescriptor {
    const { element, document, scope } = component;
    const ref = attributeOf(element, 'ref');
    const key = ref === undefined ? undefined : expand(ref, scope, element);
    // Attributes of the namespace of XML (xml:lang) are rarely part of a set.
    const global = key === undefined ? undefined : this.#reader.components.find('attribute', key);
    const declared = global ?? component;
    const name = attributeOf(declared.element, 'name') ?? '';
    const form = attributeOf(element, 'form');
    const qualified = form === undefined ? document.attributesQualified : form === 'qualified';
    const attribute =
      key !== undefined
        ? nameOfReference(key, this.#reader)
        : this.#reader.nameOf(`{${qualified ? document.targetNamespace : ''}}${name}`);
    const fixed = attributeOf(element, 'fixed') ?? attributeOf(declared.element, 'fixed');
    return {
      attribute,
      type: this.#reader.typeOf(
        declared,
        `${owner}/@${attribute}`,
        key === undefined || global !== undefined ? 'xs:anySimpleType' : 'xs:string',
      ),
      ...(attributeOf(element, 'use') === 'required' ? { required: true as const } : {}),
      ...(fixed === undefined ? {} : { fixed }),
    };
  }
}

function nameOfReference(key: string, reader: TypeNames): QualifiedName {
  return key.startsWith(`{${XML}}`) ? `xml:${key.slice(XML.length + 2)}` : reader.nameOf(key);
}
