/** Darkest grey within 2 pixels in x and y of each pixel; outside of the image is white. */
export function erode(data: Uint8Array, width: number, height: number): Uint8Array {
  const inRows = new Uint8Array(data.length);
  const padded = new Uint8Array(width + 4).fill(255);
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    padded.set(data.subarray(start, start + width), 2);
    let a = padded[0] ?? 0;
    let b = padded[1] ?? 0;
    let c = padded[2] ?? 0;
    let d = padded[3] ?? 0;
    for (let x = 0; x < width; x += 1) {
      const e = padded[x + 4] ?? 0;
      inRows[start + x] = darker(darker(darker(a, b), darker(c, d)), e);
      a = b;
      b = c;
      c = d;
      d = e;
    }
  }
  const eroded = new Uint8Array(data.length);
  // A row beyond the edge is the edge row again: it changes no minimum.
  const startOf = (row: number): number => Math.min(Math.max(row, 0), height - 1) * width;
  for (let row = 0; row < height; row += 1) {
    const [first, second, third] = [startOf(row - 2), startOf(row - 1), startOf(row)];
    const [fourth, fifth] = [startOf(row + 1), startOf(row + 2)];
    for (let x = 0; x < width; x += 1) {
      const upper = darker(inRows[first + x] ?? 0, inRows[second + x] ?? 0);
      const lower = darker(inRows[fourth + x] ?? 0, inRows[fifth + x] ?? 0);
      eroded[third + x] = darker(darker(upper, lower), inRows[third + x] ?? 0);
    }
  }
  return eroded;
}

/** The smaller of two bytes, without a branch that nobody can foresee. */
function darker(a: number, b: number): number {
  const difference = a - b;
  return b + (difference & (difference >> 31));
}
