import { InputError } from '@buergerkoffer/formats';
import { xmlRegisterInputProvider } from 'libxml2-wasm';
import * as libxml2 from 'libxml2-wasm/lib/libxml2.mjs';
import { withoutValues } from '../../message/finding-text.js';
import { schemaFinding, type SchemaFinding } from '../../message/finding.js';

/** Findings of one document that are told; what follows is counted out by one more. */
export const MAX_FINDINGS = 500;

/** Bytes of a schema document by its address. */
export type SchemaSource = (address: string) => Uint8Array | undefined;

/**
 * libxml2 compiled to WebAssembly, below its own classes: those collect every fault with its message and path, which
 * for a large hostile message fills the memory and takes time that grows with the square of its size.
 */

/** No entity from outside, line numbers above 65,535, text nodes above 10 MB; {@link guardDocument} bounds the rest. */
const OPTIONS = 0x80000 /* HUGE */ | 0x400000 /* BIG_LINES */ | 0x800000 /* NO_XXE */ | 0x800; /* NONET */

/** What libxml2 told about one document. */
interface Told {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

let told: Told[] = [];
let untold = 0;

/** The package's own `addFunction`, exported but left out of its declarations. */
const { addFunction } = libxml2 as unknown as {
  addFunction: (callback: (data: number, error: number) => void, signature: string) => number;
};

/** Called from WebAssembly for every fault; it never throws, that would leave libxml2's stack as it is. */
const collect = addFunction((_data, error) => {
  if (libxml2.XmlErrorStruct.level(error) < 2) return;
  if (told.length >= MAX_FINDINGS) {
    untold += 1;
    return;
  }
  told.push({
    line: Math.max(0, libxml2.XmlErrorStruct.line(error)),
    path: libxml2.xmlGetNodePath(libxml2.XmlErrorStruct.node(error)) ?? '',
    message: libxml2.XmlErrorStruct.message(error),
  });
}, 'vii');

let source: SchemaSource | undefined;
const reading = new Map<number, { readonly bytes: Uint8Array; offset: number }>();
let handles = 0;

// While a schema is compiled or a message judged, which may name schemas of its own, every address is asked for here and
// nowhere else; otherwise others may register theirs.
xmlRegisterInputProvider({
  match: () => source !== undefined,
  open: (address) => {
    const bytes = source?.(address);
    if (bytes === undefined) return undefined;
    handles += 1;
    reading.set(handles, { bytes, offset: 0 });
    return handles;
  },
  read: (handle, into) => {
    const file = reading.get(handle);
    if (file === undefined) return -1;
    const part = file.bytes.subarray(file.offset, file.offset + into.length);
    into.set(part);
    file.offset += part.length;
    return part.length;
  },
  close: (handle) => reading.delete(handle),
});

/** A message draws in nothing, though it may name schemas of its own. */
const NOTHING: SchemaSource = () => undefined;

/** Runs `work`, which gets documents from `documents` alone, and gives what libxml2 told meanwhile. */
function listening<T>(
  work: () => T,
  documents: SchemaSource = NOTHING,
): { readonly result: T; readonly faults: readonly Told[]; readonly more: number } {
  [told, untold, source] = [[], 0, documents];
  try {
    const result = work();
    return { result, faults: told, more: untold };
  } finally {
    [told, untold, source] = [[], 0, undefined];
    reading.clear();
  }
}

/** The document's pointer, 0 when it is not well-formed. */
function parse(bytes: Uint8Array, url: string | null, options: number): number {
  const context = libxml2.xmlNewParserCtxt();
  try {
    libxml2.xmlCtxtSetErrorHandler(context, collect, 0);
    return libxml2.xmlReadMemory(context, bytes, url, null, options);
  } finally {
    libxml2.xmlFreeParserCtxt(context);
  }
}

/** A compiled schema; it takes several megabytes until it is disposed. */
export class CompiledSchema {
  #schema: number;
  readonly #document: number;

  /** Pointers of the schema and of the document that it was made from; the object owns both. */
  constructor(schema: number, document: number) {
    this.#schema = schema;
    this.#document = document;
  }

