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
      const ab = a < b ? a : b;
      const cd = c < d ? c : d;
      const abcd = ab < cd ? ab : cd;
      inRows[start + x] = abcd < e ? abcd : e;
      a = b;
      b = c;
      c = d;
      d = e;
    }
  }
  const eroded = new Uint8Array(data.length);
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    eroded.set(inRows.subarray(start, start + width), start);
    for (let other = Math.max(row - 2, 0); other <= Math.min(row + 2, height - 1); other += 1) {
      if (other !== row) darken(eroded, start, inRows, other * width, width);
    }
  }
  return eroded;
}

function darken(into: Uint8Array, at: number, from: Uint8Array, start: number, length: number): void {
  for (let x = 0; x < length; x += 1) {
    const grey = from[start + x] ?? 0;
    if (grey < (into[at + x] ?? 0)) into[at + x] = grey;
  }
}
