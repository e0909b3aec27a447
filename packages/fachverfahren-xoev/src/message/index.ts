export { MESSAGE_LIMITS, readMessageTree } from './read-tree.js';
export { attributeOf, childOf, childrenOf, elementsOf } from './tree.js';
export type { MessageAttribute, MessageElement, NamespaceDeclaration } from './tree.js';
export type {
  AnyParticle,
  AttributeDescriptor,
  ComplexType,
  ElementParticle,
  GroupParticle,
  Occurrence,
  Particle,
  QualifiedName,
  SchemaDescriptor,
  SimpleType,
  TypeDescriptor,
  TypeName,
} from '../schema/descriptor.js';
