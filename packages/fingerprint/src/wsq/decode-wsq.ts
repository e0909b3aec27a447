import { checkImageSize, greyImage, type DecodeLimits, type GreyImage } from '@buergerkoffer/formats';
import { decodeBlocks } from './decode-blocks.js';
import { dequantise } from './dequantise.js';
import { filterBankOf } from './fastest-bank.js';
import { ppiOf } from './nist-comment.js';
import { readFile, type WsqFile } from './read-file.js';
import { BLOCK_STARTS, SUBBAND_COUNT, subbandTree, type SubbandTree } from './subbands.js';
import { synthesise } from './transform.js';

/**
 * Pixels that a file of any size may have, and how many more for each of its bytes, unless the caller says
 * otherwise.
 */
const FREE_PIXELS = 2 * 1024 * 1024;
const PIXELS_PER_BYTE = 64;

/**
 * Decompresses a WSQ file (FBI IAFIS-IC-0110 V3): any filters of 1 to 32 taps, with and without restart
 * markers. `resolutionPpi` is that of a NISTCOM comment. Bytes behind the end of the image are ignored.
 *
 * `limits.maxPixels` is by default 2 Mpx and 64 px for each byte of the file, so that a few bytes cannot ask
 * for much memory. Errors are `InputError` with offset: `truncated`, `malformed`, `missing`, `out-of-range`,
 * `too-large`, `unsupported`.
 */
export function decodeWsq(
  bytes: Uint8Array,
  limits: DecodeLimits = {},
): GreyImage & { readonly channels: 1 } {
  const file = readFile(bytes);
  const { width, height, shift, scale } = file.frame;
  const tree = subbandTree(width, height);
  checkImageSize(
    width,
    height,
    limits.maxPixels ?? FREE_PIXELS + PIXELS_PER_BYTE * bytes.length,
    file.sizeAt,
  );
  const tokens = readTokens(bytes, file, tree);
  const resolutionPpi = ppiOf(file.comments);
  return greyImage({
    width,
    height,
    data: pixelsOf(decodeSamples(tokens, file, tree), shift, scale),
    resolutionPpi,
  });
}

/** The samples of the image; a file without a coded subband is of one grey and needs no transform. */
function decodeSamples(
  tokens: Int32Array,
  { frame, filters, quantisation }: WsqFile,
  tree: SubbandTree,
): Float32Array {
  const samples = new Float32Array(frame.width * frame.height);
  if (tokens.length === 0) return samples;
  const plane = { samples, stride: frame.width };
  dequantise(tokens, quantisation, tree, plane);
  synthesise(plane, tree, filterBankOf(filters));
  return samples;
}

/** The tokens of a file, for all samples of its coded subbands. */
export function readTokens(
  bytes: Uint8Array,
  { blocks, quantisation }: WsqFile,
  { subbands }: SubbandTree,
): Int32Array {
  const sizes = subbands.map(({ width, height }, subband) =>
    (quantisation.binWidths[subband] ?? 0) > 0 ? width * height : 0,
  );
  const blockEnds = [...BLOCK_STARTS.slice(1), SUBBAND_COUNT].map((end) =>
    sizes.slice(0, end).reduce((sum, size) => sum + size, 0),
  );
  return decodeBlocks(bytes, blocks, blockEnds);
}

function pixelsOf(samples: Float32Array, shift: number, scale: number): Uint8Array {
  const pixels = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) {
    const value = (samples[at] ?? 0) * scale + shift + 0.5;
    pixels[at] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return pixels;
}
