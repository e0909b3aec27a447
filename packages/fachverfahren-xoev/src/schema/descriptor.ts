/**
 * What a program must know of a schema set to read, write, check and show its messages: names, order, cardinality,
 * qualification, facets, fixed values and the code values that the grammar itself enumerates. Plain data; it comes from
 * checked-in code or from the XSDs of an integrator, and both look the same.
 */
export interface SchemaDescriptor {
  /** Name of the standard, as the attribute `standard` of its messages has it, e.g. `XMeld`. */
  readonly standard: string;
  /** Version of the standard, e.g. `25.11a`. */
  readonly version: string;
  readonly publisher: string;
  /** SHA-256 over the schema files of the set, hexadecimal. */
  readonly sha256: string;
  /** Namespace by the prefix that names in this descriptor use for it. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Type of each global element, by the element's name. */
  readonly roots: Readonly<Record<QualifiedName, TypeName>>;
  /** The types, those without a name of their own included. */
  readonly types: Readonly<Record<TypeName, TypeDescriptor>>;
}

/** A local name, with a prefix of the descriptor when it is in a namespace: `xmeld:geburt`, `leser`. */
export type QualifiedName = string;

/**
 * Name of a type: `xmeld:type.Geburt`. Types of XML Schema (`xs:…`) and of DIN 91379 (`din91379:datatypeA` to `E`) are
 * built in. A type without a name of its own is called after where it stands: `xmeld:type.Geburt/geburtsort`.
 */
export type TypeName = string;

/** A type, with what it inherits. */
export type TypeDescriptor = ComplexType | SimpleType;

/** Elements and attributes, or text with attributes. */
export interface ComplexType {
  readonly kind: 'complex';
  /** The type it was derived from. */
  readonly base?: TypeName;
  /** An element of this type must name another one in `xsi:type`. */
  readonly abstract?: true;
  readonly attributes?: readonly AttributeDescriptor[];
  /** The children; left out when there are none. */
  readonly content?: GroupParticle;
  /** Type of the text when the content is simple. */
  readonly text?: TypeName;
  /** Attributes of any name may stand beside those listed. */
  readonly anyAttribute?: true;
  /** Text may stand between the children. */
  readonly mixed?: true;
}

/** Text with facets (XML Schema part 2, 4.3). */
export interface SimpleType {
  readonly kind: 'simple';
  readonly base: TypeName;
  readonly enumeration?: readonly string[];
  /** Patterns in the language of XML Schema; of one inner array one must match, of the outer one all. */
  readonly patterns?: readonly (readonly string[])[];
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
  readonly minExclusive?: string;
  readonly maxExclusive?: string;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  readonly whiteSpace?: 'preserve' | 'replace' | 'collapse';
  /** A list of values of this type, separated by white space; `base` is `xs:anySimpleType` then. */
  readonly list?: TypeName;
  /** A value of one of these types; `base` is `xs:anySimpleType` then. */
  readonly union?: readonly TypeName[];
}

/** An attribute. */
export interface AttributeDescriptor {
  readonly attribute: QualifiedName;
  readonly type: TypeName;
  readonly required?: true;
  readonly fixed?: string;
}

/** How often something may stand; both are 1 when left out. */
export interface Occurrence {
  readonly min?: number;
  readonly max?: number | 'unbounded';
}

/** A piece of a content model. */
export type Particle = ElementParticle | GroupParticle | AnyParticle;

/** An element. */
export interface ElementParticle extends Occurrence {
  readonly element: QualifiedName;
  readonly type: TypeName;
  readonly fixed?: string;
  /** Value of the element where it is empty. */
  readonly default?: string;
  readonly nillable?: true;
}

/** Several particles: one after the other, one of them, or all of them in any order. */
export type GroupParticle = Occurrence &
  (
    | { readonly sequence: readonly Particle[] }
    | { readonly choice: readonly Particle[] }
    | { readonly all: readonly Particle[] }
  );

/** An element of another schema: `any` is the constraint as the schema has it (`##any`, `##other`, namespaces). */
export interface AnyParticle extends Occurrence {
  readonly any: string;
}
