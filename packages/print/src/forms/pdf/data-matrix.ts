import { InputError } from '@buergerkoffer/formats';

/** Square symbols of one block (ISO/IEC 16022, table 7): modules a side, data and error correction codewords, regions a side. */
const SYMBOLS: readonly (readonly [side: number, data: number, correction: number, regions: number])[] = [
  [10, 3, 5, 1],
  [12, 5, 7, 1],
  [14, 8, 10, 1],
  [16, 12, 12, 1],
  [18, 18, 14, 1],
  [20, 22, 18, 1],
  [22, 30, 20, 1],
  [24, 36, 24, 1],
  [26, 44, 28, 1],
  [32, 62, 36, 2],
  [36, 86, 42, 2],
  [40, 114, 48, 2],
  [44, 144, 56, 2],
  [48, 174, 68, 2],
];
const PAD = 129;
/** Of the field of 256 elements that codewords are computed in. */
const POLYNOMIAL = 0x12d;

/** Rows of modules from the top; true is dark. The quiet zone of one module is not part of it. */
export type Modules = readonly (readonly boolean[])[];

/**
 * The text as a Data Matrix (ISO/IEC 16022, ECC 200) in the smallest square symbol.
 * @throws InputError `unsupported` for characters outside ASCII, `too-large` beyond 174 codewords.
 */
export function dataMatrix(text: string): Modules {
  const codewords = asciiCodewords(text);
  const symbol = SYMBOLS.find(([, data]) => codewords.length <= data);
  if (symbol === undefined) throw new InputError('too-large', 'the text is too long for a Data Matrix');
  const [side, data, correction, regions] = symbol;
  const padded = pad(codewords, data);
  const inner = side - 2 * regions;
  return framed(placed([...padded, ...correctionOf(padded, correction)], inner), side, regions);
}

/** Two digits share a codeword, any other character has its own (5.2.3). */
function asciiCodewords(text: string): number[] {
  return [...text.matchAll(/\d\d|[\s\S]/gu)].map(([piece]) => {
    if (piece.length === 2) return 130 + Number(piece);
    const code = piece.charCodeAt(0);
    if (code > 127) throw new InputError('unsupported', 'the Data Matrix takes ASCII only');
    return code + 1;
  });
}

/** The first pad is plain, the others are scrambled by their place (5.2.3, 253-state). */
function pad(codewords: readonly number[], length: number): number[] {
  const padded = [...codewords];
  while (padded.length < length) {
    const scrambled = PAD + ((149 * (padded.length + 1)) % 253) + 1;
    padded.push(padded.length === codewords.length ? PAD : scrambled > 254 ? scrambled - 254 : scrambled);
  }
  return padded;
}

/** Reed-Solomon codewords of a block: the remainder by the product of (x - 2^i), i from 1 (5.6, annex E). */
function correctionOf(data: readonly number[], count: number): number[] {
  let generator = [1];
  for (let root = 1, power = 1; root <= count; root++) {
    power = times(power, 2);
    const shifted = [...generator, 0];
    for (const [index, coefficient] of generator.entries()) {
      shifted[index + 1] = (shifted[index + 1] ?? 0) ^ times(coefficient, power);
    }
    generator = shifted;
  }
  const remainder = new Array<number>(count).fill(0);
  for (const codeword of data) {
    const factor = codeword ^ (remainder.shift() ?? 0);
    remainder.push(0);
    for (let at = 0; at < count; at++) {
      remainder[at] = (remainder[at] ?? 0) ^ times(generator[at + 1] ?? 0, factor);
    }
  }
  return remainder;
}

/** Product in the field of 256 elements. */
function times(a: number, b: number): number {
  let product = 0;
  for (let x = a, y = b; y > 0; y >>= 1) {
    if ((y & 1) === 1) product ^= x;
    x = x << 1 >= 256 ? (x << 1) ^ POLYNOMIAL : x << 1;
  }
  return product;
}

/** Rows of the eight modules of a codeword from the module at its lower right corner: up and to the left (figure 5). */
const UTAH = [
  [-2, -2],
  [-2, -1],
  [-1, -2],
  [-1, -1],
  [-1, 0],
  [0, -2],
  [0, -1],
  [0, 0],
] as const;

