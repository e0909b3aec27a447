import type { ByteReader } from '@buergerkoffer/formats';
import { readJpegFrame, type JpegFrame } from './frame.js';
import { huffmanTable, type HuffmanTable } from './huffman-table.js';
import { jpegSegments } from './segments.js';
import { ZIGZAG } from './zigzag.js';

/** One component of a JPEG's only scan. */
export interface ScanComponent {
  /** Blocks across and down in each unit of the scan (MCU), 1 or 2. */
  readonly across: 1 | 2;
  readonly down: 1 | 2;
  /** 64 factors of the coefficients, row by row. */
  readonly factors: Int32Array;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

/** A JPEG of 8 bits whose components lie in one scan, as cameras write it. */
export interface BaselineScan {
  readonly width: number;
  readonly height: number;
  /** One is grey; three are Y, Cb and Cr, of which only Y may have more than one block. */
  readonly components: readonly ScanComponent[];
  /** Units between two restart markers; 0 for none. */
  readonly restartInterval: number;
  /** The entropy-coded data, up to the EOI. */
  readonly data: Uint8Array;
}

const SOF0 = 0xc0;
const SOF1 = 0xc1;
const DHT = 0xc4;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP15 = 0xef;
const COM = 0xfe;
/** The largest size of a difference of DC values (T.81, table F.1, with room for 12 bits). */
const MAX_DC_SIZE = 15;
/** Below this the picture is not worth a way of its own. */
const MIN_SIDE_PX = 16;

/** What the segments before the scan have said. */
interface Heard {
  readonly factors: Map<number, Int32Array>;
  /** By class (0 DC, 16 AC) and number. */
  readonly tables: Map<number, HuffmanTable | undefined>;
  restartInterval: number;
}

/**
 * The scan of a JPEG that `readJpegInfo` has walked through, `bytes` ending with its EOI. `undefined` where it is anything but
 * baseline, grey or YCbCr, in one scan: progressive, RGB, odd subsampling.
 */
export function readBaselineScan(bytes: Uint8Array): BaselineScan | undefined {
  const frame = readJpegFrame(bytes);
  if (frame === undefined || !isGreyOrYcc(frame)) return undefined;
  const heard: Heard = { factors: new Map(), tables: new Map(), restartInterval: 0 };
  for (const { marker, content, end } of jpegSegments(bytes)) {
    if (marker === SOS) return scanOf(content, frame, heard, bytes.subarray(end, bytes.length - 2));
    if (!hear(marker, content, heard)) return undefined;
  }
  return undefined;
}

/** Whether the segment is one that was understood, or holds nothing of the picture. */
function hear(marker: number, segment: ByteReader, heard: Heard): boolean {
  if (marker === DQT) readFactors(segment, heard);
  else if (marker === DHT) readTables(segment, heard);
  else if (marker === DRI) heard.restartInterval = segment.u16();
  else return marker === SOF0 || marker === SOF1 || marker === COM || (marker >= APP0 && marker <= APP15);
  return true;
}

function readFactors(segment: ByteReader, { factors }: Heard): void {
  while (segment.remaining > 0) {
    const kind = segment.u8();
    const table = new Int32Array(64);
    for (const place of ZIGZAG) table[place] = kind >> 4 === 0 ? segment.u8() : segment.u16();
    factors.set(kind & 15, table);
  }
}

function readTables(segment: ByteReader, { tables }: Heard): void {
  while (segment.remaining > 0) {
    const kind = segment.u8();
    const counts = segment.bytes(16);
    const symbols = segment.bytes(counts.reduce((sum, count) => sum + count, 0));
    const isDc = kind >> 4 === 0;
    const isUsable = !isDc || symbols.every((symbol) => symbol <= MAX_DC_SIZE);
    tables.set(kind, isUsable ? huffmanTable(counts, symbols) : undefined);
  }
}

function scanOf(
  segment: ByteReader,
  frame: JpegFrame,
  heard: Heard,
  data: Uint8Array,
): BaselineScan | undefined {
  if (Math.min(frame.width, frame.height) < MIN_SIDE_PX) return undefined;
  if (segment.u8() !== frame.components.length) return undefined;
  const isGrey = frame.components.length === 1;
  const components: ScanComponent[] = [];
  for (const { id, across, down, table } of frame.components) {
    if (segment.u8() !== id) return undefined;
    const selectors = segment.u8();
    const factors = heard.factors.get(table);
    const dc = heard.tables.get(selectors >> 4);
    const ac = heard.tables.get(16 + (selectors & 15));
    if (factors === undefined || dc === undefined || ac === undefined) return undefined;
    if (!isFew(across) || !isFew(down)) return undefined;
    // One component alone is stored block by block, whatever its sampling says.
    components.push({ ...(isGrey ? { across: 1, down: 1 } : { across, down }), factors, dc, ac });
  }
  // A whole sequential scan: coefficients 0 to 63, all bits of them.
  if (segment.u24() !== 0x00_3f_00 || segment.remaining > 0) return undefined;
  if (components.slice(1).some(({ across, down }) => across > 1 || down > 1)) return undefined;
  return {
    width: frame.width,
    height: frame.height,
    components,
    restartInterval: heard.restartInterval,
    data,
  };
}

function isFew(blocks: number): blocks is 1 | 2 {
  return blocks === 1 || blocks === 2;
}

function isGreyOrYcc({ components, isRgb }: JpegFrame): boolean {
  return components.length === 1 || (components.length === 3 && !isRgb);
}
