import { inflateAtMost, InputError } from '@buergerkoffer/formats';
import { PdfParser, PdfRef, type Budget, type PdfDict, type PdfValue } from './pdf-syntax.js';
import { streamBytes } from './stream-bytes.js';

/** Where an object lies: in the file, or in an object stream. */
export type Place = { readonly offset: number } | { readonly inside: number };

/** Where each object of a file lies, and the newest trailer. */
export interface References {
  readonly places: ReadonlyMap<number, Place>;
  /** Object streams, from the oldest to the newest as far as known. */
  readonly streams: readonly number[];
  readonly trailer: PdfDict;
  /** The file's own references are lost: what an object stream holds and no other place has, is there. */
  readonly lost: boolean;
}

/** Updates that a file can have had. */
const MAX_SECTIONS = 256;
const MAX_OBJECTS = 1_000_000;

/** Where objects lie, read from the newest update to the oldest. @throws InputError `malformed` where that is not told. */
export async function readReferences(bytes: Uint8Array, budget: Budget, limit: number): Promise<References> {
  const tail = new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, bytes.length - 2048)));
  const start = /startxref\s+(\d{1,10})\s*(?:%%EOF[\s\S]*)?$/u.exec(
    tail.slice(tail.lastIndexOf('startxref')),
  )?.[1];
  if (start === undefined) throw new InputError('malformed', 'the file has no table of objects');
  const places = new Map<number, Place | undefined>();
  const pending = [Number(start)];
  const visited = new Set<number>();
  let newest: PdfDict | undefined;
  for (let offset = pending.shift(); offset !== undefined; offset = pending.shift()) {
    if (visited.has(offset)) continue;
    if (visited.add(offset).size > MAX_SECTIONS)
      throw new InputError('too-large', 'the file has too many updates');
    const parser = new PdfParser(bytes, budget, offset);
    const trailer = parser.take('xref')
      ? readTable(parser, places)
      : await readStream(bytes, budget, offset, limit, places);
    newest ??= trailer;
    for (const key of ['XRefStm', 'Prev']) {
      const next = trailer.get(key);
      if (typeof next === 'number') pending.push(next);
    }
  }
  if (newest === undefined) throw new InputError('malformed', 'the file has no trailer');
  const used = new Map(
    [...places].flatMap(([id, place]) => (place === undefined ? [] : [[id, place] as const])),
  );
  const streams = new Set([...used.values()].flatMap((place) => ('inside' in place ? [place.inside] : [])));
  return { places: used, streams: [...streams], trailer: newest, lost: false };
}

/** The first to name an object is the newest; a free object stays free. */
function note(places: Map<number, Place | undefined>, id: number, place: Place | undefined): void {
  if (places.size > MAX_OBJECTS) throw new InputError('too-large', 'the file has too many objects');
  if (!places.has(id)) places.set(id, place);
}

/** A section of a table and its trailer (ISO 32000-1, 7.5.4). */
function readTable(parser: PdfParser, places: Map<number, Place | undefined>): PdfDict {
  while (!parser.take('trailer')) {
    const first = parser.integer();
    const count = parser.integer();
    if (first === undefined || count === undefined) {
      throw new InputError('malformed', 'the table of objects is damaged', { offset: parser.at });
    }
    for (let index = 0; index < count; index++) {
      const offset = parser.integer();
      const generation = parser.integer();
      const used = parser.take('n');
      if (offset === undefined || generation === undefined || (!used && !parser.take('f'))) {
        throw new InputError('malformed', 'the table of objects is damaged', { offset: parser.at });
      }
      note(places, first + index, used && offset > 0 ? { offset } : undefined);
    }
  }
  return asDict(parser.value(), parser.at);
}

