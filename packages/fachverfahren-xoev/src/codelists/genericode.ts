import type { LocalDate } from '@buergerkoffer/formats';
import { InputError, isLocalDate } from '@buergerkoffer/formats';
import type { ExpandedName, XmlHandler, XmlLimits } from '../xmeld/xml-reader.js';
import { readXml } from '../xmeld/xml-reader.js';
import type { CodeList, CodeListColumn } from './code-list.js';
import { labelColumnOf } from './label-column.js';

/** Namespace of the root of a genericode 1.0 document (OASIS, 2007). */
export const GENERICODE_NAMESPACE = 'http://docs.oasis-open.org/codelist/ns/genericode/1.0/';

/** Bounds of a genericode document: 64 MiB, 2 million elements; the list of all municipalities has 100,000. */
export const GENERICODE_LIMITS: XmlLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 32,
  maxElements: 2_000_000,
  maxAttributes: 64,
};

const MAX_COLUMNS = 256;
/** Rows times columns. */
const MAX_CELLS = 4_000_000;
/** How XÖV's manuals of code lists 1 to 4 call the first day of validity, in small letters. */
const VALID_FROM = new Set(['validfrom', 'datumgueltigkeitab']);
/** How they mark the key that messages use. */
const RECOMMENDED_KEY = new Set(['recommendedkeycolumn', 'empfohlenecodespalte', 'xoev-code']);

/**
 * Reads a code list in genericode 1.0 as the XRepository gives it, rows included.
 * `InputError`: with offset for what is no bounded, well-formed XML in UTF-8 without DTD; `unsupported` for another
 * document, for columns that another file defines and for a key of several columns; `missing` or `malformed` with
 * the path for what a code list must have; `too-large` beyond 256 columns or 4 million cells.
 */
export function readGenericode(bytes: Uint8Array): CodeList {
  const reader = new GenericodeReader();
  readXml(bytes, reader, GENERICODE_LIMITS);
  return reader.result();
}

interface Key {
  readonly columns: string[];
  recommended: boolean;
}

/** Texts of the head that are kept, by path. */
const HEAD = {
  shortName: 'CodeList/Identification/ShortName',
  longName: 'CodeList/Identification/LongName',
  version: 'CodeList/Identification/Version',
  kennung: 'CodeList/Identification/CanonicalUri',
  agency: 'CodeList/Identification/Agency/LongName',
} as const;
const HEAD_PATHS = new Set<string>(Object.values(HEAD));
const DESCRIPTION = 'CodeList/Annotation/Description/';
const COLUMN = 'CodeList/ColumnSet/Column';
const KEY = 'CodeList/ColumnSet/Key';
const ROW = 'CodeList/SimpleCodeList/Row';
const VALUE = `${ROW}/Value`;
const SIMPLE_VALUE = `${VALUE}/SimpleValue`;

class GenericodeReader implements XmlHandler {
  readonly #head = new Map<string, string>();
  readonly #columns: { id: string; name: string; required: boolean }[] = [];
  readonly #places = new Map<string, number>();
  readonly #keys: Key[] = [];
  readonly #values: string[][] = [];
  #text = '';
  #validFrom: LocalDate | undefined;
  #codeName: string | undefined;
  #rows = 0;
  #place = -1;

  open(path: string, name: ExpandedName, attributes: ReadonlyMap<string, string>): void {
    this.#text = '';
    if (!path.includes('/')) requireGenericode(name);
    else if (path === VALUE) this.#openValue(attributes.get('ColumnRef'));
    else if (path === ROW) this.#openRow();
    else if (path === COLUMN) this.#openColumn(attributes);
    else if (path === KEY) this.#keys.push({ columns: [], recommended: false });
    else if (path === `${KEY}/ColumnRef`) this.#keys.at(-1)?.columns.push(attributes.get('Ref') ?? '');
    else if (path.startsWith(`${KEY}/Annotation/`)) this.#markKey(name.local);
    else if (path.startsWith(`${COLUMN}/Annotation/`)) this.#markColumn(name.local);
    else requireOwnColumns(path);
  }

  text(_path: string, text: string): void {
    this.#text += text;
  }