  /** Judges a document that {@link guardDocument} let pass. */
  validate(bytes: Uint8Array): readonly SchemaFinding[] {
    if (this.#schema === 0)
      throw new InputError('not-allowed', 'the schema set is closed', { remedy: 'open it again' });
    const parsed = listening(() => parse(bytes, null, OPTIONS));
    const malformed = notWellFormed(parsed.result, parsed.faults);
    if (malformed.length > 0) {
      libxml2.xmlFreeDoc(parsed.result);
      return malformed;
    }
    try {
      const judged = listening(() => this.#judge(parsed.result));
      const findings = merged(judged.faults);
      if (judged.more > 0) findings.push(schemaFinding('X001', `and ${judged.more} more faults`));
      if (findings.length === 0 && judged.result !== 0) findings.push(schemaFinding('X001', 'not valid'));
      return findings;
    } finally {
      libxml2.xmlFreeDoc(parsed.result);
    }
  }

  #judge(document: number): number {
    const context = libxml2.xmlSchemaNewValidCtxt(this.#schema);
    try {
      libxml2.xmlSchemaSetValidStructuredErrors(context, collect, 0);
      return libxml2.xmlSchemaValidateDoc(context, document);
    } finally {
      libxml2.xmlSchemaFreeValidCtxt(context);
    }
  }

  /** Gives the memory back; idempotent. */
  dispose(): void {
    if (this.#schema === 0) return;
    libxml2.xmlSchemaFree(this.#schema);
    libxml2.xmlFreeDoc(this.#document);
    this.#schema = 0;
  }
}

/** Compiles the schema at `address`; `InputError` `malformed` with the first fault of what cannot be compiled. */
export function compileSchema(address: string, documents: SchemaSource): CompiledSchema {
  const entry = documents(address);
  if (entry === undefined)
    throw new InputError('missing', 'there is no such schema document', { path: address });
  const parsed = listening(() => parse(entry, address, OPTIONS), documents);
  if (parsed.result === 0) throw notCompiled(address, parsed.faults);
  const context = libxml2.xmlSchemaNewDocParserCtxt(parsed.result);
  try {
    libxml2.xmlSchemaSetParserStructuredErrors(context, collect, 0);
    const compiled = listening(() => libxml2.xmlSchemaParse(context), documents);
    if (compiled.result !== 0) return new CompiledSchema(compiled.result, parsed.result);
    libxml2.xmlFreeDoc(parsed.result);
    throw notCompiled(address, compiled.faults);
  } finally {
    libxml2.xmlSchemaFreeParserCtxt(context);
  }
}

/** X000 when a document that {@link guardDocument} let pass is not well-formed. */
export function wellFormedness(bytes: Uint8Array): readonly SchemaFinding[] {
  const parsed = listening(() => parse(bytes, null, OPTIONS));
  libxml2.xmlFreeDoc(parsed.result);
  return notWellFormed(parsed.result, parsed.faults);
}

function notCompiled(address: string, faults: readonly Told[]): InputError {
  const [fault] = faults;
  const where = fault === undefined ? '' : ` (line ${fault.line}): ${fault.message.trim().slice(0, 300)}`;
  return new InputError('malformed', `the schema cannot be compiled${where}`, {
    path: address,
    remedy: 'load the schema files again from where they were published',
  });
}

/** What libxml2 says of names that break Namespaces in XML 1.0, and reads on. */
const NAMESPACE_FAULT =
  /^(?:Namespace prefix |Failed to parse QName |xml namespace |re(?:use|definition) of the xmlns |xmlns:[^:]*: Empty |colons are forbidden )/u;

/** X000 when there is no document, or one whose names mean nothing. */
function notWellFormed(document: number, faults: readonly Told[]): readonly SchemaFinding[] {
  const fault = document === 0 ? faults[0] : faults.find(({ message }) => NAMESPACE_FAULT.test(message));
  if (document !== 0 && fault === undefined) return [];
  const line = fault?.line ?? 0;
  const what = document === 0 ? 'not well-formed XML' : 'a name with a prefix that means no namespace';
  return [schemaFinding('X000', `${what}${line > 0 ? ` at line ${line}` : ''}`, line)];
}

/** One finding a fault: libxml2 tells a broken facet, and once more that the value is not of its type. */
function merged(faults: readonly Told[]): SchemaFinding[] {
  const findings: SchemaFinding[] = [];
  let facetAt: string | undefined;
  for (const { line, path, message } of faults) {
    if (facetAt === path && / is not a valid value of the /u.test(message)) {
      facetAt = undefined;
      continue;
    }
    facetAt = /: \[facet '/u.test(message.slice(0, 600)) ? path : undefined;
    findings.push(schemaFinding('X001', withoutValues(message), line, path));
  }
  return findings;
}
