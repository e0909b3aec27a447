import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { blurred, coverage, type Coverage, type Grid } from './coverage.js';
import type { Path, Point } from './path.js';

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** One colour, or a change of colour along the line from one point to another. */
export type Paint = Rgb | { readonly from: Point; readonly to: Point; readonly colours: readonly [Rgb, Rgb] };

/** How a shape is laid on: all of it, with a soft edge, or only inside another shape. */
export interface Laying {
  /** 0 leaves the picture alone, 1, the default, covers it. */
  readonly opacity?: number;
  /** Blur of the edge in drawing units; default 0, sharp. */
  readonly soft?: number;
  readonly inside?: Path;
}

/** Below this many pixels of blur a shape is drawn at full resolution. */
const FINE_BLUR = 4;

/** A picture under the brush, kept in floating point so that many thin layers leave no bands. */
export class Canvas {
  readonly grid: Grid;
  readonly #pixels: Float32Array;
  readonly #clips = new Map<Path, Coverage>();

  /** `width` and `height` in pixels, `scale` pixels per drawing unit. */
  constructor(width: number, height: number, scale: number, background: Rgb) {
    this.grid = { width, height, scale };
    this.#pixels = new Float32Array(width * height * 3);
    const [red, green, blue] = background;
    for (let at = 0; at < this.#pixels.length; at += 3) {
      this.#pixels[at] = red;
      this.#pixels[at + 1] = green;
      this.#pixels[at + 2] = blue;
    }
  }

  /** Fills the inside of `path`. */
  fill(path: Path, paint: Paint, laying: Laying = {}): void {
    const { opacity = 1, soft = 0, inside } = laying;
    const clip = inside === undefined ? undefined : this.#clip(inside);
    const sigma = soft * this.grid.scale;
    const step = sigma < FINE_BLUR ? 1 : Math.floor(sigma / 2);
    this.#lay(this.#mask(path, sigma, step), step, paint, opacity, clip);
  }

  /** The picture as 8-bit RGB with film grain of `grain` levels; `noise` gives numbers in [0, 1). */
  image(grain: number, noise: () => number): RgbImage {
    const { width, height } = this.grid;
    const pixels = this.#pixels;
    const data = new Uint8ClampedArray(pixels.length);
    for (let at = 0; at < data.length; at += 3) {
      const dust = (noise() - 0.5) * grain;
      data[at] = (pixels[at] ?? 0) + dust;
      data[at + 1] = (pixels[at + 1] ?? 0) + dust;
      data[at + 2] = (pixels[at + 2] ?? 0) + dust;
    }
    return rgbImage({ width, height, data: new Uint8Array(data.buffer) });
  }

  /** Coverage of the path on a grid `step` times coarser: a soft edge needs no fine one. */
  #mask(path: Path, sigma: number, step: number): Coverage {
    const { width, height, scale } = this.grid;
    const grid = {
      width: Math.ceil(width / step) + 1,
      height: Math.ceil(height / step) + 1,
      scale: scale / step,
    };
    if (sigma === 0) return coverage(path, this.grid);
    return blurred(coverage(path, grid, Math.ceil((3 * sigma) / step) + 2), sigma / step);
  }

  #lay(mask: Coverage, step: number, paint: Paint, opacity: number, clip: Coverage | undefined): void {
    const { width, height, scale } = this.grid;
    const colour = movingColour(paint, scale);
    const left = Math.max(mask.left * step, clip?.left ?? 0);
    const right = Math.min(width, (mask.left + mask.width) * step, edge(clip?.left, clip?.width));
    const top = Math.max(mask.top * step, clip?.top ?? 0);
    const bottom = Math.min(height, (mask.top + mask.height) * step, edge(clip?.top, clip?.height));
    const alphas = new Float32Array(Math.max(0, right - left));
    const cells = new Float32Array(mask.width);
    const pixels = this.#pixels;
    for (let y = top; y < bottom; y++) {
      maskRow(mask, step, left, y, cells, alphas);
      if (clip !== undefined) clipRow(clip, left, y, alphas);
      let at = (y * width + left) * 3;
      for (let i = 0; i < alphas.length; i++, at += 3) {
        const alpha = (alphas[i] ?? 0) * opacity;
        if (alpha < 0.002) continue;
        if (colour.changes) colour.move(left + i, y);
        const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
        pixels[at] = red + (colour.red - red) * alpha;
        pixels[at + 1] = green + (colour.green - green) * alpha;
        pixels[at + 2] = blue + (colour.blue - blue) * alpha;
      }
    }
  }

  #clip(path: Path): Coverage {
    const known = this.#clips.get(path);
    if (known !== undefined) return known;
    const made = coverage(path, this.grid);
    this.#clips.set(path, made);
    return made;
  }
}