  close(path: string): void {
    const text = this.#text;
    this.#text = '';
    if (path === SIMPLE_VALUE) this.#closeValue(text);
    else if (path === `${COLUMN}/ShortName`) this.#nameColumn(text.trim());
    else if (HEAD_PATHS.has(path) && !this.#head.has(path)) this.#head.set(path, text.trim());
    else if (path.startsWith(DESCRIPTION)) this.#describe(path.slice(DESCRIPTION.length), text.trim());
  }

  result(): CodeList {
    const keyColumn = this.#keyColumn();
    const columns: readonly CodeListColumn[] = this.#columns;
    const values = Object.fromEntries(
      this.#columns.map(({ id }, at) => [id, padded(this.#values[at] ?? [], this.#rows)]),
    );
    const missing = (values[keyColumn] ?? []).findIndex((code) => code.trim() === '');
    if (missing >= 0) {
      throw new InputError('missing', 'a row has no code', { path: `${ROW}[${missing + 1}]` });
    }
    const kennung = this.#require(HEAD.kennung);
    const agency = this.#head.get(HEAD.agency);
    const labelColumn = this.#codeName ?? labelColumnOf({ kennung, columns, keyColumn });
    return {
      kennung,
      version: this.#require(HEAD.version),
      shortName: this.#require(HEAD.shortName),
      longName: this.#head.get(HEAD.longName) ?? this.#require(HEAD.shortName),
      ...(agency === undefined ? {} : { agency }),
      ...(this.#validFrom === undefined ? {} : { validFrom: this.#validFrom }),
      columns,
      keyColumn,
      ...(labelColumn === undefined ? {} : { labelColumn }),
      rowCount: this.#rows,
      values,
    };
  }

  #openColumn(attributes: ReadonlyMap<string, string>): void {
    const id = attributes.get('Id') ?? '';
    if (id === '' || id === '__proto__' || this.#places.has(id)) {
      throw new InputError('malformed', 'a column has no identity of its own', { path: COLUMN });
    }
    if (this.#columns.length >= MAX_COLUMNS) {
      throw new InputError('too-large', `more than ${MAX_COLUMNS} columns`, { path: COLUMN });
    }
    this.#places.set(id, this.#columns.length);
    this.#columns.push({ id, name: id, required: attributes.get('Use') === 'required' });
    this.#values.push([]);
  }

  #nameColumn(name: string): void {
    const column = this.#columns.at(-1);
    if (column !== undefined && name !== '') column.name = name;
  }

  #markKey(mark: string): void {
    const key = this.#keys.at(-1);
    if (key !== undefined && RECOMMENDED_KEY.has(mark.toLowerCase())) key.recommended = true;
  }

  #markColumn(mark: string): void {
    if (mark.toLowerCase() === 'xoev-codename') this.#codeName = this.#columns.at(-1)?.id;
  }

  #openRow(): void {
    this.#rows += 1;
    this.#place = -1;
    if (this.#rows * this.#columns.length > MAX_CELLS) {
      throw new InputError('too-large', `more than ${MAX_CELLS} cells`, { path: `${ROW}[${this.#rows}]` });
    }
  }

  /** A value without reference belongs to the column after that of the value before it (genericode 1.0, 3.5.4). */
  #openValue(column: string | undefined): void {
    const place = column === undefined ? this.#place + 1 : this.#places.get(column);
    if (place === undefined || place >= this.#columns.length) {
      throw new InputError('malformed', 'a value is of no column of the list', {
        path: `${ROW}[${this.#rows}]`,
      });
    }
    this.#place = place;
  }

  #closeValue(text: string): void {
    const column = this.#values[this.#place];
    if (column !== undefined) setAt(column, this.#rows - 1, text);
  }

  #describe(name: string, text: string): void {
    if (!VALID_FROM.has(name.toLowerCase())) return;
    const day = text.slice(0, 10);
    if (isLocalDate(day)) this.#validFrom = day;
  }

  #keyColumn(): string {
    const key = this.#keys.find(({ recommended }) => recommended) ?? this.#keys[0];
    const [column, ...more] = key?.columns ?? [];
    if (column === undefined) throw new InputError('missing', 'the list names no key', { path: KEY });
    if (more.length > 0)
      throw new InputError('unsupported', 'the key has more than one column', { path: KEY });
    if (!this.#places.has(column)) {
      throw new InputError('malformed', 'the key is of no column of the list', { path: KEY });
    }
    return column;
  }

  #require(path: string): string {
    const text = this.#head.get(path) ?? '';
    if (text === '') throw new InputError('missing', 'the code list lacks a part of its identity', { path });
    return text;
  }
}

/** Sets the value of a row; rows before it that had none get an empty one. */
function setAt(column: string[], at: number, value: string): void {
  padded(column, at)[at] = value;
}

function padded(column: string[], length: number): string[] {
  while (column.length < length) column.push('');
  return column;
}

function requireGenericode({ uri, local }: ExpandedName): void {
  if (uri === GENERICODE_NAMESPACE && local === 'CodeList') return;
  throw new InputError('unsupported', 'the document is no code list in genericode 1.0', { path: '/' });
}

function requireOwnColumns(path: string): void {
  if (path !== 'CodeList/ColumnSetRef' && !path.startsWith('CodeList/SimpleCodeListRef')) return;
  throw new InputError('unsupported', 'the code list lies in several files', { path });
}
