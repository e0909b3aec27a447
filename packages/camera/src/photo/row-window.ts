import type { DecodedImage } from '@buergerkoffer/formats';
import type { Affine } from './affine.js';
import type { HeldRows } from './filter-columns.js';
import { filterGreyRow, filterRgbRow } from './filter-rows.js';
import { filterBank, type FilterBank } from './lanczos.js';

/**
 * Rows of the source, resampled to the columns of the picture: place (p, y) is where column p of the picture crosses
 * row y of the source. Only those are held that the rows of the picture at hand need, which spares most of the memory.
 */
export class RowWindow implements HeldRows {
  /** Row of the source that is counted as row 0 here. */
  readonly first: number;
  readonly last: number;
  from = 0;
  data = new Float32Array(0);
  readonly #source: DecodedImage;
  readonly #map: Affine;
  readonly #bank: FilterBank;
  readonly #stepX: number;
  readonly #stride: number;
  /** One row of the source as numbers that are reckoned with: each is read several times. */
  readonly #line: Float64Array;
  #to = 0;

  constructor(source: DecodedImage, map: Affine, columns: number, rows: number) {
    const { width, height, channels } = source;
    this.#source = source;
    this.#map = map;
    this.#stepX = map.a - (map.b * map.d) / map.e;
    this.#bank = filterBank(Math.abs(this.#stepX));
    this.#stride = columns * channels;
    this.#line = new Float64Array(width * channels);
    const reach = filterBank(Math.abs(map.e)).taps + 1;
    const edges = [
      map.f,
      map.f + map.d * columns,
      map.f + map.e * rows,
      map.f + map.d * columns + map.e * rows,
    ];
    this.first = Math.max(0, Math.floor(Math.min(...edges)) - reach);
    this.last = Math.max(1, Math.min(height, Math.ceil(Math.max(...edges)) + reach) - this.first) - 1;
  }

  /** Holds the rows between two places; both only ever move down. */
  moveTo(low: number, high: number): void {
    const from = Math.min(this.last, Math.max(0, Math.floor(low)));
    const to = Math.min(this.last, Math.max(0, Math.ceil(high))) + 1;
    if (to <= this.#to) return;
    if ((to - this.from) * this.#stride > this.data.length) this.#drop(from, to);
    for (let row = Math.max(this.#to, from); row < to; row += 1) this.#make(row);
    this.#to = to;
  }

  /** Drops what lies before row `from`, and has room for as much again as is needed now. */
  #drop(from: number, to: number): void {
    const kept = this.data.subarray(
      (from - this.from) * this.#stride,
      Math.max(0, this.#to - this.from) * this.#stride,
    );
    const size = 2 * (to - from) * this.#stride;
    if (size > this.data.length) {
      const larger = new Float32Array(size);
      larger.set(kept);
      this.data = larger;
    } else this.data.set(kept);
    this.from = from;
  }

  #make(row: number): void {
    const { width, height, channels, data } = this.#source;
    const y = Math.min(height - 1, this.first + row);
    const startX = this.#map.c + this.#stepX / 2 + (this.#map.b / this.#map.e) * (y + 0.5 - this.#map.f);
    this.#line.set(data.subarray(y * width * channels, (y + 1) * width * channels));
    const at = (row - this.from) * this.#stride;
    const to = this.data.subarray(at, at + this.#stride);
    if (channels === 3) filterRgbRow(this.#line, to, startX, this.#stepX, this.#bank);
    else filterGreyRow(this.#line, to, startX, this.#stepX, this.#bank);
  }
}
