import { schemaFinding, type SchemaFinding } from './finding.js';

/** What a parser is given at most. */
export interface GuardLimits {
  readonly maxBytes: number;
  /** Elements inside one another. */
  readonly maxDepth: number;
  /** Attributes and declarations of one element. */
  readonly maxAttributes: number;
}

/** 32 MiB, 128 levels, 256 attributes. */
export const GUARD_LIMITS: GuardLimits = { maxBytes: 32 * 1024 * 1024, maxDepth: 128, maxAttributes: 256 };

const [LT, GT, BANG, QUESTION, SLASH, QUOTE, APOSTROPHE, DASH, OPEN_BRACKET, EQUALS] = [
  0x3c, 0x3e, 0x21, 0x3f, 0x2f, 0x22, 0x27, 0x2d, 0x5b, 0x3d,
];

/**
 * What keeps a document from being parsed at all, or `undefined`: too large, not in UTF-8, a document type declaration,
 * nested too deeply, too many attributes. One pass over the bytes without building anything; what is not well-formed
 * otherwise is left to the parser.
 */
export function guardDocument(
  bytes: Uint8Array,
  limits: GuardLimits = GUARD_LIMITS,
): SchemaFinding | undefined {
  if (bytes.length > limits.maxBytes) {
    return schemaFinding('X001', `the message has ${bytes.length} bytes, ${limits.maxBytes} are allowed`);
  }
  return encodingFault(bytes) ?? markupFault(bytes, limits);
}

const DECLARATION = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/u;

/** S001 when the bytes, the byte order mark or the declaration say anything but UTF-8. */
function encodingFault(bytes: Uint8Array): SchemaFinding | undefined {
  const [first, second] = bytes;
  const isMarked = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
  // libxml2 would take it for UTF-16 by its first two bytes.
  const isWide = (first === LT && second === 0) || (first === 0 && second === LT);
  if (isMarked || isWide) {
    return schemaFinding('S001', 'the message is in UTF-16, not in UTF-8', 1);
  }
  const invalid = firstInvalid(bytes);
  if (invalid >= 0) {
    return schemaFinding('S001', 'the message has bytes that are not UTF-8', lineOf(bytes, invalid));
  }
  const declared = DECLARATION.exec(new TextDecoder().decode(bytes.subarray(0, 1024)))?.[1];
  if (declared !== undefined && declared.toUpperCase() !== 'UTF-8') {
    return schemaFinding('S001', 'the message declares an encoding other than UTF-8', 1);
  }
  return undefined;
}

/** A document type declaration, too many levels, too many attributes. */
function markupFault(bytes: Uint8Array, limits: GuardLimits): SchemaFinding | undefined {
  let depth = 0;
  let at = bytes.indexOf(LT);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1];
    let end: number;
    if (next === BANG) {
      if (DOCTYPE.every((byte, index) => bytes[at + index] === byte)) {
        return schemaFinding('X001', 'the message has a document type declaration', lineOf(bytes, at));
      }
      const closing = closingOf(bytes, at);
      end = closing === undefined ? -1 : find(bytes, closing, at + 4);
    } else if (next === QUESTION) end = find(bytes, PI_END, at + 2);
    else if (next === SLASH) {
      depth -= 1;
      end = bytes.indexOf(GT, at + 2);
    } else {
      end = endOfTag(bytes, at + 1, limits.maxAttributes);
      if (end === TOO_MANY) {
        const message = `an element has more than ${limits.maxAttributes} attributes`;
        return schemaFinding('X001', message, lineOf(bytes, at));
      }
      if (bytes[end - 1] !== SLASH) depth += 1;
      if (depth > limits.maxDepth) {
        return schemaFinding('X001', `elements are nested deeper than ${limits.maxDepth}`, lineOf(bytes, at));
      }
    }
    if (end < 0) return undefined;
    at = bytes.indexOf(LT, end + 1);
  }
  return undefined;
}

const PI_END = [QUESTION, GT];
const COMMENT_END = [DASH, DASH, GT];
const CDATA_END = [0x5d, 0x5d, GT];

const DOCTYPE = [...new TextEncoder().encode('<!DOCTYPE')];

/** How the comment or CDATA section at `at` ends; `undefined` for what is neither and not well-formed. */
function closingOf(bytes: Uint8Array, at: number): readonly number[] | undefined {
  if (bytes[at + 2] === DASH && bytes[at + 3] === DASH) return COMMENT_END;
  return bytes[at + 2] === OPEN_BRACKET ? CDATA_END : undefined;
}

/** Where the last byte of the next `ending` stands, -1 when there is none. */
function find(bytes: Uint8Array, ending: readonly number[], from: number): number {
  let at = bytes.indexOf(ending[0] ?? 0, from);
  while (at >= 0) {
    if (ending.every((byte, index) => bytes[at + index] === byte)) return at + ending.length - 1;
    at = bytes.indexOf(ending[0] ?? 0, at + 1);
  }
  return -1;
}

/** A start tag with too many attributes. */
const TOO_MANY = -2;

/** The end of a start tag, -1 when the document ends first; `>` inside quotes is text. */
function endOfTag(bytes: Uint8Array, from: number, maxAttributes: number): number {
  let attributes = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === GT) return at;
    if (byte === EQUALS) {
      attributes += 1;
      if (attributes > maxAttributes) return TOO_MANY;
    } else if (byte === QUOTE || byte === APOSTROPHE) {
      at = bytes.indexOf(byte, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Offset of the first byte that no UTF-8 text has there (Unicode 15, table 3-7), -1 when there is none. */
function firstInvalid(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let at = 0; at < length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more === 0) return at;
    // The second byte is narrower where the form would be too long, a surrogate or beyond Unicode.
    const second = bytes[at + 1] ?? 0;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return at;
    for (let each = 2; each <= more; each += 1) if (((bytes[at + each] ?? 0) & 0xc0) !== 0x80) return at;
    at += more + 1;
  }
  return -1;
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line += 1;
  return line;
}
