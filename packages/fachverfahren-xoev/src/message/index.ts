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
export { readMessage } from './read-message.js';
export type { ReadMessage } from './read-message.js';
export { writeMessage } from './write-message.js';
export type { WriteOptions } from './write-message.js';
export type { MessageObject, MessageValue } from './value.js';
export { messageSet } from './message-set.js';
export type { MessageSet, TypedMessage } from './message-set.js';
export { messageSchema } from './message-schema.js';
export { messageSheet } from './sheet.js';
export type { SheetLine, SheetOptions } from './sheet.js';
export { rootOf } from './root.js';
export type { RootElement } from './root.js';
export type { ExpandedName } from '../xmeld/xml-reader.js';
