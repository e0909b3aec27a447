import { inflateSync } from 'node:zlib';

/** A name, as opposed to a string. */
export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** An indirect reference. */
export class Ref {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

/** A dictionary, or a stream's dictionary. */
export type Dict = Map<string, Value>;
/** Any object of the files read here. */
export type Value = Name | Ref | Dict | Value[] | string | number | boolean | null;

interface PdfObject {
  readonly value: Value;
  readonly stream: Uint8Array | undefined;
}

/**
 * Reads the PDF files that our own layer writes (one reference stream, dictionaries in one object stream): an independent reader
 * for the structural checks, written from ISO 32000-1, 7. `edit` changes the dictionaries of the object stream before they are read.
 * Throws on anything else.
 */
export class PdfFile {
  readonly trailer: Dict;
  readonly #objects = new Map<number, PdfObject>();

  constructor(bytes: Uint8Array, edit: (dictionaries: string) => string = (text) => text) {
    const text = Buffer.from(bytes).toString('latin1');
    const start = Number(/startxref\n(\d+)\n%%EOF/u.exec(text)?.[1]);
    const table = readObject(text, bytes, start, Number(/^\d+/u.exec(text.slice(start))?.[0]));
    this.trailer = asDict(table.value);
    const entries = withoutPredictor(decoded(table), asDict(table.value));
    const packed: number[] = [];
    for (let id = 1; id * 7 < entries.length; id++) {
      const [type, place] = [entries.readUInt8(id * 7), entries.readUInt32BE(id * 7 + 1)];
      if (type === 1) this.#objects.set(id, readObject(text, bytes, place, id));
      if (type === 2) packed.push(place);
    }
    for (const id of new Set(packed)) this.#unpack(this.#objects.get(id), edit);
  }

  #unpack(stream: PdfObject | undefined, edit: (dictionaries: string) => string): void {
    if (stream === undefined) throw new Error('no object stream');
    const first = Number(asDict(stream.value).get('First'));
    const text = decoded(stream).toString('latin1');
    const dictionaries = edit(text.slice(first));
    const index = text.slice(0, first).trim().split(' ').map(Number);
    for (let at = 0; at < index.length; at += 2) {
      const value = new Parser(dictionaries, index[at + 1]).value();
      this.#objects.set(index[at] ?? 0, { value, stream: undefined });
    }
  }

  /** The object behind a reference, or the value itself. */
  resolve(value: Value | undefined): Value {
    if (!(value instanceof Ref)) return value ?? null;
    const object = this.#objects.get(value.id);
    if (object === undefined) throw new Error(`no object ${value.id}`);
    return object.value;
  }

  /** The decoded stream of an object. */
  stream(value: Value | undefined): Uint8Array {
    const object = value instanceof Ref ? this.#objects.get(value.id) : undefined;
    if (object === undefined) throw new Error('no stream');
    return decoded(object);
  }

  dict(value: Value | undefined): Dict {
    return asDict(this.resolve(value));
  }

  list(value: Value | undefined): Value[] {
    const resolved = this.resolve(value);
    if (resolved === null) return [];
    return Array.isArray(resolved) ? resolved : [resolved];
  }

  /** Every dictionary of the file, by its `/Type`. */
  ofType(type: string): Dict[] {
    return [...this.#objects.values()]
      .map((object) => object.value)
      .filter((value): value is Dict => value instanceof Map && nameOf(value.get('Type')) === type);
  }
}

/** The text of a name, else nothing. */
export function nameOf(value: Value | undefined): string | undefined {
  return value instanceof Name ? value.name : undefined;
}

function decoded({ value, stream }: PdfObject): Buffer {
  if (stream === undefined) throw new Error('no stream');
  return nameOf(asDict(value).get('Filter')) === 'FlateDecode' ? inflateSync(stream) : Buffer.from(stream);
}

/** Rows of seven bytes, each written as the difference to the one above (7.4.4.4). */
function withoutPredictor(rows: Buffer, dictionary: Dict): Buffer {
  const parameters = asDict(dictionary.get('DecodeParms') ?? null);
  if (parameters.get('Predictor') !== 12 || parameters.get('Columns') !== 7)
    throw new Error('another predictor');
  const entries = Buffer.alloc((rows.length / 8) * 7);
  for (let at = 0; at < entries.length; at++) {
    const row = Math.floor(at / 7);
    if (rows[row * 8] !== 2) throw new Error('a row of another filter');
    entries[at] = (rows[at + row + 1] ?? 0) + (row === 0 ? 0 : (entries[at - 7] ?? 0));
  }
  return entries;
}

function asDict(value: Value): Dict {
  if (value instanceof Map) return value;
  throw new Error('no dictionary');
}

function readObject(text: string, bytes: Uint8Array, offset: number, id: number): PdfObject {
  const head = `${id} 0 obj`;
  if (!text.startsWith(head, offset)) throw new Error(`object ${id} is not at ${offset}`);
  const parser = new Parser(text, offset + head.length);
  const value = parser.value();
  const after = parser.position();
  if (!text.startsWith('stream\n', after)) return { value, stream: undefined };
  const length = asDict(value).get('Length');
  if (typeof length !== 'number') throw new Error('stream without length');
  return { value, stream: bytes.subarray(after + 7, after + 7 + length) };
}

/** Reads values of PDF syntax. */
export class Parser {
  readonly #text: string;
  #at: number;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  position(): number {
    this.#space();
    return this.#at;
  }

  value(): Value {
    this.#space();
    if (this.#text.startsWith('<<', this.#at)) return this.#dict();
    if (this.#text.startsWith('[', this.#at)) return this.#array();
    if (this.#text.startsWith('(', this.#at)) return this.#string();
    const ref = this.#take(/(\d+) 0 R\b/uy);
    if (ref !== undefined) return new Ref(Number(ref[1]));
    const name = this.#take(/\/([^\s<>[\]()/]*)/uy);
    if (name !== undefined) return new Name(name[1] ?? '');
    const number = this.#take(/[+-]?[\d.]+/uy);
    if (number !== undefined) return Number(number[0]);
    const hex = this.#take(/<[0-9a-fA-F]*>/uy);
    if (hex !== undefined) return hex[0];
    const word = this.#take(/(true|false|null)/uy);
    if (word !== undefined) return word[0] === 'null' ? null : word[0] === 'true';
    throw new Error(`no PDF value at ${this.#at}`);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  #space(): void {
    while (/\s/u.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #dict(): Dict {
    const dict: Dict = new Map();
    for (this.#at += 2; this.position() >= 0 && !this.#text.startsWith('>>', this.#at);) {
      dict.set(nameOf(this.value()) ?? '', this.value());
    }
    this.#at += 2;
    return dict;
  }

  #array(): Value[] {
    const items: Value[] = [];
    for (this.#at += 1; this.#text[this.position()] !== ']';) items.push(this.value());
    this.#at += 1;
    return items;
  }

  #string(): string {
    const begin = ++this.#at;
    while (this.#text[this.#at] !== ')') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    return this.#text.slice(begin, this.#at++);
  }
}