/** A colour that is moved over the picture: no object is made per pixel. */
class MovingColour {
  red: number;
  green: number;
  blue: number;
  readonly changes: boolean;
  readonly #start: Rgb;
  readonly #end: Rgb;
  readonly #line: readonly [x: number, y: number, perX: number, perY: number];

  constructor(start: Rgb, end: Rgb, line: readonly [number, number, number, number] | undefined) {
    [this.red, this.green, this.blue] = start;
    this.changes = line !== undefined;
    this.#start = start;
    this.#end = end;
    this.#line = line ?? [0, 0, 0, 0];
  }

  move(x: number, y: number): void {
    const [x0, y0, perX, perY] = this.#line;
    const t = Math.min(1, Math.max(0, (x - x0) * perX + (y - y0) * perY));
    this.red = this.#start[0] + (this.#end[0] - this.#start[0]) * t;
    this.green = this.#start[1] + (this.#end[1] - this.#start[1]) * t;
    this.blue = this.#start[2] + (this.#end[2] - this.#start[2]) * t;
  }
}

function movingColour(paint: Paint, scale: number): MovingColour {
  if (!('colours' in paint)) return new MovingColour(paint, paint, undefined);
  const { from, to, colours } = paint;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = (dx * dx + dy * dy) * scale || 1;
  return new MovingColour(colours[0], colours[1], [
    from[0] * scale,
    from[1] * scale,
    dx / length,
    dy / length,
  ]);
}

/** Row `y` of a mask that is `step` times coarser than the picture, from column `left` on, linear between its cells. */
function maskRow(
  mask: Coverage,
  step: number,
  left: number,
  y: number,
  cells: Float32Array,
  alphas: Float32Array,
): void {
  const { width, height, values } = mask;
  if (step === 1) {
    const start = (y - mask.top) * width + left - mask.left;
    alphas.set(values.subarray(start, start + alphas.length));
    return;
  }
  const exactRow = Math.max(0, (y + 0.5) / step - 0.5 - mask.top);
  const upper = Math.floor(exactRow) * width;
  const lower = Math.min(height - 1, Math.floor(exactRow) + 1) * width;
  const v = exactRow % 1;
  for (let i = 0; i < width; i++)
    cells[i] = (values[upper + i] ?? 0) * (1 - v) + (values[lower + i] ?? 0) * v;
  for (let i = 0; i < alphas.length; i++) {
    const exact = Math.max(0, (left + i + 0.5) / step - 0.5 - mask.left);
    const column = Math.floor(exact);
    const here = cells[column] ?? 0;
    alphas[i] = here + ((cells[column + 1] ?? here) - here) * (exact - column);
  }
}

function clipRow(clip: Coverage, left: number, y: number, alphas: Float32Array): void {
  const start = (y - clip.top) * clip.width + left - clip.left;
  for (let i = 0; i < alphas.length; i++) alphas[i] = (alphas[i] ?? 0) * (clip.values[start + i] ?? 0);
}

function edge(start = 0, length = Number.POSITIVE_INFINITY): number {
  return start + length;
}
