/** A black and white image as runs of one colour, row by row from the left. */
export interface Runs {
  readonly width: number;
  readonly height: number;
  /** First pixel of each run in its row; the next run begins where it ends. */
  readonly start: Int32Array;
  /** Pixel behind the last one. */
  readonly end: Int32Array;
  readonly isWhite: Uint8Array;
  /** Index of the first run of each row, and behind the last row the number of runs. */
  readonly firstOfRow: Int32Array;
}

/** Cuts a binary image (0 or 255) into runs. */
export function runsOf(binary: Uint8Array, width: number, height: number): Runs {
  const [start, end, isWhite]: [number[], number[], number[]] = [[], [], []];
  const firstOfRow = new Int32Array(height + 1);
  for (let row = 0; row < height; row += 1) {
    firstOfRow[row] = start.length;
    const line = row * width;
    for (let x = 0; x < width;) {
      const colour = binary[line + x] ?? 0;
      const first = x;
      while (x < width && binary[line + x] === colour) x += 1;
      start.push(first);
      end.push(x);
      isWhite.push(colour === 0 ? 0 : 1);
    }
  }
  firstOfRow[height] = start.length;
  return {
    width,
    height,
    start: Int32Array.from(start),
    end: Int32Array.from(end),
    isWhite: Uint8Array.from(isWhite),
    firstOfRow,
  };
}

/**
 * Joins the runs that `isMember` marks to areas whose pixels touch at a side. The result names for each
 * member the first run of its area; what it says of others means nothing.
 */
export function areasOf(runs: Runs, isMember: Uint8Array): Int32Array {
  const area = Int32Array.from(isMember, (_, run) => run);
  for (let row = 0; row < runs.height; row += 1) {
    const first = runs.firstOfRow[row] ?? 0;
    const behind = runs.firstOfRow[row + 1] ?? 0;
    let above = row === 0 ? first : (runs.firstOfRow[row - 1] ?? 0);
    for (let run = first; run < behind; run += 1) {
      if (isMember[run] === 1 && run > first && isMember[run - 1] === 1) join(area, run - 1, run);
      // Runs above that end before this one begins touch none of those that follow either.
      while (above < first && (runs.end[above] ?? 0) <= (runs.start[run] ?? 0)) above += 1;
      if (isMember[run] !== 1) continue;
      for (let other = above; other < first && (runs.start[other] ?? 0) < (runs.end[run] ?? 0); other += 1) {
        if (isMember[other] === 1) join(area, other, run);
      }
    }
  }
  return area.map((_, run) => rootOf(area, run));
}

function join(area: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(area, a), rootOf(area, b)];
  area[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
}

function rootOf(area: Int32Array, run: number): number {
  let root = run;
  for (;;) {
    const next = area[root] ?? root;
    if (next === root) return root;
    // Path halving keeps long chains short.
    area[root] = area[next] ?? next;
    root = next;
  }
}
