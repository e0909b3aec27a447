/** A canvas of ink: one byte per pixel, 0 bare to 255 covered. */
export interface InkCanvas {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/** A point of a line, in pixels, with half the width of the line there. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Draws a line through `points` with round joints and ends; one point alone is a dot. Pixels at the rim are
 * covered by share; crossing lines do not darken each other.
 */
export function drawLine(canvas: InkCanvas, points: readonly InkPoint[]): void {
  for (const [i, point] of points.entries()) {
    const next = points[i + 1];
    if (next !== undefined) drawPiece(canvas, point, next);
    else if (i === 0) drawPiece(canvas, point, point);
  }
}

/** Covers every pixel by how far its middle lies inside the piece, half a pixel at the rim. */
function drawPiece(canvas: InkCanvas, from: InkPoint, to: InkPoint): void {
  const reach = Math.max(from.radius, to.radius) + 0.5;
  const left = Math.max(Math.floor(Math.min(from.x, to.x) - reach), 0);
  const right = Math.min(Math.ceil(Math.max(from.x, to.x) + reach), canvas.width - 1);
  const top = Math.max(Math.floor(Math.min(from.y, to.y) - reach), 0);
  const bottom = Math.min(Math.ceil(Math.max(from.y, to.y) + reach), canvas.height - 1);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const x = column + 0.5 - from.x;
      const y = row + 0.5 - from.y;
      const t = length === 0 ? 0 : Math.min(Math.max((x * dx + y * dy) / length, 0), 1);
      const distance = Math.hypot(x - t * dx, y - t * dy);
      const radius = from.radius + t * (to.radius - from.radius);
      const cover = Math.round(255 * Math.min(Math.max(radius + 0.5 - distance, 0), 1));
      const at = row * canvas.width + column;
      if (cover > (canvas.ink[at] ?? 0)) canvas.ink[at] = cover;
    }
  }
}
