import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { WsqFilters } from './filters.js';
import type { HuffmanCode } from './huffman-code.js';
import { MARKER, RESTART_MARKERS } from './markers.js';
import type { WsqQuantisation } from './quantisation.js';
import { readFilters, readFrame, readHuffmanCodes, readQuantisation } from './read-segments.js';
import type { WsqFrame } from './write-segments.js';

/** A file taken apart; nothing is decoded yet. */
export interface WsqFile {
  readonly frame: WsqFrame;
  readonly filters: WsqFilters;
  readonly quantisation: WsqQuantisation;
  /** Samples between restart markers; 0 where the file states no interval. */
  readonly restartInterval: number;
  readonly comments: readonly string[];
  readonly blocks: readonly CodedBlock[];
  /** Offset of the frame's size. */
  readonly sizeAt: number;
}

/** A block: stretches of entropy-coded bytes, more than one where there are restart markers. */
export interface CodedBlock {
  readonly code: HuffmanCode;
  readonly intervals: readonly CodedInterval[];
}

/** Entropy-coded bytes from `start` to before `end`. */
export interface CodedInterval {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads every segment of a file to the end of its image; bytes behind are ignored. `InputError` with offset:
 * `truncated`, `malformed`, `missing` (a table), `out-of-range`, `unsupported` (filters).
 */
export function readFile(bytes: Uint8Array): WsqFile {
  const reader = new ByteReader(bytes);
  const tables: Tables = { codes: new Map(), comments: [], blocks: [], restartInterval: 0, sizeAt: 0 };
  if (readMarker(reader) !== MARKER.startOfImage) {
    throw new InputError('malformed', 'a WSQ file begins with FFA0', { offset: 0 });
  }
  for (;;) {
    const at = reader.offset;
    const marker = readMarker(reader);
    if (marker === MARKER.endOfImage) return whole(tables, at);
    readSegment(bytes, reader, marker, at, tables);
  }
}

interface Tables {
  readonly codes: Map<number, HuffmanCode>;
  readonly comments: string[];
  readonly blocks: CodedBlock[];
  frame?: WsqFrame;
  filters?: WsqFilters;
  quantisation?: WsqQuantisation;
  restartInterval: number;
  sizeAt: number;
}

function readSegment(
  bytes: Uint8Array,
  reader: ByteReader,
  marker: number,
  at: number,
  tables: Tables,
): void {
  const lengthAt = reader.offset;
  const length = reader.u16();
  if (length < 2) throw new InputError('malformed', 'a segment has 2 bytes at least', { offset: lengthAt });
  const content = reader.sub(length - 2);
  switch (marker) {
    case MARKER.startOfFrame:
      once(tables.frame, at);
      tables.sizeAt = content.offset + 2;
      tables.frame = readFrame(content);
      break;
    case MARKER.transformTable:
      beforeBlocks(tables, at);
      tables.filters = readFilters(content);
      break;
    case MARKER.quantisationTable:
      beforeBlocks(tables, at);
      tables.quantisation = readQuantisation(content);
      break;
    case MARKER.huffmanTables:
      for (const [table, code] of readHuffmanCodes(content)) tables.codes.set(table, code);
      break;
    case MARKER.restartInterval:
      tables.restartInterval = content.u16();
      break;
    case MARKER.comment:
      tables.comments.push(new TextDecoder().decode(content.bytes(content.remaining)));
      break;
    case MARKER.startOfBlock: {
      if (tables.frame === undefined) throw missing('the frame header before a block', at);
      const table = content.u8();
      const code = tables.codes.get(table);
      if (code === undefined) throw missing(`Huffman table ${table}`, at);
      tables.blocks.push({ code, intervals: readIntervals(bytes, reader) });
      break;
    }
    default:
      throw new InputError(
        'malformed',
        `FF${marker.toString(16).toUpperCase().padStart(2, '0')} is no marker`,
        {
          offset: at,
        },
      );
  }
  content.expectEnd();
}

/** The entropy-coded bytes up to the next marker that is no restart; the reader goes on there. */
function readIntervals(bytes: Uint8Array, reader: ByteReader): readonly CodedInterval[] {
  const intervals: CodedInterval[] = [];
  let start = reader.offset;
  let at = start;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) {
      throw new InputError('truncated', 'the file ends within a block', { offset: bytes.length });
    }
    const following = bytes[at + 1] ?? 0;
    if (following === 0) {
      at += 2;
      continue;
    }
    const restart = following - MARKER.restart;
    intervals.push({ start, end: at });
    if (restart < 0 || restart >= RESTART_MARKERS) {
      reader.skip(at - reader.offset);
      return intervals;
    }
    if (restart !== (intervals.length - 1) % RESTART_MARKERS) {
      throw new InputError('malformed', 'a restart marker is out of turn', { offset: at });
    }
    at += 2;
    start = at;
  }
}

function readMarker(reader: ByteReader): number {
  const at = reader.offset;
  if (reader.u8() !== 0xff) throw new InputError('malformed', 'a marker begins with FF', { offset: at });
  return reader.u8();
}

function whole(tables: Tables, at: number): WsqFile {
  const { frame, filters, quantisation, restartInterval, comments, blocks, sizeAt } = tables;
  if (frame === undefined) throw missing('the frame header', at);
  if (filters === undefined) throw missing('the transform table', at);
  if (quantisation === undefined) throw missing('the quantisation table', at);
  return { frame, filters, quantisation, restartInterval, comments, blocks, sizeAt };
}

function once(frame: WsqFrame | undefined, offset: number): void {
  if (frame === undefined) return;
  throw new InputError('malformed', 'a file has one frame header', { offset });
}

function beforeBlocks({ blocks }: Tables, offset: number): void {
  if (blocks.length === 0) return;
  throw new InputError('malformed', 'this table stands before the first block', { offset });
}

function missing(what: string, offset: number): InputError {
  return new InputError('missing', `${what} is missing`, { offset });
}