/** A stream of references (7.5.8); its dictionary is the trailer. */
async function readStream(
  bytes: Uint8Array,
  budget: Budget,
  offset: number,
  limit: number,
  places: Map<number, Place | undefined>,
): Promise<PdfDict> {
  const parser = new PdfParser(bytes, budget, offset);
  if (parser.integer() === undefined || parser.integer() === undefined || !parser.take('obj')) {
    throw new InputError('malformed', 'the table of objects is not where the file says', { offset });
  }
  const dict = asDict(parser.value(), offset);
  if (!parser.take('stream'))
    throw new InputError('malformed', 'the table of objects is no stream', { offset });
  const at = parser.at + (bytes[parser.at] === 0x0d ? 2 : 1);
  const coded = streamBytes(bytes, budget, at, dict.get('Length') ?? null);
  const plain = dict.has('Filter') ? (await inflateAtMost(coded, limit, at)).bytes : coded;
  const widths = numbers(dict.get('W'));
  const [typeWidth = 0, firstWidth = 0, secondWidth = 0] = widths;
  const rowWidth = typeWidth + firstWidth + secondWidth;
  if (widths.length < 3 || rowWidth < 1 || rowWidth > 32) {
    throw new InputError('malformed', 'the table of objects has no fields', { offset });
  }
  const rows = unpredicted(plain, dict.get('DecodeParms'), rowWidth, offset);
  const size = dict.get('Size');
  const index = dict.has('Index') ? numbers(dict.get('Index')) : [0, typeof size === 'number' ? size : 0];
  let row = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let step = 0; step < (index[pair + 1] ?? 0) && row < rows.length; step++, row += rowWidth) {
      const type = typeWidth === 0 ? 1 : bigEndian(rows, row, typeWidth);
      const value = bigEndian(rows, row + typeWidth, firstWidth);
      note(
        places,
        (index[pair] ?? 0) + step,
        type === 1 ? { offset: value } : type === 2 ? { inside: value } : undefined,
      );
    }
  }
  return dict;
}

/** Rows without the PNG predictor that writers put on them (7.4.4.4). */
function unpredicted(
  bytes: Uint8Array,
  parameters: PdfValue | undefined,
  width: number,
  offset: number,
): Uint8Array {
  const predictor =
    parameters instanceof Map ? (parameters.get('Predictor') as PdfValue | undefined) : undefined;
  if (predictor === undefined || predictor === 1) return bytes;
  if (typeof predictor !== 'number' || predictor < 10) {
    throw new InputError('malformed', 'the table of objects is coded in a rare way', { offset });
  }
  const rows = new Uint8Array(Math.floor(bytes.length / (width + 1)) * width);
  for (let row = 0; row * width < rows.length; row++) {
    const filter = bytes[row * (width + 1)];
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const left = column === 0 ? 0 : (rows[at - 1] ?? 0);
      const above = row === 0 ? 0 : (rows[at - width] ?? 0);
      const corner = column === 0 || row === 0 ? 0 : (rows[at - width - 1] ?? 0);
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      rows[at] = (bytes[row * (width + 1) + 1 + column] ?? 0) + predicted;
    }
  }
  return rows;
}

/** PNG, 9.4. */
function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/**
 * Where objects lie in a file whose references are damaged: every `n g obj` in it, the last of each number. Object streams are taken
 * for what they hold, and the last trailer, or the last catalog, for the document.
 */
export function findObjects(bytes: Uint8Array, budget: Budget): References {
  const places = new Map<number, Place>();
  const streams = new Set<number>();
  let trailer: PdfDict = new Map();
  const text = new TextDecoder('latin1').decode(bytes);
  const landmarks = /(?<![\d.])(\d{1,10})[ \t\r\n]{1,4}\d{1,5}[ \t\r\n]{1,4}obj\b|\btrailer\b/gu;
  for (const found of text.matchAll(landmarks)) {
    const parser = new PdfParser(bytes, budget, found.index + found[0].length);
    const value = valueOrNothing(parser);
    const id = Number(found[1]);
    if (found[1] !== undefined) places.set(id, { offset: found.index });
    if (!(value instanceof Map)) continue;
    if (isNamed(value.get('Type') as PdfValue, 'ObjStm')) streams.add(id);
    const dict = value as PdfDict;
    if (dict.get('Root') instanceof PdfRef) trailer = dict;
    else if (isNamed(dict.get('Type'), 'Catalog') && !trailer.has('Root'))
      trailer = new Map([['Root', new PdfRef(id)]]);
  }
  return { places, streams: [...streams], trailer, lost: true };
}

function valueOrNothing(parser: PdfParser): PdfValue | undefined {
  try {
    return parser.value();
  } catch (error) {
    if (error instanceof InputError && error.code !== 'too-large') return undefined;
    throw error;
  }
}

function isNamed(value: PdfValue | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}

function asDict(value: PdfValue, offset: number): PdfDict {
  if (value instanceof Map) return value as PdfDict;
  throw new InputError('malformed', 'the file has no trailer', { offset });
}

function numbers(value: PdfValue | undefined): number[] {
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}
