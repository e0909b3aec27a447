import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import { countSymbols, encodeBlock } from './encode-block.js';
import { filterBankOf } from './fastest-bank.js';
import { checkFilters, STANDARD_FILTERS, type WsqFilters } from './filters.js';
import { huffmanCodeFor } from './huffman-code.js';
import { MARKER } from './markers.js';
import { peakOf, quantisationFor, subbandVariances } from './quantisation.js';
import { rateWithin, type ByteRange } from './rate-control.js';
import { subbandTree } from './subbands.js';
import { quantise } from './quantise.js';
import { TokenStore } from './token-store.js';
import { analyse, type Plane } from './transform.js';
import { SegmentWriter, type WsqFrame } from './write-segments.js';

/** How an image is compressed. */
export interface EncodeWsqOptions {
  /**
   * Bits per pixel that the widths of the bins are made for, above 0 to 8. Default {@link DEFAULT_BIT_RATE}.
   */
  readonly bitRate?: number;
  /**
   * Largest file, in bytes. A larger one is made again at lower rates until it has `minBytes` to `maxBytes`.
   * `InputError('out-of-range')` where no rate gives so small a file.
   */
  readonly maxBytes?: number;
  /** Least size that lowering the rate aims at. Default 17/18 of `maxBytes`: of 18,431 bytes 17,408. */
  readonly minBytes?: number;
  /** Comment segments. Default none. */
  readonly comments?: readonly string[];
  /** The FBI's number of the software, 0 to 65,535. Default 0: not certified. */
  readonly software?: number;
  /** Analysis filters. Default the 9 and 7 taps that every certified encoder uses. */
  readonly filters?: WsqFilters;
  /** Quantised samples between restart markers, 1 to 65,535. Default: no restart markers. */
  readonly restartInterval?: number;
}

/** A compressed image. */
export interface EncodedWsq {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The bit rate that its bins were made for: lower than the one asked for where `maxBytes` made it so. */
  readonly bitRate: number;
}

/** Bits per pixel for German identity documents (BSI TR-03121-3, COM-FP-WSQR): about 15 to 1. */
export const DEFAULT_BIT_RATE = 0.75;

/** Number of the encoder algorithm in part 3 of the specification. */
const ENCODER = 2;

/**
 * Compresses a grey image with WSQ (FBI IAFIS-IC-0110 V3, encoder 2). Any size of 1 x 1 to 65,535 x 65,535
 * pixels; certified use is 500 ppi. Options outside their range are `InputError('out-of-range')` with the
 * option as path.
 */
export function encodeWsq(image: GreyImage, options: EncodeWsqOptions = {}): EncodedWsq {
  const { width, height, data } = greyImage(image);
  const { filters = STANDARD_FILTERS, bitRate = DEFAULT_BIT_RATE, restartInterval = 0 } = options;
  checkFilters(filters);
  checkOptions(options);
  const { plane, shift, scale } = normalised(width, height, data);
  const tree = subbandTree(width, height);
  analyse(plane, tree, filterBankOf(filters));
  const variances = subbandVariances(plane, tree);
  const frame: WsqFrame = {
    ...{ width, height, black: 0, white: 255, shift, scale },
    ...{ encoder: ENCODER, software: options.software ?? 0 },
  };
  const store = new TokenStore(Math.ceil(data.length / 4));
  const encodeAt = (rate: number): Uint8Array<ArrayBuffer> => {
    const quantisation = quantisationFor(variances, rate, (subband) => peakOf(plane, tree.subbands[subband]));
    store.length = 0;
    const [end1 = 0, end2 = 0] = quantise(plane, tree, quantisation, restartInterval, store);
    const blocks = [store.slice(0, end1), store.slice(end1, end2), store.slice(end2)] as const;
    // The first block has a code of its own, the two others share one.
    const codes = [
      huffmanCodeFor(countSymbols(blocks[0])),
      huffmanCodeFor(countSymbols(store.slice(end1))),
    ] as const;
    const writer = new SegmentWriter().marker(MARKER.startOfImage);
    for (const comment of options.comments ?? []) writer.comment(comment);
    writer.transformTable(filters).quantisationTable(quantisation);
    if (restartInterval > 0) writer.restartInterval(restartInterval);
    writer.frame(frame).huffmanTables(codes);
    writer.block(0, encodeBlock(blocks[0], codes[0]));
    writer.block(1, encodeBlock(blocks[1], codes[1]));
    writer.block(1, encodeBlock(blocks[2], codes[1]));
    return writer.marker(MARKER.endOfImage).toBytes();
  };
  const bytes = encodeAt(bitRate);
  const range = byteRange(options);
  return bytes.length <= range.maxBytes
    ? { bytes, bitRate }
    : rateWithin(range, encodeAt, { bytes, bitRate });
}

function checkOptions(options: EncodeWsqOptions): void {
  const {
    bitRate = DEFAULT_BIT_RATE,
    software = 0,
    restartInterval = 1,
    maxBytes = 1,
    minBytes = 1,
  } = options;
  const refuse = (path: string, message: string): never => {
    throw new InputError('out-of-range', message, { path });
  };
  if (!(bitRate > 0 && bitRate <= 8)) refuse('bitRate', 'a bit rate is above 0 to 8 bits per pixel');
  for (const [path, value] of Object.entries({ restartInterval, maxBytes, minBytes })) {
    if (!Number.isInteger(value) || value < 1) refuse(path, `${path} is a whole number above 0`);
  }
  if (restartInterval > 65_535) refuse('restartInterval', 'a restart interval is at most 65535 samples');
  if (!Number.isInteger(software) || software < 0 || software > 65_535) {
    refuse('software', "the software's number is 0 to 65535");
  }
  if (options.minBytes !== undefined && minBytes > (options.maxBytes ?? Infinity)) {
    refuse('minBytes', 'minBytes is not above maxBytes');
  }
}

function byteRange({ maxBytes = Infinity, minBytes }: EncodeWsqOptions): ByteRange {
  return { maxBytes, minBytes: minBytes ?? Math.ceil((maxBytes * 17) / 18) };
}

/** Pixels less their mean, so scaled that the farthest one is 128 away from it (IAFIS-IC-0110 V3, 5.1). */
function normalised(
  width: number,
  height: number,
  data: Uint8Array,
): { plane: Plane; shift: number; scale: number } {
  const histogram = histogramOf(data);
  const sum = histogram.reduce((total, count, pixel) => total + count * pixel, 0);
  const shift = sum / data.length;
  const farthest = Math.max(
    shift - histogram.findIndex((count) => count > 0),
    histogram.findLastIndex((count) => count > 0) - shift,
  );
  // An image of one grey has nothing to scale.
  const scale = farthest === 0 ? 1 : farthest / 128;
  const sampleOf = Float32Array.from({ length: 256 }, (_, pixel) => (pixel - shift) / scale);
  const samples = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 1) samples[at] = sampleOf[data[at] ?? 0] ?? 0;
  return { plane: { samples, stride: width }, shift, scale };
}

function histogramOf(data: Uint8Array): Uint32Array {
  // Four counters in turns: a processor waits where the same one is counted up twice in a row.
  const counters = new Uint32Array(1024);
  for (let at = 0; at < data.length; at += 1) {
    const counter = ((at & 3) << 8) | (data[at] ?? 0);
    counters[counter] = (counters[counter] ?? 0) + 1;
  }
  return counters.subarray(0, 256).map((count, pixel) => {
    return count + (counters[256 + pixel] ?? 0) + (counters[512 + pixel] ?? 0) + (counters[768 + pixel] ?? 0);
  });
}
