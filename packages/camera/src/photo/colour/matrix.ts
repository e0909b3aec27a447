/** Three rows of three numbers. */
export type Matrix = readonly [Row, Row, Row];
/** Three numbers: of a row, or of a colour. */
export type Row = readonly [number, number, number];

/** `a` times `b`: what `b` does, then `a`. */
export function product(a: Matrix, b: Matrix): Matrix {
  return mapRows(a, (row) => [0, 1, 2].map((column) => dot(row, columnOf(b, column))));
}

/** The matrix times a colour. */
export function applied(matrix: Matrix, colour: Row): Row {
  return [dot(matrix[0], colour), dot(matrix[1], colour), dot(matrix[2], colour)];
}

/** The way back; the matrix must have one. */
export function inverted([a, b, c]: Matrix): Matrix {
  // The rows of the adjugate's transpose are the cross products of the rows.
  const [first, second, third] = [cross(b, c), cross(c, a), cross(a, b)];
  const volume = dot(a, first);
  const rows: Matrix = [first, second, third];
  return mapRows([0, 1, 2], (index) => columnOf(rows, index).map((value) => value / volume));
}

/** A matrix that scales the three numbers of a colour. */
export function diagonal([x, y, z]: Row): Matrix {
  return [
    [x, 0, 0],
    [0, y, 0],
    [0, 0, z],
  ];
}

/** The matrix whose columns these are. */
export function ofColumns(first: Row, second: Row, third: Row): Matrix {
  const rows: Matrix = [first, second, third];
  return [columnOf(rows, 0), columnOf(rows, 1), columnOf(rows, 2)];
}

function columnOf(matrix: Matrix, column: number): Row {
  return [matrix[0][column] ?? 0, matrix[1][column] ?? 0, matrix[2][column] ?? 0];
}

function mapRows<T>([a, b, c]: readonly [T, T, T], row: (of: T) => readonly number[]): Matrix {
  const toRow = ([x = 0, y = 0, z = 0]: readonly number[]): Row => [x, y, z];
  return [toRow(row(a)), toRow(row(b)), toRow(row(c))];
}

function dot(a: Row, b: Row): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Row, b: Row): Row {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