/** Codewords as modules of the symbol without finder patterns (annex F): along diagonals, broken at the corners. */
function placed(codewords: readonly number[], side: number): boolean[][] {
  const modules: (boolean | undefined)[][] = Array.from({ length: side }, () =>
    new Array<boolean | undefined>(side).fill(undefined),
  );
  let next = 0;
  const set = (row: number, column: number, bit: number): void => {
    let [y, x] = [row, column];
    if (y < 0) [y, x] = [y + side, x + 4 - ((side + 4) % 8)];
    if (x < 0) [y, x] = [y + 4 - ((side + 4) % 8), x + side];
    const line = modules[y];
    if (line !== undefined) line[x] = (((codewords[next] ?? 0) >> (7 - bit)) & 1) === 1;
  };
  const setAll = (places: readonly (readonly [number, number])[]): void => {
    for (const [bit, [row, column]] of places.entries()) set(row, column, bit);
    next += 1;
  };
  const utah = (row: number, column: number): void => {
    if (row < 0 || row >= side || column < 0 || column >= side) return;
    if (modules[row]?.[column] === undefined) setAll(UTAH.map(([up, left]) => [row + up, column + left]));
  };
  let row = 4;
  let column = 0;
  while (row < side || column < side) {
    const corner = cornerAt(row, column, side);
    if (corner !== undefined) setAll(corner);
    for (; row >= 0 && column < side; row -= 2, column += 2) utah(row, column);
    row += 1;
    column += 3;
    for (; row < side && column >= 0; row += 2, column -= 2) utah(row, column);
    row += 3;
    column += 1;
  }
  const last = side - 1;
  if (modules[last]?.[last] === undefined) {
    setDark(modules, last, last);
    setDark(modules, last - 1, last - 1);
  }
  return modules.map((line) => Array.from(line, (dark) => dark === true));
}

function setDark(modules: (boolean | undefined)[][], row: number, column: number): void {
  const line = modules[row];
  if (line !== undefined) line[column] = true;
}

/** Where a codeword goes that the diagonal cannot hold (figures F.3 to F.6). */
function cornerAt(
  row: number,
  column: number,
  side: number,
): readonly (readonly [number, number])[] | undefined {
  const [a, b, c, d] = [side - 1, side - 2, side - 3, side - 4];
  const down = [
    [1, a],
    [2, a],
    [3, a],
  ] as const;
  if (column === 0 && row === side) return [[a, 0], [a, 1], [a, 2], [0, b], [0, a], ...down];
  if (column === 0 && row === b && side % 4 !== 0) {
    return [
      [c, 0],
      [b, 0],
      [a, 0],
      [0, d],
      [0, c],
      [0, b],
      [0, a],
      [1, a],
    ];
  }
  if (column === 0 && row === b && side % 8 === 4) return [[c, 0], [b, 0], [a, 0], [0, b], [0, a], ...down];
  if (column === 2 && row === side + 4 && side % 8 === 0) {
    return [
      [a, 0],
      [a, a],
      [0, c],
      [0, b],
      [0, a],
      [1, c],
      [1, b],
      [1, a],
    ];
  }
  return undefined;
}

/** Each region in its finder: solid to the left and below, broken above and to the right (5.7). */
function framed(inner: readonly (readonly boolean[])[], side: number, regions: number): Modules {
  const region = side / regions;
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (__, column) => {
      const [y, x] = [row % region, column % region];
      if (x === 0 || y === region - 1) return true;
      if (y === 0) return x % 2 === 0;
      if (x === region - 1) return y % 2 === 1;
      const before = (at: number): number => at - 1 - 2 * Math.floor(at / region);
      return inner[before(row)]?.[before(column)] ?? false;
    }),
  );
}

/** The dark modules of a row that touch each other, each stretch once. */
export function darkRuns(line: readonly boolean[]): { readonly begin: number; readonly length: number }[] {
  const runs: { begin: number; length: number }[] = [];
  for (const [column, dark] of line.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last !== undefined && last.begin + last.length === column) last.length += 1;
    else runs.push({ begin: column, length: 1 });
  }
  return runs;
}
