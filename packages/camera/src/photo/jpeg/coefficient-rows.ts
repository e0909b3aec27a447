import type { BaselineScan, ScanComponent } from './baseline-scan.js';
import type { EntropyBits } from './entropy-bits.js';
import { END_OF_BLOCK, LOOKED_UP_BITS, signed, stepsOf, type HuffmanTable } from './huffman-table.js';
import { ZIGZAG } from './zigzag.js';

/** Largest number of bits that a value of 8-bit baseline has. */
const MAX_SIZE = 11;

/** What is wrong with the data of a scan; the file is given to another decoder, which says so. */
export class DamagedScan extends Error {}

/** The coefficients of one row of units, and where the next row begins. */
export class CoefficientRows {
  readonly unitsAcross: number;
  readonly count: number;
  /**
   * For each component the blocks of the row that was read last: 64 coefficients each, not yet multiplied by their
   * factors; blocks from left to right, rows of blocks from top to bottom.
   */
  readonly blocks: readonly Int16Array[];
  readonly #scan: BaselineScan;
  readonly #bits: EntropyBits;
  /** Bit at which each row begins, and what DC values are counted from there. */
  readonly #starts: Int32Array;
  readonly #means: Int32Array;
  #known = 1;
  #position = 0;
  readonly #mean: Int32Array;

  constructor(scan: BaselineScan, bits: EntropyBits) {
    const across = Math.max(...scan.components.map((component) => component.across));
    const down = Math.max(...scan.components.map((component) => component.down));
    this.#scan = scan;
    this.#bits = bits;
    this.unitsAcross = Math.ceil(scan.width / (8 * across));
    this.count = Math.ceil(scan.height / (8 * down));
    this.blocks = scan.components.map(
      (component) => new Int16Array(component.across * component.down * this.unitsAcross * 64),
    );
    this.#starts = new Int32Array(this.count + 1);
    this.#means = new Int32Array((this.count + 1) * scan.components.length);
    this.#mean = new Int32Array(scan.components.length);
    const units = this.unitsAcross * this.count;
    const intervals = scan.restartInterval === 0 ? 1 : Math.ceil(units / scan.restartInterval);
    if (bits.bounds.length !== intervals + 1)
      throw new DamagedScan('restart markers are missing or too many');
  }

  /** Reads a row of units into {@link blocks}: any that was read before, or the first that was not. */
  read(row: number): void {
    const { components, restartInterval } = this.#scan;
    if (row >= this.#known) throw new RangeError('rows are read in their order the first time');
    this.#position = this.#starts[row] ?? 0;
    const parts = components.length;
    this.#mean.set(this.#means.subarray(row * parts, (row + 1) * parts));
    for (const block of this.blocks) block.fill(0);
    for (let unit = 0; unit < this.unitsAcross; unit += 1) {
      const index = row * this.unitsAcross + unit;
      if (restartInterval > 0 && index > 0 && index % restartInterval === 0)
        this.#restart(index / restartInterval);
      for (let part = 0; part < parts; part += 1) {
        const component = components[part];
        const blocks = this.blocks[part];
        if (component !== undefined && blocks !== undefined) this.#readUnit(component, part, unit, blocks);
      }
    }
    if (this.#position > this.#bits.data.length * 8) throw new DamagedScan('the data ends too soon');
    if (row + 1 === this.count) this.#checkEnd(this.#bits.bounds.length - 1);
    if (row + 1 < this.#known) return;
    this.#known = row + 2;
    this.#starts[row + 1] = this.#position;
    this.#means.set(this.#mean, (row + 1) * parts);
  }

  #readUnit({ across, down, dc, ac }: ScanComponent, part: number, unit: number, blocks: Int16Array): void {
    for (let y = 0; y < down; y += 1) {
      for (let x = 0; x < across; x += 1) {
        const at = ((y * this.unitsAcross + unit) * across + x) * 64;
        const difference = this.#difference(dc);
        const mean = (this.#mean[part] ?? 0) + difference;
        this.#mean[part] = mean;
        blocks[at] = mean;
        this.#position = readAc(this.#bits.data, this.#position, ac, blocks, at);
      }
    }
  }

  #difference(dc: HuffmanTable): number {
    const next = bitsAt(this.#bits.data, this.#position);
    const entry = dc.quick[next >>> (32 - LOOKED_UP_BITS)] ?? 0;
    const steps = (entry >> 8) & 127;
    if (steps === 1 || steps === END_OF_BLOCK) {
      this.#position += entry & 255;
      return entry >> 16;
    }
    const { symbol, length } = symbolOf(next >>> 16, dc);
    if (symbol > MAX_SIZE) throw new DamagedScan('a DC value of too many bits');
    this.#position += length;
    const value = symbol === 0 ? 0 : bitsAt(this.#bits.data, this.#position) >>> (32 - symbol);
    this.#position += symbol;
    return signed(value, symbol);
  }

  /** The restart marker before interval `index` stands right behind the data, filled up to a whole byte. */
  #restart(index: number): void {
    this.#checkEnd(index);
    this.#position = (this.#bits.bounds[index] ?? 0) * 8;
    this.#mean.fill(0);
  }

  #checkEnd(interval: number): void {
    if ((this.#position + 7) >> 3 !== this.#bits.bounds[interval])
      throw new DamagedScan('the data of an interval has another length');
  }
}

/** Reads the 63 AC values of the block at `at`; answers with the bit behind them. */
function readAc(
  data: Uint8Array,
  position: number,
  table: HuffmanTable,
  blocks: Int16Array,
  at: number,
): number {
  const { quick } = table;
  for (let place = 0; place < 63;) {
    const next = bitsAt(data, position);
    const entry = quick[next >>> (32 - LOOKED_UP_BITS)] ?? 0;
    let steps = (entry >> 8) & 127;
    let value = entry >> 16;
    if (entry === 0) {
      const { symbol, length } = symbolOf(next >>> 16, table);
      const size = symbol & 15;
      steps = stepsOf(symbol) ?? 127;
      position += length;
      value = size === 0 ? 0 : signed(bitsAt(data, position) >>> (32 - size), size);
      position += size;
    } else position += entry & 255;
    if (steps === END_OF_BLOCK) return position;
    place += steps;
    if (place > 63) throw new DamagedScan('a block has more than 64 coefficients');
    blocks[at + (ZIGZAG[place] ?? 0)] = value;
  }
  return position;
}

/** At least 25 bits from bit `position` on, the first one uppermost. */
function bitsAt(data: Uint8Array, position: number): number {
  const at = position >> 3;
  const four =
    ((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0);
  return four << (position & 7);
}

/** The symbol whose code the 16 bits begin with. */
function symbolOf(
  bits: number,
  { limits, offsets, symbols }: HuffmanTable,
): { symbol: number; length: number } {
  for (let length = 1; length <= 16; length += 1) {
    if (bits < (limits[length] ?? -1)) {
      return { symbol: symbols[(bits >> (16 - length)) + (offsets[length] ?? 0)] ?? 0, length };
    }
  }
  throw new DamagedScan('bits that are no code');
}
