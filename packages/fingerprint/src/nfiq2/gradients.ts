/** Second moments of the grey gradient over a block. */
export interface GradientMoments {
  /** Sum of fx * fx. */
  xx: number;
  /** Sum of fy * fy. */
  yy: number;
  /** Sum of fx * fy. */
  xy: number;
}

/**
 * Sums products of the gradients inside a block of `data` (row length `stride`), exactly: central differences
 * halved, one-sided at the block's own edges, zero across a single row or column.
 */
export function gradientMoments(
  data: Uint8Array,
  stride: number,
  left: number,
  top: number,
  width: number,
  height: number,
  into: GradientMoments,
): void {
  // Differences are taken twice as large, so that all sums are whole: at most 1024 * 510 * 510.
  let xx = 0;
  let yy = 0;
  let xy = 0;
  const last = width - 1;
  for (let y = 0; y < height; y += 1) {
    const row = (top + y) * stride + left;
    const above = y === 0 ? row : row - stride;
    const below = y === height - 1 ? row : row + stride;
    const times = below - above === 2 * stride ? 1 : 2;
    let before = data[row] ?? 0;
    let here = before;
    for (let x = 0; x <= last; x += 1) {
      const after = x === last ? here : (data[row + x + 1] ?? 0);
      const gx = (after - before) * (x === 0 || x === last ? 2 : 1);
      const gy = ((data[below + x] ?? 0) - (data[above + x] ?? 0)) * times;
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
      before = here;
      here = after;
    }
  }
  into.xx = xx / 4;
  into.yy = yy / 4;
  into.xy = xy / 4;
}
