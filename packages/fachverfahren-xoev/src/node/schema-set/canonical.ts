import { InputError } from '@buergerkoffer/formats';
import { ParseOption, XmlC14NMode, XmlDocument, XmlError } from 'libxml2-wasm';
import { guardDocument } from '../../message/guard.js';

/** How a document is brought to its canonical form. */
export interface CanonicalOptions {
  /** Canonical XML 1.0 (`inclusive`) or Exclusive XML Canonicalization 1.0, the default. */
  readonly mode?: 'inclusive' | 'exclusive';
  /** Comments stay; by default they go. */
  readonly withComments?: boolean;
  /** Prefixes that exclusive canonicalisation treats as the inclusive one does. */
  readonly inclusivePrefixes?: readonly string[];
}

/**
 * The canonical form of a document, in UTF-8 (Canonical XML 1.0, Exclusive XML Canonicalization 1.0). No schema is needed.
 * `InputError` `malformed` for what is not well-formed, `not-allowed` for what is never parsed: a document type declaration,
 * more than 32 MiB, levels without end.
 */
export function canonicalXml(bytes: Uint8Array, options: CanonicalOptions = {}): Uint8Array {
  const guarded = guardDocument(bytes);
  if (guarded !== undefined) throw new InputError('not-allowed', guarded.message);
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes, {
      option: ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_NO_XXE,
    });
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new InputError('malformed', 'the document is not well-formed XML');
  }
  try {
    const text = document.canonicalizeToString({
      mode: options.mode === 'inclusive' ? XmlC14NMode.XML_C14N_1_0 : XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
      withComments: options.withComments ?? false,
      ...(options.inclusivePrefixes === undefined
        ? {}
        : { inclusiveNamespacePrefixes: [...options.inclusivePrefixes] }),
    });
    return new TextEncoder().encode(text);
  } finally {
    document.dispose();
  }
}
