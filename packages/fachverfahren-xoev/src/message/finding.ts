import type { RejectionCode } from '../xmeld/rejection-code.js';

/** What is wrong with a message, and where; neither text quotes a value. */
export interface SchemaFinding {
  /** Found by the grammar, not by a rule. */
  readonly source: 'schema';
  readonly severity: 'error';
  /** S001 not UTF-8, X000 not well-formed, X001 against the schema, V000 of a version that no schema at hand describes. */
  readonly code: RejectionCode;
  /** From 1; 0 when the fault has no line. */
  readonly line: number;
  /** Location path as libxml2 writes it; empty when the fault stands nowhere in the tree. */
  readonly path: string;
  readonly message: string;
}

/** A finding of the grammar. */
export function schemaFinding(code: RejectionCode, message: string, line = 0, path = ''): SchemaFinding {
  return { source: 'schema', severity: 'error', code, line, path, message };
}
