import { DeviceError } from '@buergerkoffer/core';

/** The largest head and the largest body of an answer, in bytes. */
const MOST_HEAD = 32 * 1024;
const MOST_BODY = 16 * 1024 * 1024;
const LATIN1 = new TextDecoder('latin1');

/** A whole answer of HTTP. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Reads answers of HTTP/1.1 (RFC 9112) from a pipe that does not end, so that each must say how long it is. `more` gives the next
 * bytes. What is no such answer is `protocol`.
 */
export class HttpAnswerReader {
  readonly #more: () => Promise<Uint8Array>;
  #kept = new Uint8Array();

  constructor(more: () => Promise<Uint8Array>) {
    this.#more = more;
  }

  /** The next answer; interim ones (100) are passed over. */
  async answer(): Promise<WholeAnswer> {
    for (;;) {
      const [first = '', ...lines] = (await this.#head()).split('\r\n');
      const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1]);
      if (Number.isNaN(status)) throw strange('it is no HTTP');
      if (status >= 100 && status < 200) continue;
      const headers = Object.fromEntries(lines.map(headerOf));
      return { status, headers, body: await this.#body(status, headers) };
    }
  }

  async #head(): Promise<string> {
    for (;;) {
      const text = LATIN1.decode(this.#kept.subarray(0, MOST_HEAD));
      const end = text.indexOf('\r\n\r\n');
      if (end >= 0) {
        this.#kept = this.#kept.subarray(end + 4);
        return text.slice(0, end);
      }
      if (this.#kept.length >= MOST_HEAD) throw strange('its head is too long');
      await this.#fill();
    }
  }

  async #body(status: number, headers: Readonly<Record<string, string>>): Promise<Uint8Array> {
    if (status === 204 || status === 304) return new Uint8Array();
    if (/\bchunked\s*$/i.test(headers['transfer-encoding'] ?? '')) return this.#chunks();
    const length = headers['content-length'];
    if (length === undefined || !/^\d{1,9}$/.test(length)) throw strange('it does not say how long it is');
    return this.#take(Number(length));
  }

  async #chunks(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      const size = /^([0-9a-f]{1,7})\s*(?:;|$)/i.exec(await this.#line())?.[1];
      if (size === undefined) throw strange('a chunk has no length');
      const length = Number.parseInt(size, 16);
      total += length;
      if (total > MOST_BODY) throw strange('it is too long');
      if (length === 0) break;
      parts.push(await this.#take(length));
      if ((await this.#line()) !== '') throw strange('a chunk is longer than it says');
    }
    while ((await this.#line()) !== '');
    return joined(parts, total);
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#kept.indexOf(0x0a);
      if (end >= 0) {
        const line = LATIN1.decode(this.#kept.subarray(0, end)).replace(/\r$/, '');
        this.#kept = this.#kept.subarray(end + 1);
        return line;
      }
      if (this.#kept.length >= MOST_HEAD) throw strange('a line is too long');
      await this.#fill();
    }
  }

  async #take(length: number): Promise<Uint8Array> {
    if (length > MOST_BODY) throw strange('it is too long');
    const parts: Uint8Array[] = [];
    let missing = length;
    for (;;) {
      const part = this.#kept.subarray(0, missing);
      this.#kept = this.#kept.subarray(part.length);
      parts.push(part);
      missing -= part.length;
      if (missing === 0) return joined(parts, length);
      this.#kept = new Uint8Array(await this.#more());
    }
  }

  async #fill(): Promise<void> {
    const more = await this.#more();
    this.#kept = joined([this.#kept, more], this.#kept.length + more.length);
  }
}

function headerOf(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  if (at <= 0) throw strange('a header has no name');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function strange(why: string): DeviceError {
  return new DeviceError('protocol', `the printer's answer over USB makes no sense: ${why}`);
}
