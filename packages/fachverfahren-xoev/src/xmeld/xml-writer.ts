import { InputError } from '@buergerkoffer/formats';

/** An XML element as data: its name as written (prefix included), attributes, and either text or children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

/** Children as a writer lists them; `undefined` leaves an optional element out. */
export type XmlContent = string | readonly (XmlElement | undefined)[];

/** An element; attributes whose value is `undefined` are left out. */
export function element(
  name: string,
  content: XmlContent,
  attributes: Readonly<Record<string, string | undefined>> = {},
): XmlElement {
  return {
    name,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    content: typeof content === 'string' ? content : content.filter((child) => child !== undefined),
  };
}

/** An element with text, or nothing when the text is absent. */
export function optionalElement(name: string, text: string | undefined): XmlElement | undefined {
  return text === undefined ? undefined : element(name, text);
}

/**
 * The document in UTF-8 without byte order mark and without whitespace between elements.
 * Throws `InputError` `not-allowed` with the element's path for a character that XML 1.0 cannot hold (clause 2.2).
 */
export function serializeXml(root: XmlElement): Uint8Array {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  write(root, '', parts);
  return new TextEncoder().encode(parts.join(''));
}

function write(node: XmlElement, parent: string, parts: string[]): void {
  const path = `${parent}/${node.name}`;
  parts.push('<', node.name);
  for (const [name, value] of Object.entries(node.attributes)) {
    parts.push(' ', name, '="', escapeAttribute(value, `${path}/@${name}`), '"');
  }
  if (node.content.length === 0) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  if (typeof node.content === 'string') parts.push(escapeText(node.content, path));
  else for (const child of node.content) write(child, path, parts);
  parts.push('</', node.name, '>');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as it is written; a carriage return would be read back as a line feed (XML 1.0, 2.11), hence its reference. */
export function escapeText(text: string, path: string): string {
  return requireXmlCharacters(text, path).replace(
    /[&<>\r]/gu,
    (character) => ENTITIES[character] ?? character,
  );
}

/** The value of an attribute as it is written; white space would be read back as spaces (XML 1.0, 3.3.3), hence its references. */
export function escapeAttribute(text: string, path: string): string {
  return requireXmlCharacters(text, path).replace(
    /[&<>"\t\n\r]/gu,
    (character) => ENTITIES[character] ?? character,
  );
}

/** With the flag `u` a surrogate in the class matches only a lone one. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** True when every character of the text may stand in an XML 1.0 document. */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text);
}

function requireXmlCharacters(text: string, path: string): string {
  const fault = text.search(NOT_XML);
  if (fault >= 0) {
    throw new InputError(
      'not-allowed',
      `the text has a character at position ${fault} that XML cannot hold`,
      { path },
    );
  }
  return text;
}
