import { inflateAtMost, InputError } from '@buergerkoffer/formats';
import { openedByEverybody, type Decryption } from './decryption.js';
import { Budget, PdfName, PdfParser, PdfRef, type PdfDict, type PdfValue } from './pdf-syntax.js';
import { findObjects, readReferences, type Place, type References } from './references.js';
import { streamBytes } from './stream-bytes.js';

/** Bounds of what is read; a form with photo stays far below. */
export const LIMITS = {
  bytes: 32 * 1024 * 1024,
  work: 256 * 1024 * 1024,
  inflated: 64 * 1024 * 1024,
} as const;

/** A stream with its dictionary; the bytes are those of the file, still encoded. */
export interface PdfStream {
  readonly dict: PdfDict;
  readonly bytes: Uint8Array;
}

interface PdfObject {
  readonly value: PdfValue;
  readonly generation?: number;
  readonly streamAt?: number;
}

/**
 * A PDF file of anybody's making, opened for reading: tables and streams of references, hybrid files, incremental updates, object
 * streams; where an object is not where the file says, it is looked for in the whole file. Nothing is executed, and the
 * work is bounded by {@link LIMITS}.
 */
export class PdfFile {
  readonly trailer: PdfDict;
  readonly #bytes: Uint8Array;
  readonly #budget: Budget;
  readonly #places: ReadonlyMap<number, Place>;
  readonly #lost: boolean;
  readonly #packed = new Map<number, PdfValue>();
  readonly #known = new Map<number, PdfObject>();
  #decryption: Decryption | undefined;
  #found: References | undefined;
  #inflatable: number = LIMITS.inflated;

