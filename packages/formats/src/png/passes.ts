/** One pass over the picture: which pixels it holds, and how they lie in the inflated data. */
export interface PngPass {
  /** Column and row of the first pixel, and the distance to the next. */
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  /** Pixels per row and rows of the pass. */
  readonly width: number;
  readonly height: number;
  /** Bytes of a scanline without its filter byte. */
  readonly rowBytes: number;
  /** Where the pass begins in the inflated data. */
  readonly start: number;
}

/** Adam7: x, y, distance in x, distance in y of the seven passes (ISO/IEC 15948, 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes that hold pixels, in the order of the file, and the length of the inflated data. */
export function passesOf(
  width: number,
  height: number,
  bitsPerPixel: number,
  isInterlaced: boolean,
): { readonly passes: readonly PngPass[]; readonly length: number } {
  const passes: PngPass[] = [];
  let start = 0;
  for (const [x, y, stepX, stepY] of isInterlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    const columns = Math.ceil((width - x) / stepX);
    const rows = Math.ceil((height - y) / stepY);
    if (columns <= 0 || rows <= 0) continue;
    const rowBytes = Math.ceil((columns * bitsPerPixel) / 8);
    passes.push({ x, y, stepX, stepY, width: columns, height: rows, rowBytes, start });
    start += rows * (rowBytes + 1);
  }
  return { passes, length: start };
}
