import { boxBlur } from '../../minutiae/local-contrast.js';
import type { RidgeAnalysis } from '../../minutiae/ridge-analysis.js';
import { CELL } from '../../minutiae/ridge-direction.js';

/** What is known of a print cell by cell of its direction field, and of the whole print. */
export interface PrintPlanes {
  /** Logarithm of the power of the wave of the ridges. */
  readonly power: Float32Array;
  /** The same about 12 pixels (500 ppi) around. */
  readonly powerAround: Float32Array;
  /** Share of cells with ridges in the surroundings, near (12 pixels) and far (40 pixels at 500 ppi). */
  readonly ridgesNear: Float32Array;
  readonly ridgesFar: Float32Array;
  /** Logarithm of the height of the ridges in grey levels, squared, as a share of the high ones (90 % quantile). */
  readonly height: Float32Array;
  /** Share of cells with ridges of a fifth of that height in the surroundings, near and far as above. */
  readonly printNear: Float32Array;
  readonly printFar: Float32Array;
  /** Mean grey in the surroundings, in deviations of the print, and the logarithm of its deviation in those. */
  readonly grey: Float32Array;
  readonly contrast: Float32Array;
  /** Logarithm of the mean squared slope of the evened grey: high where it is rough; near and far as above. */
  readonly roughness: Float32Array;
  readonly roughnessAround: Float32Array;
  /** How much the direction of the ridges changes over two cells, 0 to 2. */
  readonly bend: Float32Array;
  /** Of the whole print. */
  readonly whole: {
    /** Logarithm of the power of the strong ridges (80 % quantile). */
    readonly strongPower: number;
    /** Cells with ridges: share of all, and logarithm of their number. */
    readonly ridgeShare: number;
    readonly ridgeArea: number;
    /** Logarithm of the squared height of the high ridges, and of the number of cells that reach a fifth of it. */
    readonly highRidges: number;
    readonly printArea: number;
    /** Mean coherence where there are ridges. */
    readonly coherence: number;
    /** Logarithm of the deviation of the grey. */
    readonly deviation: number;
  };
}

/** A cell is ridge when its wave has a tenth of the power of the strong ones (80 % quantile). */
const RIDGE_POWER_SHARE = 0.1;
/** A cell belongs to the print when its ridges have a fifth of the height of the high ones (90 % quantile). */
const PRINT_HEIGHT_SHARE = 0.04;
/** Keeps logarithms finite where there is nothing. */
const NOTHING = 1e-3;

