import { greyImage, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import type { PixelArea, PixelSource } from '../pixel-source.js';
import { readBaselineScan, type BaselineScan, type ScanComponent } from './baseline-scan.js';
import { CoefficientRows, DamagedScan } from './coefficient-rows.js';
import { entropyBits, type EntropyBits } from './entropy-bits.js';
import { inverseDct } from './inverse-dct.js';
import { greyOfPlane, rgbOfPlanes, type Plane } from './planes.js';
import { KEPT_SIDE, reducedDct, type ReducedSide } from './reduced-dct.js';

/**
 * The picture of a baseline JPEG whose data was read once from end to end; pixels are made where they are asked for. Reading
 * the data again from the row where the wanted ones begin costs less than keeping all coefficients.
 */
export class JpegPixels implements PixelSource {
  readonly #scan: BaselineScan;
  readonly #rows: CoefficientRows;
  /** The 4 x 4 lowest coefficients of every block of each component, times their factors. */
  readonly #kept: readonly Int16Array[];

  /**
   * Reads all of a JPEG that `readJpegInfo` has walked through, `bytes` ending with its EOI. `undefined` where it is not
   * baseline, grey or YCbCr in one scan, or anything about its data is odd: another decoder judges that.
   */
  static open(bytes: Uint8Array): JpegPixels | undefined {
    const scan = readBaselineScan(bytes);
    const bits = scan === undefined ? undefined : entropyBits(scan.data);
    if (scan === undefined || bits === undefined) return undefined;
    try {
      return new JpegPixels(scan, bits);
    } catch (error) {
      if (error instanceof DamagedScan) return undefined;
      throw error;
    }
  }

  private constructor(scan: BaselineScan, bits: EntropyBits) {
    this.#scan = scan;
    this.#rows = new CoefficientRows(scan, bits);
    const { count, blocks } = this.#rows;
    this.#kept = blocks.map((row) => new Int16Array((row.length / 4) * count));
    for (let row = 0; row < count; row += 1) {
      this.#rows.read(row);
      scan.components.forEach(({ factors }, part) => {
        keep(blocks[part] ?? NOTHING, factors, this.#kept[part] ?? NOTHING, row);
      });
    }
  }

  whole(): DecodedImage {
    const { width, height } = this.#scan;
    return this.part({ left: 0, top: 0, width, height });
  }

  part(area: PixelArea): DecodedImage {
    const { width, height, components } = this.#scan;
    const [unitWidth, unitHeight] = [8 * this.#most('across'), 8 * this.#most('down')];
    const columns = unitsOf(area.left, area.width, unitWidth, this.#rows.unitsAcross);
    const rows = unitsOf(area.top, area.height, unitHeight, this.#rows.count);
    const planes = components.map((component) => {
      const [across, down] = [this.#most('across') / component.across, this.#most('down') / component.down];
      return emptyPlane({
        left: columns.from * component.across * 8,
        top: rows.from * component.down * 8,
        width: (columns.to - columns.from) * component.across * 8,
        height: (rows.to - rows.from) * component.down * 8,
        ...{ across, down },
        lastColumn: Math.ceil(width / across) - 1,
        lastRow: Math.ceil(height / down) - 1,
      });
    });
    for (let row = rows.from; row < rows.to; row += 1) {
      this.#rows.read(row);
      components.forEach((component, part) => {
        this.#fill(component, part, row, planes[part]);
      });
    }
    return imageOf(planes, area);
  }

  reduced(eighths: ReducedSide): DecodedImage {
    const width = Math.max(1, Math.floor((this.#scan.width * eighths) / 8));
    const height = Math.max(1, Math.floor((this.#scan.height * eighths) / 8));
    const planes = this.#scan.components.map((component, part) => {
      const across = reducedSide(eighths, this.#most('across') / component.across);
      const down = reducedSide(eighths, this.#most('down') / component.down);
      const perRow = this.#rows.unitsAcross * component.across;
      const plane = emptyPlane({
        ...{ left: 0, top: 0 },
        width: perRow * across.side,
        height: this.#rows.count * component.down * down.side,
        across: across.covers,
        down: down.covers,
        lastColumn: Math.ceil(width / across.covers) - 1,
        lastRow: Math.ceil(height / down.covers) - 1,
      });
      const kept = this.#kept[part] ?? NOTHING;
      for (let at = 0, block = 0; at < kept.length; at += KEPT, block += 1) {
        const place = Math.floor(block / perRow) * down.side * plane.width + (block % perRow) * across.side;
        reducedDct(kept, at, across.side, down.side, plane.data, place, plane.width);
      }
      return plane;
    });
    return imageOf(planes, { left: 0, top: 0, width, height });
  }

  /** The samples of the row of units that was read, where the plane has them. */
  #fill(component: ScanComponent, part: number, row: number, plane: Plane | undefined): void {
    const blocks = this.#rows.blocks[part];
    if (blocks === undefined || plane === undefined) return;
    const perRow = this.#rows.unitsAcross * component.across;
    const first = plane.left / 8;
    for (let y = 0; y < component.down; y += 1) {
      const top = (row * component.down + y) * 8 - plane.top;
      for (let x = 0; x < plane.width / 8; x += 1) {
        const at = (y * perRow + first + x) * 64;
        inverseDct(blocks, at, component.factors, plane.data, top * plane.width + x * 8, plane.width);
      }
    }
  }

  /** Blocks of the largest component in a unit of the scan. */
  #most(direction: 'across' | 'down'): number {
    return Math.max(...this.#scan.components.map((component) => component[direction]));
  }
}

const NOTHING = new Int16Array(0);
const KEPT = KEPT_SIDE * KEPT_SIDE;

/** Keeps the lowest coefficients of a row of blocks. */
function keep(blocks: Int16Array, factors: Int32Array, kept: Int16Array, row: number): void {
  let to = row * (blocks.length / 64) * KEPT;
  for (let at = 0; at < blocks.length; at += 64) {
    for (let place = 0; place < 8 * KEPT_SIDE; place += 8) {
      for (let index = place; index < place + KEPT_SIDE; index += 1, to += 1)
        kept[to] = (blocks[at + index] ?? 0) * (factors[index] ?? 0);
    }
  }
}

/** Samples a side of a reduced block that covers `share` pixels for each of them: as many as pixels where they are kept. */
function reducedSide(
  eighths: ReducedSide,
  share: number,
): { readonly side: ReducedSide; readonly covers: number } {
  if (share === 2 && eighths === 1) return { side: 2, covers: 1 };
  if (share === 2 && eighths === 2) return { side: 4, covers: 1 };
  return { side: eighths, covers: share };
}

/**
 * The units in which pixels lie from `start` on; one sample of colour more on each side, which the outermost are mixed
 * with.
 */
function unitsOf(
  start: number,
  length: number,
  size: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor((start - 2) / size));
  return { from, to: Math.min(count, Math.ceil((start + length + 2) / size)) };
}

function emptyPlane(fields: Omit<Plane, 'data'>): Plane {
  return { ...fields, data: new Uint8ClampedArray(fields.width * fields.height) };
}

function imageOf(planes: readonly Plane[], area: PixelArea): DecodedImage {
  const [luma, blue, red] = planes;
  const { width, height } = area;
  if (luma === undefined) return greyImage({ width, height });
  if (blue === undefined || red === undefined)
    return greyImage({ width, height, data: greyOfPlane(luma, area) });
  return rgbImage({ width, height, data: rgbOfPlanes([luma, blue, red], area) });
}
