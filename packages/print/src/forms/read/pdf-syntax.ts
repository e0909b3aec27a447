import { InputError } from '@buergerkoffer/formats';

/** A name (`/Fields`), as opposed to a string. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A reference to an indirect object; its generation is of no use to a reader. */
export class PdfRef {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

/** A dictionary. */
export type PdfDict = ReadonlyMap<string, PdfValue>;

/** Any object of a PDF file (ISO 32000-1, 7.3); a string is its bytes. */
export type PdfValue =
  null | boolean | number | Uint8Array | PdfName | PdfRef | readonly PdfValue[] | PdfDict;

/** Objects within objects. */
const MAX_DEPTH = 64;
const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set(new TextEncoder().encode('()<>[]{}/%'));
const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Work that a hostile file can cause, counted in bytes looked at over the whole reading. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @throws InputError `too-large` when the budget is used up. */
  spend(offset: number, bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new InputError('too-large', 'the file makes too much work to read', { offset });
  }
}

/** What a value costs besides its bytes: its object in memory. */
const VALUE_COST = 16;

/** Reads values from bytes, forwards from a place. */
export class PdfParser {
  readonly #bytes: Uint8Array;
  readonly #budget: Budget;
  at: number;

  constructor(bytes: Uint8Array, budget: Budget, at = 0) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.at = at;
  }

  /** The next value. @throws InputError `malformed` or `truncated` where there is none. */
  value(depth = 0): PdfValue {
    this.skipSpace();
    this.#budget.spend(this.at, VALUE_COST);
    if (depth > MAX_DEPTH) throw this.#malformed('objects nested too deep');
    const byte = this.#bytes[this.at];
    switch (byte) {
      case undefined:
        throw new InputError('truncated', 'the file ends inside an object', { offset: this.at });
      case 0x2f:
        return new PdfName(this.#name());
      case 0x28:
        return this.#literal();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return this.#bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hex();
      default:
        return this.#word();
    }
  }

  /** Whether this word comes next; it is then behind. */
  take(word: string): boolean {
    this.skipSpace();
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.at + index] !== word.charCodeAt(index)) return false;
    }
    this.at += word.length;
    return true;
  }

  /** A whole number without sign, nothing where none comes next. */
  integer(): number | undefined {
    this.skipSpace();
    const begin = this.at;
    while (isDigit(this.#bytes[this.at]) && this.at - begin < 12) this.at += 1;
    return this.at === begin ? undefined : Number(this.#ascii(begin, this.at));
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.at];
      if (byte === 0x25) this.#skipComment();
      else if (byte !== undefined && SPACE.has(byte)) this.at += 1;
      else return;
    }
  }

  #skipComment(): void {
    const begin = this.at;
    while (this.at < this.#bytes.length && !isLineEnd(this.#bytes[this.at])) this.at += 1;
    this.#budget.spend(begin, this.at - begin);
  }

  #name(): string {
    const bytes: number[] = [];
    for (this.at += 1; this.#isRegular(); this.at += 1) {
      const hex = this.#bytes[this.at] === 0x23 ? this.#ascii(this.at + 1, this.at + 3) : '';
      if (/^[0-9a-f]{2}$/iu.test(hex)) {
        bytes.push(Number.parseInt(hex, 16));
        this.at += 2;
      } else bytes.push(this.#bytes[this.at] ?? 0);
    }
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }

  #literal(): Uint8Array {
    const bytes: number[] = [];
    let open = 1;
    for (this.at += 1; ; this.at += 1) {
      this.#budget.spend(this.at, 1);
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw new InputError('truncated', 'a string does not end', { offset: this.at });
      if (byte === 0x5c) this.#escape(bytes);
      else {
        if (byte === 0x28) open += 1;
        if (byte === 0x29) open -= 1;
        if (open === 0) break;
        if (byte === 0x0d && this.#bytes[this.at + 1] === 0x0a) continue; // line ends of any kind are one
        bytes.push(byte === 0x0d ? 0x0a : byte);
      }
    }
    this.at += 1;
    return Uint8Array.from(bytes);
  }

  /** What follows a backslash (7.3.4.2): a letter, up to three octal digits, or a line end that is left out. */
  #escape(bytes: number[]): void {
    this.at += 1;
    const octal = /^[0-7]{1,3}/u.exec(this.#ascii(this.at, this.at + 3))?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8) & 0xff);
      this.at += octal.length - 1;
      return;
    }
    const byte = this.#bytes[this.at];
    if (byte === undefined || byte === 0x0a) return;
    if (byte === 0x0d) {
      if (this.#bytes[this.at + 1] === 0x0a) this.at += 1;
      return;
    }
    bytes.push(ESCAPED[String.fromCharCode(byte)] ?? byte);
  }

  #hex(): Uint8Array {
    const end = this.#bytes.indexOf(0x3e, this.at);
    this.#budget.spend(this.at, (end < 0 ? this.#bytes.length : end) - this.at);
    if (end < 0) throw new InputError('truncated', 'a string does not end', { offset: this.at });
    const digits = this.#ascii(this.at + 1, end).replaceAll(/[^0-9a-f]/giu, '');
    this.at = end + 1;
    const bytes = new Uint8Array(Math.ceil(digits.length / 2));
    for (let index = 0; index < bytes.length; index++) {
      bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2).padEnd(2, '0'), 16);
    }
    return bytes;
  }

  #array(depth: number): readonly PdfValue[] {
    const items: PdfValue[] = [];
    for (this.at += 1; !this.take(']');) items.push(this.value(depth + 1));
    return items;
  }

  #dict(depth: number): PdfDict {
    const dict = new Map<string, PdfValue>();
    for (this.at += 2; !this.take('>>');) {
      const key = this.value(depth + 1);
      if (!(key instanceof PdfName)) throw this.#malformed('a dictionary has a key that is no name');
      dict.set(key.name, this.value(depth + 1));
    }
    return dict;
  }

  /** A number, a reference, or one of the words true, false and null. */
  #word(): PdfValue {
    const begin = this.at;
    while (this.#isRegular() && this.at - begin < 64) this.at += 1;
    const word = this.#ascii(begin, this.at);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (!/^[+-]*\d*\.?\d*$/u.test(word) || !/\d/u.test(word)) {
      throw new InputError('malformed', 'there is no PDF object here', { offset: begin });
    }
    const value = Number(word.replace(/^[+-]*(?=[+-])/u, ''));
    return /^\d{1,10}$/u.test(word) && this.#isReference() ? new PdfRef(value) : value;
  }

  /** Whether a generation and `R` follow; they are then behind. */
  #isReference(): boolean {
    const begin = this.at;
    if (this.integer() !== undefined && this.take('R') && !this.#isRegular()) return true;
    this.at = begin;
    return false;
  }

  #isRegular(): boolean {
    const byte = this.#bytes[this.at];
    return byte !== undefined && !SPACE.has(byte) && !DELIMITER.has(byte);
  }

  #ascii(begin: number, end: number): string {
    let text = '';
    for (let at = begin; at < Math.min(end, this.#bytes.length); at++)
      text += String.fromCharCode(this.#bytes[at] ?? 0);
    return text;
  }

  #malformed(what: string): InputError {
    return new InputError('malformed', what, { offset: this.at });
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
