import { InputError } from '@buergerkoffer/formats';
import { SaxesParser } from 'saxes';

/** Bounds of a document; crossing one is an `InputError` `too-large` before more is read. */
export interface XmlLimits {
  /** Bytes of the document. */
  readonly maxBytes: number;
  /** Elements inside one another. */
  readonly maxDepth: number;
  /** Elements in the whole document. */
  readonly maxElements: number;
  /** Attributes of one element. */
  readonly maxAttributes: number;
}

/** 32 MiB, 64 levels, 100,000 elements of 256 attributes: more than any XInneres message of one case needs. */
export const XML_LIMITS: XmlLimits = {
  maxBytes: 32 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 100_000,
  maxAttributes: 256,
};

/** The name of an element: namespace URI (empty when unqualified) and local name. */
export interface ExpandedName {
  readonly uri: string;
  readonly local: string;
}

/** An attribute; declarations of namespaces are none. */
export interface XmlAttribute extends ExpandedName {
  readonly prefix: string;
  readonly value: string;
}

/** What a start tag says beside its name and the values of its attributes. */
export interface StartTag {
  readonly prefix: string;
  /** Line on which the tag ends, from 1. */
  readonly line: number;
  readonly attributes: readonly XmlAttribute[];
  /** Namespaces declared here, by prefix; the empty prefix is the default namespace. */
  readonly declarations: Readonly<Record<string, string>>;
}

/** What happens while a document is read; `path` is the local names from the root, joined by `/`. */
export interface XmlHandler {
  open(path: string, name: ExpandedName, attributes: ReadonlyMap<string, string>, tag: StartTag): void;
  text?(path: string, text: string): void;
  close?(path: string): void;
}

/**
 * Reads a document from memory and calls the handler in document order.
 * Refuses any document type declaration, encodings other than UTF-8, and what crosses the limits, with `InputError`
 * and the byte offset; no external entity exists without a DTD. Messages never quote the document.
 */
export function readXml(bytes: Uint8Array, handler: XmlHandler, limits: XmlLimits = XML_LIMITS): void {
  if (bytes.length > limits.maxBytes) {
    throw new InputError(
      'too-large',
      `the XML document has ${bytes.length} bytes, ${limits.maxBytes} are allowed`,
    );
  }
  const text = decodeUtf8(bytes);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const at = (): { readonly offset: number } => ({ offset: byteOffset(bytes, text, parser.position) });
  const paths: string[] = [];
  let elements = 0;
  let ending = false;

  parser.on('error', () => {
    throw ending
      ? new InputError('truncated', 'the XML document ends before its root element does', at())
      : new InputError(
          'malformed',
          `not well-formed XML at line ${parser.line}, column ${parser.column}`,
          at(),
        );
  });
  parser.on('doctype', () => {
    throw new InputError('not-allowed', 'the XML document has a document type declaration', at());
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') {
      throw new InputError('unsupported', 'the XML document declares an encoding other than UTF-8', at());
    }
  });
  let attributesOfElement = 0;
  parser.on('attribute', () => {
    attributesOfElement += 1;
    if (attributesOfElement > limits.maxAttributes) {
      throw new InputError('too-large', `an element has more than ${limits.maxAttributes} attributes`, at());
    }
  });
  parser.on('opentag', (tag) => {
    attributesOfElement = 0;
    elements += 1;
    if (paths.length >= limits.maxDepth) {
      throw new InputError('too-large', `elements are nested deeper than ${limits.maxDepth}`, at());
    }
    if (elements > limits.maxElements) {
      throw new InputError('too-large', `more than ${limits.maxElements} elements`, at());
    }
    const above = paths.at(-1);
    const path = above === undefined ? tag.local : `${above}/${tag.local}`;
    paths.push(path);
    const written = Object.values(tag.attributes);
    const values = new Map(written.map(({ name, value }) => [name, value]));
    const attributes = written.filter(({ uri }) => uri !== XMLNS);
    const { prefix, ns: declarations, uri, local } = tag;
    locate(at, () => {
      handler.open(path, { uri, local }, values, { prefix, declarations, attributes, line: parser.line });
    });
  });
  const passText = (part: string): void => {
    const path = paths.at(-1);
    if (path !== undefined) {
      locate(at, () => {
        handler.text?.(path, part);
      });
    }
  };
  parser.on('text', passText);
  parser.on('cdata', passText);
  parser.on('closetag', () => {
    const path = paths.pop() ?? '';
    locate(at, () => {
      handler.close?.(path);
    });
  });
  parser.write(text);
  ending = true;
  parser.close();
  if (elements === 0)
    throw new InputError('malformed', 'the XML document has no root element', { offset: 0 });
}

/** Namespace of the declarations of namespaces. */
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Gives an `InputError` of a handler, which knows no offset, the one where reading stands. */
function locate(at: () => { readonly offset: number }, call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof InputError) || error.offset !== undefined) throw error;
    throw new InputError(error.code, error.message, { remedy: error.remedy, path: error.path, ...at() });
  }
}

function byteOffset(bytes: Uint8Array, text: string, position: number): number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return mark + new TextEncoder().encode(text.slice(0, position)).length;
}

function decodeUtf8(bytes: Uint8Array): string {
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) {
    throw new InputError('unsupported', 'the XML document is in UTF-16, only UTF-8 is read', { offset: 0 });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const offset = firstInvalid(bytes);
    throw offset === bytes.length
      ? new InputError('truncated', 'the XML document ends inside a character', { offset })
      : new InputError('malformed', 'the XML document is not UTF-8', { offset });
  }
}

const CHUNK = 65_536;

/** Offset of the first byte that no UTF-8 text can have there; the length when only the end is missing. */
function firstInvalid(bytes: Uint8Array): number {
  const coarse = failingStep(bytes, 0, CHUNK);
  if (coarse === undefined) return bytes.length;
  // What fails may have begun before its chunk: go on from a character that is known to be whole.
  let from = Math.max(0, coarse - 4);
  while (from > 0 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from -= 1;
  return failingStep(bytes, from, 1) ?? bytes.length;
}

/** Start of the step at which decoding from `from` on fails, `undefined` when it does not. */
function failingStep(bytes: Uint8Array, from: number, step: number): number | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = from; start < bytes.length; start += step) {
    try {
      decoder.decode(bytes.subarray(start, start + step), { stream: true });
    } catch {
      return start;
    }
  }
  return undefined;
}
