import type { RidgeBlocks } from './ridge-blocks.js';

const DEGREE = Math.PI / 180;
/** Turns of the ridge flow up to this are natural. */
const LEAST_TURN = 4 * DEGREE;
const TURN_RANGE = (90 - 4) * DEGREE;
const FULL_TURN = DEGREE * 360;

/**
 * How much the ridges turn from a foreground block to its eight neighbours, all of them foreground: mean
 * difference of the orientation above 4 degrees, relative to 86 (ISO/IEC 29794-4:2024, OFL).
 */
export function flowTurns(blocks: RidgeBlocks): readonly number[] {
  const { columns, rows } = blocks;
  const turns: number[] = [];
  for (let row = 1; row < rows - 1; row += 1) {
    for (let column = 1; column < columns - 1; column += 1) {
      if (!isSurrounded(blocks, column, row)) continue;
      const turn = meanTurn(blocks, column, row);
      if (turn > LEAST_TURN) turns.push((turn - LEAST_TURN) / TURN_RANGE);
    }
  }
  return turns;
}

function isSurrounded({ columns, isForeground }: RidgeBlocks, column: number, row: number): boolean {
  for (let y = row - 1; y <= row + 1; y += 1) {
    for (let x = column - 1; x <= column + 1; x += 1) {
      if (isForeground[y * columns + x] !== 1) return false;
    }
  }
  return true;
}

function meanTurn({ columns, orientation }: RidgeBlocks, column: number, row: number): number {
  const own = orientation[row * columns + column] ?? 0;
  const turnTo = (i: number): number => {
    const at = (row + Math.floor(i / 3) - 1) * columns + column + (i % 3) - 1;
    const difference = Math.abs(own - (orientation[at] ?? 0));
    return Math.min(difference, FULL_TURN - difference);
  };
  // OpenCV adds four at a time.
  const first = turnTo(0) + turnTo(1) + turnTo(2) + turnTo(3);
  const second = turnTo(4) + turnTo(5) + turnTo(6) + turnTo(7);
  return (first + second + turnTo(8)) / 8;
}
