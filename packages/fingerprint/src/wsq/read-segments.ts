import { ByteReader, InputError } from '@buergerkoffer/formats';
import { checkFilters, type WsqFilter, type WsqFilters } from './filters.js';
import { MAX_CODE_BITS, type HuffmanCode } from './huffman-code.js';
import type { WsqQuantisation } from './quantisation.js';
import { readScaled } from './scaled-number.js';
import { SUBBAND_COUNT } from './subbands.js';
import type { WsqFrame } from './write-segments.js';

/** Subbands that a quantisation table has entries for. */
const TABLE_SUBBANDS = 64;

/** Content of a frame header; a side of 0 is `InputError('out-of-range')`. */
export function readFrame(content: ByteReader): WsqFrame {
  const [black, white] = [content.u8(), content.u8()];
  const sizeAt = content.offset;
  const [height, width] = [content.u16(), content.u16()];
  if (width === 0 || height === 0) {
    throw new InputError('out-of-range', 'the sides of an image are 1 to 65535 pixels', { offset: sizeAt });
  }
  const [shift, scale] = [readScaled(content), readScaled(content)];
  return { width, height, black, white, shift, scale, encoder: content.u8(), software: content.u16() };
}

/** Content of a transform table. */
export function readFilters(content: ByteReader): WsqFilters {
  const at = content.offset;
  const [lowLength, highLength] = [content.u8(), content.u8()];
  const filters = { low: readFilter(content, lowLength), high: readFilter(content, highLength) };
  checkFilters(filters, at);
  return filters;
}

function readFilter(content: ByteReader, length: number): WsqFilter {
  const taps = Array.from({ length: Math.ceil(length / 2) }, () => {
    const isNegative = content.u8() !== 0;
    const exponent = content.u8();
    const amount = content.u32() / 10 ** exponent;
    return isNegative ? -amount : amount;
  });
  return { length, taps };
}

/** Content of a quantisation table. */
export function readQuantisation(content: ByteReader): WsqQuantisation {
  const binCentre = readScaled(content);
  const binWidths: number[] = [];
  const zeroBinWidths: number[] = [];
  for (let subband = 0; subband < TABLE_SUBBANDS; subband += 1) {
    const [width, zeroWidth] = [readScaled(content), readScaled(content)];
    if (subband >= SUBBAND_COUNT) continue;
    binWidths.push(width);
    zeroBinWidths.push(zeroWidth);
  }
  return { binCentre, binWidths, zeroBinWidths };
}

/** Content of a segment of Huffman tables, by number. */
export function readHuffmanCodes(content: ByteReader): ReadonlyMap<number, HuffmanCode> {
  const codes = new Map<number, HuffmanCode>();
  while (content.remaining > 0) {
    const at = content.offset;
    const table = content.u8();
    const counts = content.bytes(MAX_CODE_BITS).slice();
    checkCounts(counts, at);
    const symbols = content.bytes(counts.reduce((sum, count) => sum + count, 0)).slice();
    codes.set(table, { counts, symbols });
  }
  return codes;
}

/** More codes than their lengths leave room for are `InputError('malformed')`. */
function checkCounts(counts: Uint8Array, offset: number): void {
  let free = 1;
  for (const count of counts) {
    free = 2 * free - count;
    if (free < 0) throw new InputError('malformed', 'a Huffman table has too many codes', { offset });
  }
}
