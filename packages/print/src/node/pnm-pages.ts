import { DeviceError } from '@buergerkoffer/core';

/** A page of a stream of binary PGM (P5) or PPM (P6) pictures with 8 bits; its rows must be read before the next page. */
export interface PnmPage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelBytes: 1 | 3;
  readonly rows: AsyncIterable<Uint8Array>;
}

/** The longest header that is read, in bytes, and the longest side of a picture. */
const MOST_HEADER = 64;
const MOST_SIDE = 40_000;

/** The pictures that follow one another in `stream`. `unsupported` for anything else in it. */
export async function* pnmPages(stream: AsyncIterable<Uint8Array>): AsyncGenerator<PnmPage, void, undefined> {
  const input = new Input(stream);
  for (;;) {
    const header = await input.header();
    if (header === undefined) return;
    const found = /^P([56])\s+(\d{1,5})\s+(\d{1,5})\s+255\s$/.exec(header);
    const [widthPx, heightPx] = [Number(found?.[2]), Number(found?.[3])];
    if (found === null || widthPx > MOST_SIDE || heightPx > MOST_SIDE) throw strange();
    const pixelBytes = found[1] === '5' ? 1 : 3;
    yield { widthPx, heightPx, pixelBytes, rows: rowsOf(input, heightPx, widthPx * pixelBytes) };
  }
}

async function* rowsOf(
  input: Input,
  heightPx: number,
  rowBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let row = 0; row < heightPx; row += 1) yield await input.take(rowBytes);
}

/** Bytes from front to back. */
class Input {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #kept = new Uint8Array();

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Up to the white space behind the largest value; undefined at the end. */
  async header(): Promise<string | undefined> {
    let text = '';
    for (let fields = 0; fields < 4;) {
      const more = this.#kept.length > 0 || (await this.#more());
      if (!more && text === '') return undefined;
      if (!more || text.length > MOST_HEADER) throw strange();
      const letter = String.fromCharCode(this.#kept[0] ?? 0);
      this.#kept = this.#kept.subarray(1);
      if (/\s/.test(letter) && !/\s$/.test(text)) fields += 1;
      text += letter;
    }
    return text;
  }

  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    for (;;) {
      const part = this.#kept.subarray(0, missing);
      this.#kept = this.#kept.subarray(part.length);
      missing -= part.length;
      if (missing === 0 && parts.length === 0) return part;
      parts.push(part);
      if (missing === 0) return joined(parts, length);
      if (!(await this.#more())) throw strange();
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#kept = new Uint8Array(next.value);
    return true;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function strange(): DeviceError {
  return new DeviceError('unsupported', 'the renderer wrote something that is no picture');
}
