import { deflate } from '@buergerkoffer/formats';

/** An object of the file: its number, where it begins, and where what follows it does. */
interface PlainObject {
  readonly id: number;
  readonly begin: number;
  readonly end: number;
}

/** The page tree stays plain: simple readers count pages by it. */
const KEPT = /^\d+ 0 obj\n<<\n\/Type \/(?:Page|Pages|Catalog)\n/u;
const STREAM_END = '\nendstream\nendobj\n';

/**
 * The same file with its dictionaries gathered in one compressed stream (ISO 32000-1, 7.5.7 and 7.5.8): the structure tree and the
 * fields of a form shrink to a tenth. Takes what pdfkit writes: one table of references, each object once, no encryption.
 */
export async function packPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const text = new TextDecoder('latin1').decode(bytes); // a character for each byte; searched only
  const { objects, trailer, tableAt } = readTable(text);
  const out = new Output(bytes.subarray(0, objects[0]?.begin ?? tableAt));
  const entries = new Map<number, readonly [type: number, a: number, b: number]>();
  const packed: { readonly id: number; readonly body: Uint8Array }[] = [];
  for (const { id, begin, end } of objects) {
    const source = text.slice(begin, end);
    if (source.endsWith(STREAM_END) || KEPT.test(source)) {
      entries.set(id, [1, out.size, 0]);
      out.add(bytes.subarray(begin, end));
    } else {
      const body = bytes.subarray(begin + source.indexOf('\n') + 1, end - 'endobj\n'.length);
      packed.push({ id, body });
    }
  }
  const last = objects.reduce((most, { id }) => Math.max(most, id), 0);
  const [streamId, tableId] = [last + 1, last + 2];
  for (const [index, { id }] of packed.entries()) entries.set(id, [2, streamId, index]);
  entries.set(streamId, [1, out.size, 0]);
  out.add(await objectStream(streamId, packed));
  const start = out.size;
  entries.set(tableId, [1, start, 0]);
  out.add(await referenceStream(tableId, entries, trailer));
  out.add(latin1(`startxref\n${start}\n%%EOF\n`));
  return out.bytes();
}

function readTable(text: string): {
  readonly objects: readonly PlainObject[];
  readonly trailer: string;
  readonly tableAt: number;
} {
  const tableAt = Number(/startxref\n(\d+)\n%%EOF\n?$/u.exec(text.slice(-100))?.[1]);
  const trailerAt = text.indexOf('trailer\n<<\n', tableAt);
  const lines = text.slice(tableAt, trailerAt).split('\n').slice(3);
  const begins = lines
    .map((line, index) => ({ id: index + 1, begin: Number(line.slice(0, 10)) }))
    .filter(({ begin }) => begin > 0)
    .sort((a, b) => a.begin - b.begin);
  const objects = begins.map((object, index) => ({ ...object, end: begins[index + 1]?.begin ?? tableAt }));
  const trailer = text.slice(trailerAt + 'trailer\n<<\n'.length, text.lastIndexOf('>>'));
  return { objects, trailer: trailer.replace(/^\/Size \d+\n/u, ''), tableAt };
}

async function objectStream(
  id: number,
  objects: readonly { readonly id: number; readonly body: Uint8Array }[],
): Promise<Uint8Array> {
  let offset = 0;
  const index = objects.map((object) => {
    const entry = `${object.id} ${offset}`;
    offset += object.body.length;
    return entry;
  });
  const head = `${index.join(' ')}\n`;
  const plain = new Output(latin1(head));
  for (const { body } of objects) plain.add(body);
  const content = await deflate(plain.bytes());
  return stream(id, `/Type /ObjStm\n/N ${objects.length}\n/First ${head.length}\n`, content);
}

async function referenceStream(
  id: number,
  entries: ReadonlyMap<number, readonly [number, number, number]>,
  trailer: string,
): Promise<Uint8Array> {
  const table = new DataView(new ArrayBuffer((id + 1) * 7));
  table.setUint16(5, 0xffff); // object 0 is free, as ever
  for (const [object, [type, a, b]] of entries) {
    table.setUint8(object * 7, type);
    table.setUint32(object * 7 + 1, a);
    table.setUint16(object * 7 + 5, b);
  }
  const content = await deflate(new Uint8Array(table.buffer));
  return stream(id, `/Type /XRef\n/W [1 4 2]\n/Size ${id + 1}\n${trailer}`, content);
}

function stream(id: number, dictionary: string, content: Uint8Array): Uint8Array {
  const out = new Output(
    latin1(`${id} 0 obj\n<<\n${dictionary}/Filter /FlateDecode\n/Length ${content.length}\n>>\nstream\n`),
  );
  out.add(content);
  out.add(latin1(STREAM_END));
  return out.bytes();
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes that are gathered piece by piece. */
class Output {
  readonly #pieces: Uint8Array[];
  size: number;

  constructor(first: Uint8Array) {
    this.#pieces = [first];
    this.size = first.length;
  }

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.size += piece.length;
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