/** Measures a print cell by cell. */
export function printPlanes({ working, even: evened, directions, phase }: RidgeAnalysis): PrintPlanes {
  const { columns, rows, coherence } = directions;
  const cells = columns * rows;
  const power = new Float32Array(cells);
  const sum = new Float32Array(cells);
  const squares = new Float32Array(cells);
  const pixels = new Float32Array(cells);
  const slopes = new Float32Array(cells);
  for (let y = 0, at = 0; y < working.height; y += 1) {
    const line = Math.floor(y / CELL) * columns;
    for (let x = 0; x < working.width; x += 1, at += 1) {
      const cell = line + Math.floor(x / CELL);
      const even = phase.even[at] ?? 0;
      const odd = phase.odd[at] ?? 0;
      const grey = working.grey[at] ?? 0;
      power[cell] = (power[cell] ?? 0) + even * even + odd * odd;
      sum[cell] = (sum[cell] ?? 0) + grey;
      squares[cell] = (squares[cell] ?? 0) + grey * grey;
      pixels[cell] = (pixels[cell] ?? 0) + 1;
      const [here, right, below] = [
        evened.grey[at] ?? 0,
        x + 1 < working.width ? at + 1 : at,
        at + working.width,
      ];
      const across = (evened.grey[right] ?? here) - here;
      const down = (evened.grey[below] ?? here) - here;
      slopes[cell] = (slopes[cell] ?? 0) + across * across + down * down;
    }
  }
  const blurred = (plane: Float32Array, radius: number): Float32Array =>
    boxBlur(plane, columns, rows, radius);
  const per = (plane: Float32Array): Float32Array => plane.map((value, cell) => value / (pixels[cell] ?? 1));
  const near = blurred(per(power), 1);
  const slope = blurred(per(slopes), 1);
  const strong = near.slice().sort()[Math.floor(0.8 * cells)] ?? 0;
  const isRidge = near.map((value) => (value > RIDGE_POWER_SHARE * strong ? 1 : 0));
  const means = per(sum);
  const mean = meanOf(means);
  const meanSquares = per(squares);
  const deviation = Math.sqrt(Math.max(meanOf(meanSquares) - mean * mean, NOTHING));
  const around = blurred(means, 3);
  const spread = blurred(meanSquares, 3);
  const variances = spread.map((value, cell) => Math.max(value - (around[cell] ?? 0) ** 2, NOTHING));
  const heights = near.map((value, cell) => value * (variances[cell] ?? 0));
  const high = heights.slice().sort()[Math.floor(0.9 * cells)] ?? 0;
  const isPrint = heights.map((value) => (value > PRINT_HEIGHT_SHARE * high ? 1 : 0));
  const printCells = isPrint.reduce((count, value) => count + value, 0);
  const ridgeCells = isRidge.reduce((count, value) => count + value, 0);
  return {
    power: near.map((value) => Math.log(value + NOTHING)),
    powerAround: blurred(near, 3).map((value) => Math.log(value + NOTHING)),
    ridgesNear: blurred(blurred(isRidge, 1), 1),
    ridgesFar: blurred(blurred(blurred(isRidge, 4), 4), 4),
    grey: around.map((value) => (value - mean) / deviation),
    height: heights.map((value) => Math.log(value / (high + NOTHING) + NOTHING)),
    printNear: blurred(blurred(isPrint, 2), 2),
    printFar: blurred(blurred(blurred(isPrint, 4), 4), 4),
    contrast: variances.map((value) => Math.log(value) / 2 - Math.log(deviation)),
    roughness: slope.map((value) => Math.log(value + NOTHING)),
    roughnessAround: blurred(slope, 3).map((value) => Math.log(value + NOTHING)),
    bend: bendOf(directions),
    whole: {
      strongPower: Math.log(strong + NOTHING),
      ridgeShare: ridgeCells / cells,
      ridgeArea: Math.log(ridgeCells + 1),
      highRidges: Math.log(high + NOTHING),
      printArea: Math.log(printCells + 1),
      coherence:
        coherence.reduce((all, value, cell) => all + value * (isRidge[cell] ?? 0), 0) / (ridgeCells + 1),
      deviation: Math.log(deviation),
    },
  };
}

function meanOf(plane: Float32Array): number {
  return plane.reduce((sum, value) => sum + value, 0) / plane.length;
}

function bendOf({ columns, rows, cos2, sin2, coherence }: RidgeAnalysis['directions']): Float32Array {
  const bend = new Float32Array(columns * rows);
  const turned = (cell: number, other: number): number => {
    const length = (coherence[cell] ?? 0) * (coherence[other] ?? 0);
    if (length <= 0) return 1;
    const product = (cos2[cell] ?? 0) * (cos2[other] ?? 0) + (sin2[cell] ?? 0) * (sin2[other] ?? 0);
    return 1 - product / length;
  };
  for (let row = 0, cell = 0; row < rows; row += 1) {
    const [above, below] = [Math.max(row - 1, 0) * columns, Math.min(row + 1, rows - 1) * columns];
    for (let column = 0; column < columns; column += 1, cell += 1) {
      const [left, right] = [Math.max(column - 1, 0), Math.min(column + 1, columns - 1)];
      bend[cell] =
        (turned(row * columns + left, row * columns + right) + turned(above + column, below + column)) / 2;
    }
  }
  return bend;
}
