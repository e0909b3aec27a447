import { checkImageSize, greyImage, type DecodeLimits, type GreyImage } from '@buergerkoffer/formats';
import { ppiOf } from './nist-comment.js';
import { decodeBlocks } from './decode-blocks.js';
import { filterBankOf } from './filter-bank.js';
import type { Quantisation } from './quantisation.js';
import { readFile, type WsqFile } from './read-file.js';
import { BLOCK_STARTS, SUBBAND_COUNT, subbandTree, type Rectangle, type SubbandTree } from './subbands.js';
import { synthesise, type Plane } from './transform.js';

/** Pixels that a file of any size may have, and how many more for each of its bytes, unless the caller says otherwise. */
const FREE_PIXELS = 4 * 1024 * 1024;
const PIXELS_PER_BYTE = 128;

/**
 * Decompresses a WSQ file (FBI IAFIS-IC-0110 V3): any filters of 1 to 32 taps, with and without restart
 * markers. `resolutionPpi` is that of a NISTCOM comment. Bytes behind the end of the image are ignored.
 *
 * `limits.maxPixels` is by default 4 Mpx and 128 px for each byte of the file, so that a few bytes cannot ask for much
 * memory. Errors are `InputError` with offset: `truncated`, `malformed`, `missing`, `out-of-range`, `too-large`, `unsupported`.
 */
export function decodeWsq(bytes: Uint8Array, limits: DecodeLimits = {}): GreyImage & { readonly channels: 1 } {
  const file = readFile(bytes);
  const { width, height, shift, scale } = file.frame;
  const tree = subbandTree(width, height);
  checkImageSize(width, height, limits.maxPixels ?? FREE_PIXELS + PIXELS_PER_BYTE * bytes.length, file.sizeAt);
  const samples = readSamples(bytes, file, tree);
  const plane = { samples: new Float32Array(width * height), stride: width };
  dequantise(samples, file.quantisation, tree, plane);
  synthesise(plane, tree, filterBankOf(file.filters));
  const resolutionPpi = ppiOf(file.comments);
  return greyImage({ width, height, data: pixelsOf(plane, shift, scale), resolutionPpi });
}

/** The quantised samples of the file's coded subbands, subband by subband, row by row. */
export function readSamples(bytes: Uint8Array, file: WsqFile, { subbands }: SubbandTree): Int32Array {
  const blockEnds = [...BLOCK_STARTS.slice(1), SUBBAND_COUNT].map((end) =>
    codedSubbands(file.quantisation, subbands.slice(0, end)).reduce(
      (sum, { subband }) => sum + subband.width * subband.height,
      0,
    ),
  );
  return decodeBlocks(bytes, file.blocks, blockEnds);
}

interface CodedSubband {
  readonly subband: Rectangle;
  readonly binWidth: number;
  readonly zeroBinWidth: number;
}

function codedSubbands(quantisation: Quantisation, subbands: readonly Rectangle[]): readonly CodedSubband[] {
  return subbands
    .map((subband, index) => ({
      subband,
      binWidth: quantisation.binWidths[index] ?? 0,
      zeroBinWidth: quantisation.zeroBinWidths[index] ?? 0,
    }))
    .filter(({ binWidth }) => binWidth > 0);
}

/** Puts each whole number back where its bin is (IAFIS-IC-0110 V3, 5.5). */
function dequantise(
  samples: Int32Array,
  quantisation: Quantisation,
  { subbands }: SubbandTree,
  plane: Plane,
): void {
  let from = 0;
  for (const { subband, binWidth, zeroBinWidth } of codedSubbands(quantisation, subbands)) {
    const inner = zeroBinWidth / 2 - binWidth * quantisation.binCentre;
    for (let row = 0; row < subband.height; row += 1) {
      const start = (subband.top + row) * plane.stride + subband.left;
      for (let at = start; at < start + subband.width; at += 1) {
        const number = samples[from] ?? 0;
        from += 1;
        if (number === 0) continue;
        plane.samples[at] = number * binWidth + (number > 0 ? inner : -inner);
      }
    }
  }
}

function pixelsOf({ samples }: Plane, shift: number, scale: number): Uint8Array {
  const pixels = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) {
    const value = (samples[at] ?? 0) * scale + shift + 0.5;
    pixels[at] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return pixels;
}
