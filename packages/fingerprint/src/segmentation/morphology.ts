/** Square of the distance to the nearest cell with `mask` equal to `target`, in cells; outside of the image there is none. */
export function squaredDistances(
  mask: Uint8Array,
  columns: number,
  rows: number,
  target: 0 | 1,
): Float32Array {
  const far = columns * columns + rows * rows;
  const vertical = new Float32Array(mask.length);
  for (let column = 0; column < columns; column += 1) {
    let distance = Infinity;
    for (let row = 0; row < rows; row += 1) {
      distance = mask[row * columns + column] === target ? 0 : distance + 1;
      vertical[row * columns + column] = distance;
    }
    distance = Infinity;
    for (let row = rows - 1; row >= 0; row -= 1) {
      const at = row * columns + column;
      distance = mask[at] === target ? 0 : distance + 1;
      vertical[at] = Math.min(vertical[at] ?? 0, distance) ** 2;
    }
  }
  const result = new Float32Array(mask.length);
  const envelope = { vertices: new Int32Array(columns), starts: new Float64Array(columns) };
  for (let row = 0; row < rows; row += 1)
    lowerEnvelope(vertical, result, row * columns, columns, far, envelope);
  return result;
}

/** The parabolas of one row that are the lowest somewhere, and from where on. */
interface Envelope {
  readonly vertices: Int32Array;
  readonly starts: Float64Array;
}

/** Least of `from[j] + (i - j)^2` for each i of one row (Felzenszwalb and Huttenlocher, 2012), at most `far`. */
function lowerEnvelope(
  from: Float32Array,
  to: Float32Array,
  first: number,
  count: number,
  far: number,
  { vertices, starts }: Envelope,
): void {
  let size = 0;
  for (let q = 0; q < count; q += 1) {
    const value = from[first + q] ?? Infinity;
    if (value === Infinity) continue;
    let start = -Infinity;
    for (; size > 0; size -= 1) {
      const v = vertices[size - 1] ?? 0;
      start = (value + q * q - ((from[first + v] ?? 0) + v * v)) / (2 * (q - v));
      if (start > (starts[size - 1] ?? 0)) break;
    }
    vertices[size] = q;
    starts[size] = size === 0 ? -Infinity : start;
    size += 1;
  }
  for (let i = 0, k = 0; i < count; i += 1) {
    while (k + 1 < size && (starts[k + 1] ?? 0) < i) k += 1;
    const v = vertices[k] ?? 0;
    to[first + i] = size === 0 ? far : Math.min((from[first + v] ?? 0) + (i - v) ** 2, far);
  }
}

/** The cells within `radius` of one of `mask`. */
function dilated(mask: Uint8Array, columns: number, rows: number, radius: number): Uint8Array {
  const limit = radius * radius;
  return where(squaredDistances(mask, columns, rows, 1), (distance) => distance <= limit);
}

/** The cells of `mask` that are farther than `radius` from every other cell. */
function eroded(mask: Uint8Array, columns: number, rows: number, radius: number): Uint8Array {
  const limit = radius * radius;
  return where(squaredDistances(mask, columns, rows, 0), (distance) => distance > limit);
}

function where(values: Float32Array, isMember: (value: number) => boolean): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i += 1) mask[i] = isMember(values[i] ?? 0) ? 1 : 0;
  return mask;
}

/** Bridges gaps up to twice `radius`. */
export function closed(mask: Uint8Array, columns: number, rows: number, radius: number): Uint8Array {
  return eroded(dilated(mask, columns, rows, radius), columns, rows, radius);
}

/** Removes what is thinner than twice `radius`. */
export function opened(mask: Uint8Array, columns: number, rows: number, radius: number): Uint8Array {
  return dilated(eroded(mask, columns, rows, radius), columns, rows, radius);
}

/** Fills what is not `mask`, does not reach the edge, and has at most `largest` cells. */
export function withoutHoles(mask: Uint8Array, columns: number, rows: number, largest: number): Uint8Array {
  const filled = Uint8Array.from(mask);
  const seen = Uint8Array.from(mask);
  for (let first = 0; first < mask.length; first += 1) {
    if (seen[first] === 1) continue;
    const { cells, reachesEdge } = area(seen, columns, rows, first);
    if (reachesEdge || cells.length > largest) continue;
    for (const cell of cells) filled[cell] = 1;
  }
  return filled;
}

/** The area of zeros of `seen` around `first`, which become ones. */
function area(
  seen: Uint8Array,
  columns: number,
  rows: number,
  first: number,
): { readonly cells: readonly number[]; readonly reachesEdge: boolean } {
  const cells = [first];
  seen[first] = 1;
  let reachesEdge = false;
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] ?? 0;
    const column = cell % columns;
    const row = (cell - column) / columns;
    if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) reachesEdge = true;
    const visit = (next: number): void => {
      if (seen[next] === 1) return;
      seen[next] = 1;
      cells.push(next);
    };
    if (column > 0) visit(cell - 1);
    if (column < columns - 1) visit(cell + 1);
    if (row > 0) visit(cell - columns);
    if (row < rows - 1) visit(cell + columns);
  }
  return { cells, reachesEdge };
}