  private constructor(bytes: Uint8Array, budget: Budget, references: References) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.#places = references.places;
    this.trailer = references.trailer;
    this.#lost = references.lost;
  }

  /**
   * @throws InputError `malformed` for what is no PDF, `truncated` for one without a document, `unsupported` for one that
   * nobody opens without a password, `too-large` beyond the limits.
   */
  static async open(bytes: Uint8Array): Promise<PdfFile> {
    if (bytes.length > LIMITS.bytes) {
      throw new InputError('too-large', `the file has more than ${LIMITS.bytes} bytes`);
    }
    if (!startsWithHeader(bytes)) throw new InputError('malformed', 'the file is no PDF', { offset: 0 });
    const budget = new Budget(LIMITS.work);
    try {
      return await PdfFile.#openWith(bytes, budget, await readReferences(bytes, budget, LIMITS.inflated));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return PdfFile.#openWith(bytes, budget, findObjects(bytes, budget));
    }
  }

  static async #openWith(bytes: Uint8Array, budget: Budget, references: References): Promise<PdfFile> {
    const file = new PdfFile(bytes, budget, references);
    if (file.trailer.has('Encrypt')) file.#decrypt();
    await file.#unpack(references.streams);
    if (!file.root.has('Pages')) {
      throw new InputError('truncated', 'the file holds no document; it is cut off or damaged');
    }
    return file;
  }

  /** From here on objects are decrypted; what says how is not encrypted itself. */
  #decrypt(): void {
    const [id] = this.list(this.trailer.get('ID'));
    const encrypt = this.dict(this.trailer.get('Encrypt'));
    this.#decryption = openedByEverybody(encrypt, id instanceof Uint8Array ? id : new Uint8Array());
  }

  /** The catalog; of a file without trailer any catalog that it holds. */
  get root(): PdfDict {
    const root = this.dict(this.trailer.get('Root'));
    if (root.size > 0) return root;
    const catalogs = [...this.#packed.values()].filter(
      (value) => this.name(this.dict(value).get('Type')) === 'Catalog',
    );
    return this.dict(catalogs.at(-1));
  }

  /** The object that is referred to, or the value itself; null for what is not there. */
  resolve(value: PdfValue | undefined): PdfValue {
    let here = value;
    for (let hops = 0; here instanceof PdfRef && hops < 8; hops++) here = this.#object(here.id).value;
    return here === undefined || here instanceof PdfRef ? null : here;
  }

  /** An empty dictionary where there is none. */
  dict(value: PdfValue | undefined): PdfDict {
    const resolved = this.resolve(value);
    return resolved instanceof Map ? resolved : new Map<string, PdfValue>();
  }

  /** An empty list where there is none. */
  list(value: PdfValue | undefined): readonly PdfValue[] {
    const resolved = this.resolve(value);
    return Array.isArray(resolved) ? (resolved as readonly PdfValue[]) : [];
  }

  /** The text of a name. */
  name(value: PdfValue | undefined): string | undefined {
    const resolved = this.resolve(value);
    return resolved instanceof PdfName ? resolved.name : undefined;
  }

  /** The decoded bytes of a stream; nothing where there is no stream, or it is encoded in another way than Flate. */
  async stream(value: PdfValue | undefined): Promise<Uint8Array | undefined> {
    if (!(value instanceof PdfRef)) return undefined;
    return this.#decoded(value.id);
  }

  async #decoded(id: number): Promise<Uint8Array | undefined> {
    const { value, generation = 0, streamAt: at } = this.#object(id);
    if (at === undefined || !(value instanceof Map)) return undefined;
    const dict = value as PdfDict;
    const stored = streamBytes(this.#bytes, this.#budget, at, this.resolve(dict.get('Length')));
    if (this.#decryption !== undefined) this.#budget.spend(at, stored.length);
    const bytes = this.#decryption?.stream(stored, id, generation) ?? stored;
    const filters =
      this.name(dict.get('Filter')) ??
      this.list(dict.get('Filter'))
        .map((filter) => this.name(filter))
        .join(' ');
    if (filters === '') return bytes;
    if (filters !== 'FlateDecode' || this.dict(dict.get('DecodeParms')).has('Predictor')) return undefined;
    const { bytes: plain } = await inflateAtMost(bytes, this.#inflatable, at);
    this.#inflatable -= plain.length;
    return plain;
  }

  /** Reads all object streams at once, so that objects can be had without waiting; the later of two wins. */
  async #unpack(streams: readonly number[]): Promise<void> {
    for (const id of streams) {
      const content = await this.#decoded(id);
      const first = this.resolve(this.dict(new PdfRef(id)).get('First'));
      if (content === undefined || typeof first !== 'number') continue;
      const index = new PdfParser(content, this.#budget);
      for (;;) {
        const object = index.at < first ? index.integer() : undefined;
        const offset = object === undefined ? undefined : index.integer();
        if (object === undefined || offset === undefined) break;
        if (!this.#liesIn(object, id)) continue;
        this.#packed.set(object, new PdfParser(content, this.#budget, first + offset).value());
      }
    }
  }

  /** Whether the references say so; where they are lost, an object that lies nowhere else does. */
  #liesIn(object: number, stream: number): boolean {
    const place = this.#places.get(object);
    return place === undefined ? this.#lost : 'inside' in place && place.inside === stream;
  }

  #object(id: number): PdfObject {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const packed = this.#packed.get(id);
    const object = packed === undefined ? this.#decrypted(id, this.#plainObject(id)) : { value: packed };
    this.#known.set(id, object);
    return object;
  }

  /** The object with its strings in the clear. */
  #decrypted(id: number, object: PdfObject): PdfObject {
    if (this.#decryption === undefined) return object;
    const { string } = this.#decryption;
    const { value, generation = 0 } = object;
    return { ...object, value: withStrings(value, (bytes) => string(bytes, id, generation)) };
  }

  #plainObject(id: number): PdfObject {
    const place = this.#places.get(id);
    if (place === undefined || !('offset' in place)) return { value: null };
    try {
      return readObject(this.#bytes, this.#budget, place.offset, id);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    this.#found ??= findObjects(this.#bytes, this.#budget);
    const found = this.#found.places.get(id);
    return found === undefined || !('offset' in found)
      ? { value: null }
      : readObject(this.#bytes, this.#budget, found.offset, id);
  }
}

/** The value with each of its strings as `change` makes it. */
function withStrings(value: PdfValue, change: (bytes: Uint8Array) => Uint8Array): PdfValue {
  if (value instanceof Uint8Array) return change(value);
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map((item) => withStrings(item, change));
  if (!(value instanceof Map)) return value;
  return new Map([...(value as PdfDict)].map(([key, item]) => [key, withStrings(item, change)]));
}

/** Damage is looked past; a file that is too large or encrypted stays so. */
function isDamage(error: unknown): boolean {
  return error instanceof InputError && (error.code === 'malformed' || error.code === 'truncated');
}

function startsWithHeader(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** The object at its offset. @throws InputError `malformed` where another one or none begins there. */
function readObject(bytes: Uint8Array, budget: Budget, offset: number, id: number): PdfObject {
  const parser = new PdfParser(bytes, budget, offset);
  const isMeant = parser.integer() === id;
  const generation = parser.integer();
  if (!isMeant || generation === undefined || !parser.take('obj')) {
    throw new InputError('malformed', 'an object is not where the file says', { offset });
  }
  const value = parser.value();
  if (!parser.take('stream')) return { value, generation };
  const streamAt = parser.at + (bytes[parser.at] === 0x0d ? 1 : 0);
  return { value, generation, streamAt: streamAt + (bytes[streamAt] === 0x0a ? 1 : 0) };
}
