import { ByteWriter, InputError } from '@buergerkoffer/formats';
import type { HttpRequest } from '@buergerkoffer/core';

/** The longest head, and the largest body of a request, in bytes. */
const MOST_HEAD = 32 * 1024;
const MOST_BODY = 64 * 1024 * 1024;
const LATIN1 = new TextDecoder('latin1');
const END_OF_HEAD = '\r\n\r\n';
/** RFC 9112, 3: `POST /ipp/print HTTP/1.1`. */
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([!-~]{1,2048}) HTTP\/1\.[01]$/;

/** Where the reader stands in a request. */
type Stage =
  | { readonly part: 'head' }
  | { readonly part: 'body'; readonly head: Omit<HttpRequest, 'body'>; readonly length: number }
  | { readonly part: 'chunks'; readonly head: Omit<HttpRequest, 'body'>; readonly chunks: Uint8Array[] };

/**
 * Reads requests of HTTP/1.1 (RFC 9112) from a pipe that does not end, in whatever pieces they come: with a length, in chunks, or
 * without a body.
 */
export class HttpRequestReader {
  #kept: Uint8Array = new Uint8Array(0);
  /** What came since, and is not looked at before it can be enough. */
  #pieces: Uint8Array[] = [];
  #missing = 1;
  #stage: Stage = { part: 'head' };

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#missing -= piece.length;
  }

  /** The next whole request; undefined: it has not come yet. `InputError` for what is none, and nothing can be read behind it. */
  next(): HttpRequest | undefined {
    if (this.#missing > 0) return undefined;
    this.#kept = concatenated([this.#kept, ...this.#pieces]);
    this.#pieces = [];
    const request = this.#read();
    if (request !== undefined) this.#missing = 0;
    return request;
  }

  /** Forgets a request of which a part has come. */
  reset(): void {
    [this.#kept, this.#pieces, this.#missing, this.#stage] = [new Uint8Array(0), [], 1, { part: 'head' }];
  }

  #read(): HttpRequest | undefined {
    if (this.#stage.part === 'head' && !this.#head()) return undefined;
    switch (this.#stage.part) {
      case 'head':
        return undefined;
      case 'body':
        return this.#body(this.#stage);
      case 'chunks':
        return this.#chunks(this.#stage);
      default:
        return this.#stage satisfies never;
    }
  }

  #head(): boolean {
    const text = LATIN1.decode(this.#kept.subarray(0, MOST_HEAD));
    const end = text.indexOf(END_OF_HEAD);
    if (end < 0) {
      if (this.#kept.length >= MOST_HEAD) throw strange('its head is too long');
      this.#missing = 1;
      return false;
    }
    this.#drop(end + END_OF_HEAD.length);
    const [first = '', ...lines] = text.slice(0, end).split('\r\n');
    const [, method, path] = REQUEST_LINE.exec(first) ?? [];
    if (method === undefined || path === undefined) throw strange('it does not begin as one');
    const headers = Object.fromEntries(lines.map(headerOf));
    const head = { method, path, headers };
    if (/\bchunked\s*$/i.test(headers['transfer-encoding'] ?? '')) {
      this.#stage = { part: 'chunks', head, chunks: [] };
    } else {
      this.#stage = { part: 'body', head, length: lengthOf(headers['content-length'] ?? '0', 10) };
    }
    return true;
  }

  #body({ head, length }: Extract<Stage, { part: 'body' }>): HttpRequest | undefined {
    this.#missing = length - this.#kept.length;
    if (this.#missing > 0) return undefined;
    const body = this.#take(length);
    this.#stage = { part: 'head' };
    return length === 0 ? head : { ...head, body };
  }

  #chunks({ head, chunks }: Extract<Stage, { part: 'chunks' }>): HttpRequest | undefined {
    for (;;) {
      const line = this.#line();
      if (line === undefined) return undefined;
      const length = lengthOf(line.text.split(';')[0]?.trim() ?? '', 16);
      if (chunks.reduce((sum, chunk) => sum + chunk.length, length) > MOST_BODY)
        throw strange('it is too long');
      // Each chunk ends with an empty line of its own; so does the last one, which is empty.
      const whole = line.bytes + length + 2;
      this.#missing = whole - this.#kept.length;
      if (this.#missing > 0) return undefined;
      if (LATIN1.decode(this.#kept.subarray(whole - 2, whole)) !== '\r\n')
        throw strange('a chunk does not end');
      this.#drop(line.bytes);
      const chunk = this.#take(length);
      this.#drop(2);
      if (length > 0) {
        chunks.push(chunk);
        continue;
      }
      this.#stage = { part: 'head' };
      return { ...head, body: concatenated(chunks) };
    }
  }

  #line(): { readonly text: string; readonly bytes: number } | undefined {
    const text = LATIN1.decode(this.#kept.subarray(0, MOST_HEAD));
    const end = text.indexOf('\r\n');
    if (end >= 0) return { text: text.slice(0, end), bytes: end + 2 };
    if (this.#kept.length >= MOST_HEAD) throw strange('a line is too long');
    this.#missing = 1;
    return undefined;
  }

  #take(length: number): Uint8Array {
    const taken = this.#kept.slice(0, length);
    this.#drop(length);
    return taken;
  }

  #drop(length: number): void {
    this.#kept = this.#kept.subarray(length);
  }
}

function headerOf(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  if (at <= 0) throw strange('a header has no name');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}

function lengthOf(text: string, base: 10 | 16): number {
  const length = (base === 10 ? /^\d{1,9}$/ : /^[0-9a-f]{1,7}$/i).test(text)
    ? Number.parseInt(text, base)
    : -1;
  if (length < 0) throw strange('it does not say how long it is');
  if (length > MOST_BODY) throw strange('it is too long');
  return length;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new ByteWriter('big');
  for (const part of parts) whole.bytes(part);
  return whole.toBytes();
}

function strange(why: string): InputError {
  return new InputError('malformed', `this is no request of HTTP: ${why}`, { offset: 0 });
}
