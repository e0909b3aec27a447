import { deflate } from '@buergerkoffer/formats';
import { packStream, type StreamParts } from './pack-stream.js';

/** A stream object: its dictionary and its bytes. */
interface StreamObject extends StreamParts {
  readonly id: number;
}

/** An object without a stream, as a string of bytes. */
interface PlainObject {
  readonly id: number;
  readonly body: string;
}

const OBJECT = /^(\d+) 0 obj$/u;
/** The page tree stays plain: simple readers count pages by it. */
const KEPT = /^<<\n\/Type \/(?:Page|Pages|Catalog)\n/u;

/**
 * Takes the objects of a document as pdfkit writes them, piece by piece, and makes a file of them in which all dictionaries are
 * gathered in one compressed stream (ISO 32000-1, 7.5.7 and 7.5.8): the structure tree and the fields of a form shrink to a tenth.
 * Streams that come unpacked are packed here.
 */
export class ObjectSink {
  readonly #streams: StreamObject[] = [];
  readonly #plain: PlainObject[] = [];
  #id = 0;
  #pieces: (string | Uint8Array)[] = [];
  #trailer = '';

  /** What pdfkit calls for each piece: the head of an object, its dictionary, the parts of its stream, its end, and the trailer. */
  readonly write = (piece: string | Uint8Array): void => {
    const id = typeof piece === 'string' ? OBJECT.exec(piece)?.[1] : undefined;
    if (id !== undefined) {
      this.#id = Number(id);
      this.#pieces = [];
    } else if (piece === 'endobj') this.#endObject();
    else if (piece === 'startxref') this.#trailer = String(this.#pieces.at(-1));
    else this.#pieces.push(piece);
  };

  #endObject(): void {
    const [dictionary, , content] = this.#pieces;
    if (typeof dictionary !== 'string') throw new Error('pdfkit wrote an object without a value');
    if (content instanceof Uint8Array) this.#streams.push({ id: this.#id, dictionary, content });
    else this.#plain.push({ id: this.#id, body: dictionary });
  }

  /** The file, once pdfkit has ended the document. */
  async file(): Promise<Uint8Array> {
    if (this.#trailer === '') throw new Error('pdfkit has not ended the document');
    const out = new Output('%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n');
    const entries = new Map<number, readonly [type: number, place: number, index: number]>();
    const add = (id: number, ...pieces: readonly (string | Uint8Array)[]): void => {
      entries.set(id, [1, out.size, 0]);
      for (const piece of [`${id} 0 obj\n`, ...pieces, '\nendobj\n']) out.add(piece);
    };
    const streams = await Promise.all(
      this.#streams.map(async (each) => [each.id, await packStream(each)] as const),
    );
    for (const [id, { dictionary, content }] of streams) {
      add(id, dictionary, '\nstream\n', content, '\nendstream');
    }
    for (const { id, body } of this.#plain) if (KEPT.test(body)) add(id, body);
    // In the order of their numbers: what follows from the one before packs to next to nothing.
    const packed = this.#plain.filter(({ body }) => !KEPT.test(body)).sort((a, b) => a.id - b.id);
    const last = [...this.#streams, ...this.#plain].reduce((most, { id }) => Math.max(most, id), 0);
    const [streamId, tableId] = [last + 1, last + 2];
    for (const [index, { id }] of packed.entries()) entries.set(id, [2, streamId, index]);
    const { head, content } = await objectStream(packed);
    add(
      streamId,
      stream(`/Type /ObjStm\n/N ${packed.length}\n/First ${head}\n`, content),
      content,
      '\nendstream',
    );
    const start = out.size;
    entries.set(tableId, [1, start, 0]);
    const table = await deflate(referenceTable(entries, tableId + 1));
    const trailer = this.#trailer.slice('<<\n'.length, -'>>'.length).replace(/^\/Size \d+\n/u, '');
    add(
      tableId,
      stream(`/Type /XRef\n/W [1 4 2]\n/Size ${tableId + 1}\n${PREDICTOR}${trailer}`, table),
      table,
      '\nendstream',
    );
    out.add(`startxref\n${start}\n%%EOF\n`);
    return out.bytes();
  }
}

async function objectStream(
  objects: readonly PlainObject[],
): Promise<{ readonly head: number; readonly content: Uint8Array }> {
  let offset = 0;
  const index = objects.map(({ id, body }) => {
    const entry = `${id} ${offset}`;
    offset += body.length + 1;
    return entry;
  });
  const head = `${index.join(' ')}\n`;
  const plain = new Output(head);
  for (const { body } of objects) plain.add(`${body}\n`);
  return { head: head.length, content: await deflate(plain.bytes()) };
}

/** Bytes of an entry, and how the rows of entries are written: each as the difference to the one above (ISO 32000-1, 7.4.4.4). */
const ENTRY = 7;
const PREDICTOR = `/DecodeParms <<\n/Predictor 12\n/Columns ${ENTRY}\n>>\n`;

function referenceTable(
  entries: ReadonlyMap<number, readonly [number, number, number]>,
  size: number,
): Uint8Array {
  const table = new DataView(new ArrayBuffer(size * ENTRY));
  table.setUint16(5, 0xffff); // object 0 is free, as ever
  for (const [id, [type, place, index]] of entries) {
    table.setUint8(id * ENTRY, type);
    table.setUint32(id * ENTRY + 1, place);
    table.setUint16(id * ENTRY + 5, index);
  }
  const rows = new Uint8Array(size * (ENTRY + 1));
  for (let row = 0; row < size; row++) {
    rows[row * (ENTRY + 1)] = 2; // "up"
    for (let column = row * ENTRY; column < (row + 1) * ENTRY; column++) {
      const above = row === 0 ? 0 : table.getUint8(column - ENTRY);
      rows[column + row + 1] = table.getUint8(column) - above;
    }
  }
  return rows;
}

/** Dictionary and head of a compressed stream. */
function stream(entries: string, content: Uint8Array): string {
  return `<<\n${entries}/Filter /FlateDecode\n/Length ${content.length}\n>>\nstream\n`;
}

/** Bytes that are gathered piece by piece; a string has a byte in each character. */
class Output {
  #bytes = new Uint8Array(65_536);
  size = 0;

  constructor(first: string) {
    this.add(first);
  }

  add(piece: string | Uint8Array): void {
    const end = this.size + piece.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.size));
      this.#bytes = larger;
    }
    if (typeof piece === 'string') {
      for (let index = 0; index < piece.length; index++)
        this.#bytes[this.size + index] = piece.charCodeAt(index);
    } else this.#bytes.set(piece, this.size);
    this.size = end;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.size);
  }
}
