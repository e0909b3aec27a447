export { constantName, generateCode } from './codegen/generate.js';
export type { GeneratedFile, GenerateOptions } from './codegen/generate.js';
export { describeSchemas } from './describe.js';
export type { SchemaDocument, SchemaDocuments } from './describe.js';
export { subsetOf } from './subset.js';
export { patternOf } from './xsd-pattern.js';
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
} from './descriptor.js';
