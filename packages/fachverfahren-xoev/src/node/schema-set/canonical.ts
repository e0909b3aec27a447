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
 * `InputError` `malformed` for what is not well-formed, `unsupported` for what has no canonical form: a namespace with a
 * relative name (Canonical XML 1.0, 1.3), `not-allowed` for what is never parsed: a document type declaration, more than
 * 32 MiB, levels without end.
 */
export function canonicalXml(bytes: Uint8Array, options: CanonicalOptions = {}): Uint8Array {
  const guarded = guardDocument(bytes);
  if (guarded !== undefined) throw new InputError('not-allowed', guarded.message);
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes, {
      option: ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_SKIP_IDS,
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
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new InputError(
      'unsupported',
      'the document has no canonical form: a namespace has a relative name',
      {
        cause: error,
      },
    );
  } finally {
    document.dispose();
  }
}
