import { InputError } from '@buergerkoffer/formats';
import { isMessageUuid } from './values.js';
import type { ExpandedName, XmlHandler } from './xml-reader.js';
import { readXml } from './xml-reader.js';

/** Who a message is, from its root element and its Nachrichtenkopf; it holds no data of a person. */
export interface MessageHeader {
  /** Root element. */
  readonly root: ExpandedName;
  /** Attribute `standard`, e.g. `XMeld` or `XInneres-Rueckweisung`. */
  readonly standard: string;
  /** Attribute `version`, e.g. `25.11a`. */
  readonly version: string;
  /** True when the attribute `test` is there: the message must not be processed in production. */
  readonly test: boolean;
  /** `nachrichtentyp/code`, four digits. */
  readonly type: string;
  /** `nachrichtenUUID` in lower case. */
  readonly uuid: string;
  /** `erstellungszeitpunkt` as written. */
  readonly created: string;
  /** DVDV identifier of the author, e.g. `ags:09000009`. */
  readonly author: string;
  /** DVDV identifier of the reader. */
  readonly reader: string;
}

/** Texts by path below the root; only what is asked for is kept, each of at most `MAX_TEXT` characters. */
export class TextCollector {
  static readonly MAX_TEXT = 4000;
  readonly #wanted: ReadonlySet<string>;
  readonly #texts = new Map<string, string>();

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  /** Takes a piece of text. */
  add(path: string, text: string): void {
    if (!this.#wanted.has(path)) return;
    const joined = (this.#texts.get(path) ?? '') + text;
    if (joined.length > TextCollector.MAX_TEXT) {
      throw new InputError('too-large', `a text is longer than ${TextCollector.MAX_TEXT} characters`, {
        path,
      });
    }
    this.#texts.set(path, joined);
  }

  get(path: string): string | undefined {
    return this.#texts.get(path)?.trim();
  }

  /** The text, or `InputError` `missing` with its path. */
  require(path: string): string {
    const text = this.get(path);
    if (text === undefined || text === '')
      throw new InputError('missing', 'an element is missing or empty', { path });
    return text;
  }
}

const HEAD = 'nachrichtenkopf.g2g';
const PATHS = {
  uuid: `${HEAD}/identifikation.nachricht/nachrichtenUUID`,
  type: `${HEAD}/identifikation.nachricht/nachrichtentyp/code`,
  created: `${HEAD}/identifikation.nachricht/erstellungszeitpunkt`,
  reader: `${HEAD}/leser/kennung`,
  author: `${HEAD}/autor/kennung`,
} as const;

/** Collects the header while a document is read; other handlers feed it and read on. */
export class HeaderCollector {
  readonly #texts = new TextCollector(Object.values(PATHS));
  #root: ExpandedName | undefined;
  #attributes: ReadonlyMap<string, string> = new Map();

  open(path: string, name: ExpandedName, attributes: ReadonlyMap<string, string>): void {
    if (path.includes('/')) return;
    this.#root = name;
    this.#attributes = attributes;
  }

  text(path: string, text: string): void {
    this.#texts.add(belowRoot(path), text);
  }

  /** The header; `InputError` `missing` or `malformed` with the path of what is not there or not as it must be. */
  header(): MessageHeader {
    const root = this.#root;
    if (root === undefined) throw new InputError('malformed', 'the message has no root element');
    const uuid = this.#texts.require(PATHS.uuid);
    if (!isMessageUuid(uuid)) throw new InputError('malformed', 'not a UUID', { path: PATHS.uuid });
    const type = this.#texts.require(PATHS.type);
    if (!/^\d{4}$/.test(type)) {
      throw new InputError('malformed', 'a message type has four digits', { path: PATHS.type });
    }
    return {
      root,
      standard: this.#attribute('standard'),
      version: this.#attribute('version'),
      test: this.#attributes.has('test'),
      type,
      uuid: uuid.toLowerCase(),
      created: this.#texts.require(PATHS.created),
      author: this.#texts.require(PATHS.author),
      reader: this.#texts.require(PATHS.reader),
    };
  }

  #attribute(name: string): string {
    const value = this.#attributes.get(name);
    if (value === undefined)
      throw new InputError('missing', 'an attribute of the root is missing', { path: `@${name}` });
    return value;
  }
}

/** The path without the root element. */
export function belowRoot(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(slash + 1);
}

/**
 * The header of any XInneres or XMeld message between authorities.
 * `InputError` with byte offset for what is not bounded, well-formed XML in UTF-8 without DTD, with path for what is missing.
 */
export function readMessageHeader(bytes: Uint8Array): MessageHeader {
  const collector = new HeaderCollector();
  const handler: XmlHandler = {
    open: (path, name, attributes) => {
      collector.open(path, name, attributes);
    },
    text: (path, text) => {
      collector.text(path, text);
    },
  };
  readXml(bytes, handler);
  return collector.header();
}
