import type { Outline } from './outline.js';

/** Sampled lines per row of pixels; within a line the coverage is exact. */
const SAMPLES = 8;

/**
 * Paints the inside of an outline (non-zero winding) over grey pixels: `grey` where it covers a pixel whole, mixed with
 * what is there at its edges. `pixels` are rows of `width`.
 */
export function fillOutline(pixels: Uint8Array, width: number, outline: Outline, grey: number): void {
  const height = pixels.length / width;
  const [top, bottom] = extent(outline);
  const firstRow = Math.max(0, Math.floor(top));
  const lastRow = Math.min(height - 1, Math.floor(bottom));
  const cover = new Float64Array(width);
  for (let row = firstRow; row <= lastRow; row += 1) {
    cover.fill(0);
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      addSpans(cover, outline, row + (sample + 0.5) / SAMPLES);
    }
    for (let column = 0; column < width; column += 1) {
      const share = (cover[column] ?? 0) / SAMPLES;
      if (share === 0) continue;
      const at = row * width + column;
      pixels[at] = Math.round((pixels[at] ?? 0) * (1 - share) + grey * share);
    }
  }
}

function extent(outline: Outline): readonly [top: number, bottom: number] {
  let top = Infinity;
  let bottom = -Infinity;
  for (const polygon of outline) {
    for (let at = 1; at < polygon.length; at += 2) {
      top = Math.min(top, polygon[at] ?? top);
      bottom = Math.max(bottom, polygon[at] ?? bottom);
    }
  }
  return [top, bottom];
}

/** Adds the share of every pixel that lies inside the outline on the line at height `y`. */
function addSpans(cover: Float64Array, outline: Outline, y: number): void {
  const crossings = outline.flatMap((polygon) => crossingsOf(polygon, y)).sort((a, b) => a.x - b.x);
  let winding = 0;
  crossings.forEach(({ x, direction }, index) => {
    winding += direction;
    const next = crossings[index + 1];
    if (winding !== 0 && next !== undefined) addSpan(cover, x, next.x);
  });
}

interface Crossing {
  readonly x: number;
  readonly direction: 1 | -1;
}

function crossingsOf(polygon: readonly number[], y: number): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let fromX = polygon.at(-2) ?? 0;
  let fromY = polygon.at(-1) ?? 0;
  for (let at = 0; at + 1 < polygon.length; at += 2) {
    const toX = polygon[at] ?? 0;
    const toY = polygon[at + 1] ?? 0;
    if (fromY <= y !== toY <= y) {
      const x = fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX);
      crossings.push({ x, direction: toY > fromY ? 1 : -1 });
    }
    fromX = toX;
    fromY = toY;
  }
  return crossings;
}

function addSpan(cover: Float64Array, from: number, to: number): void {
  const left = Math.max(0, from);
  const right = Math.min(cover.length, to);
  for (let column = Math.floor(left); column < right; column += 1) {
    const share = Math.min(right, column + 1) - Math.max(left, column);
    if (share > 0) cover[column] = (cover[column] ?? 0) + share;
  }
}
