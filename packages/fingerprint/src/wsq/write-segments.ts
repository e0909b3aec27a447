import { ByteWriter, InputError } from '@buergerkoffer/formats';
import type { WsqFilter, WsqFilters } from './filters.js';
import type { HuffmanCode } from './huffman-code.js';
import { MARKER } from './markers.js';
import type { WsqQuantisation } from './quantisation.js';
import { writeScaled } from './scaled-number.js';

/** Subbands that a quantisation table has entries for; the last four are never coded. */
const TABLE_SUBBANDS = 64;

/** What the frame header says (IAFIS-IC-0110 V3, B.2.2). */
export interface WsqFrame {
  readonly width: number;
  readonly height: number;
  /** Value of a black pixel in the source. */
  readonly black: number;
  /** Value of a white pixel in the source. */
  readonly white: number;
  /** Subtracted from each pixel before the transform, M. */
  readonly shift: number;
  /** Divides each pixel after that, R. */
  readonly scale: number;
  /** Number of the encoder algorithm; every encoder since 1997 writes 2. */
  readonly encoder: number;
  /** Number under which the FBI certified the encoder's software; 0 without a certificate. */
  readonly software: number;
}

/** Writes segments one after the other; each has its marker, its length and its content. */
export class SegmentWriter {
  readonly #out = new ByteWriter();

  /** A marker that stands alone. */
  marker(code: number): this {
    this.#out.u8(0xff).u8(code);
    return this;
  }

  /** A comment, as UTF-8; more than 65,533 bytes are `InputError('too-large')`. */
  comment(text: string): this {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > 65_533) {
      throw new InputError('too-large', 'a comment has at most 65533 bytes', { path: 'comments' });
    }
    return this.#segment(MARKER.comment, (content) => content.bytes(bytes));
  }

  transformTable({ low, high }: WsqFilters): this {
    return this.#segment(MARKER.transformTable, (content) => {
      content.u8(low.length).u8(high.length);
      writeTaps(content, low);
      writeTaps(content, high);
    });
  }

  quantisationTable({ binCentre, binWidths, zeroBinWidths }: WsqQuantisation): this {
    return this.#segment(MARKER.quantisationTable, (content) => {
      writeScaled(content, binCentre);
      for (let subband = 0; subband < TABLE_SUBBANDS; subband += 1) {
        writeScaled(content, binWidths[subband] ?? 0);
        writeScaled(content, zeroBinWidths[subband] ?? 0);
      }
    });
  }

  restartInterval(samples: number): this {
    return this.#segment(MARKER.restartInterval, (content) => content.u16(samples));
  }

  frame(frame: WsqFrame): this {
    return this.#segment(MARKER.startOfFrame, (content) => {
      content.u8(frame.black).u8(frame.white).u16(frame.height).u16(frame.width);
      writeScaled(content, frame.shift);
      writeScaled(content, frame.scale);
      content.u8(frame.encoder).u16(frame.software);
    });
  }

  /** All tables in one segment, numbered from 0. */
  huffmanTables(codes: readonly HuffmanCode[]): this {
    return this.#segment(MARKER.huffmanTables, (content) => {
      codes.forEach((code, table) => content.u8(table).bytes(code.counts).bytes(code.symbols));
    });
  }

  block(table: number, coded: Uint8Array): this {
    this.#segment(MARKER.startOfBlock, (content) => content.u8(table));
    this.#out.bytes(coded);
    return this;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#out.toBytes();
  }

  #segment(code: number, write: (content: ByteWriter) => void): this {
    const content = new ByteWriter();
    write(content);
    this.#out
      .u8(0xff)
      .u8(code)
      .u16(content.length + 2)
      .bytes(content.toBytes());
    return this;
  }
}

/** A sign, a decimal exponent and 32 bits for each tap. */
function writeTaps(content: ByteWriter, filter: WsqFilter): void {
  for (const tap of filter.taps) {
    const amount = Math.abs(tap);
    let exponent = 0;
    if (amount > 0) {
      while (exponent < 255 && Math.round(amount * 10 ** (exponent + 1)) <= 0xffff_ffff) exponent += 1;
    }
    content
      .u8(tap < 0 ? 1 : 0)
      .u8(exponent)
      .u32(Math.round(amount * 10 ** exponent));
  }
}
