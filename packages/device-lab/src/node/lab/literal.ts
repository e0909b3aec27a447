/** How deep a literal may be nested. */
const DEEPEST = 8;

/** What stands between two tokens: blanks and comments. */
const BETWEEN = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /-?\d[\d_]*(?:\.\d+)?/y;
/** A string without line breaks; template strings without `${` are strings too. */
const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/**
 * The value of the JavaScript literal at offset `start` of `text`: objects, lists, strings, whole or decimal numbers, true
 * and false. Nothing is executed. Throws an `Error` where something else stands.
 */
export function readLiteral(text: string, start: number): unknown {
  return new LiteralReader(text, start).value(0);
}

class LiteralReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) throw new Error('the literal is nested too deeply');
    this.#take(BETWEEN);
    if (this.#isNext('{')) return this.#object(depth);
    if (this.#isNext('[')) return this.#list(depth);
    const string = this.#take(STRING);
    if (string !== undefined) return unescaped(string);
    const number = this.#take(NUMBER);
    if (number !== undefined) return Number(number.replaceAll('_', ''));
    const name = this.#take(NAME);
    if (name === 'true') return true;
    if (name === 'false') return false;
    throw new Error(`a literal was expected, not ${JSON.stringify(name ?? this.#text.charAt(this.#at))}`);
  }

  #object(depth: number): unknown {
    const fields: [string, unknown][] = [];
    while (!this.#isNext('}')) {
      const quoted = this.#take(STRING);
      const key = quoted === undefined ? this.#take(NAME) : unescaped(quoted);
      if (key === undefined || !this.#isNext(':')) throw new Error('a field and its value were expected');
      fields.push([key, this.value(depth + 1)]);
      if (!this.#isNext(',') && !this.#isAhead('}')) throw new Error(`the field ${key} is not one literal`);
    }
    return Object.fromEntries(fields);
  }

  #list(depth: number): unknown {
    const values: unknown[] = [];
    while (!this.#isNext(']')) {
      values.push(this.value(depth + 1));
      if (!this.#isNext(',') && !this.#isAhead(']')) throw new Error('an entry of a list is not one literal');
    }
    return values;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }

  /** Whether `sign` comes next; blanks and comments around it are passed over with it. */
  #isNext(sign: string): boolean {
    if (!this.#isAhead(sign)) return false;
    this.#at += 1;
    this.#take(BETWEEN);
    return true;
  }

  #isAhead(sign: string): boolean {
    this.#take(BETWEEN);
    return this.#text.startsWith(sign, this.#at);
  }
}

function unescaped(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/gs, (_, sign: string) => ESCAPES[sign] ?? sign);
}
