export { canonicalXml } from './canonical.js';
export type { CanonicalOptions } from './canonical.js';
export { MAX_FINDINGS } from './engine.js';
export { openSchemas, SchemaLibrary } from './schema-library.js';
export type { SchemaLibraryOptions, Validation } from './schema-library.js';
export type { SchemaSet } from './schema-set.js';
export { validityOn } from './validity.js';
export type { SetValidity, ValidityState } from './validity.js';
export type { SchemaFinding } from '../../message/finding.js';
