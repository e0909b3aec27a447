import { greyImage, rgbImage, type GreyImage, type RgbImage } from '@buergerkoffer/formats';

/** Red, green and blue of ink or paper, 0 to 255 each. */
export type Ink = readonly [red: number, green: number, blue: number];

/** Where and how large the picture of a sheet is. */
export interface SheetFrame {
  /** Left and top of the picture on the glass, in millimetres. */
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly resolutionPpi: number;
  readonly colour: boolean;
}

/** A point on the paper, in millimetres. */
export type PointMm = readonly [x: number, y: number];

const MM_PER_INCH = 25.4;

/**
 * A picture of the scanner's glass, drawn on in millimetres. Paper may lie turned: what is drawn after `place` follows
 * it. Grey pictures take the luma of the ink (ITU-R BT.601).
 */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly #channels: 1 | 3;
  readonly #data: Uint8Array;
  readonly #frame: SheetFrame;
  readonly #pxPerMm: number;
  #place = { x: 0, y: 0, cos: 1, sin: 0 };

  constructor(frame: SheetFrame, background: Ink) {
    this.#frame = frame;
    this.#pxPerMm = frame.resolutionPpi / MM_PER_INCH;
    this.width = Math.max(1, Math.round(frame.widthMm * this.#pxPerMm));
    this.height = Math.max(1, Math.round(frame.heightMm * this.#pxPerMm));
    this.#channels = frame.colour ? 3 : 1;
    this.#data = new Uint8Array(this.width * this.height * this.#channels);
    const colour = this.#inkOf(background);
    if (this.#channels === 1) this.#data.fill(colour[0]);
    else for (let at = 0; at < this.#data.length; at++) this.#data[at] = colour[at % 3] ?? 0;
  }

  /** From now on (0, 0) is at `origin` on the glass and the paper is turned by `degrees` clockwise. */
  place([x, y]: PointMm, degrees: number): void {
    const angle = (degrees * Math.PI) / 180;
    this.#place = { x, y, cos: Math.cos(angle), sin: Math.sin(angle) };
  }

  /** A stroke with a round pen along `points`. */
  stroke(points: readonly PointMm[], penMm: number, ink: Ink, opacity = 1): void {
    const path = points.map((point) => this.#pixel(point));
    const radius = (penMm * this.#pxPerMm) / 2;
    const colour = this.#inkOf(ink);
    path.slice(1).forEach((to, i) => {
      this.#segment(path[i] ?? to, to, radius, colour, opacity);
    });
  }

  /** Fills a convex outline, given clockwise; `cornerMm` rounds its corners. */
  fill(outline: readonly PointMm[], ink: Ink, opacity = 1, cornerMm = 0): void {
    const corners = outline.map((point) => this.#pixel(point));
    const round = cornerMm * this.#pxPerMm;
    const edges = corners.map(([x, y], i) => {
      const [nextX, nextY] = corners[(i + 1) % corners.length] ?? [x, y];
      const length = Math.hypot(nextX - x, nextY - y) || 1;
      return { x, y, nx: (nextY - y) / length, ny: -(nextX - x) / length };
    });
    const colour = this.#inkOf(ink);
    const depthAt = (x: number, y: number): number => {
      let outside = 0;
      let nearest = Number.NEGATIVE_INFINITY;
      for (const edge of edges) {
        const distance = (x - edge.x) * edge.nx + (y - edge.y) * edge.ny + round;
        nearest = Math.max(nearest, distance);
        if (distance > 0) outside += distance * distance;
      }
      return round - (nearest > 0 ? Math.sqrt(outside) : nearest);
    };
    this.#paint(corners, 1, colour, opacity, depthAt);
  }

  /** Adds paper grain: each pixel moves by up to `levels`; `noise` gives numbers in [0, 1). */
  grain(levels: number, noise: () => number): void {
    const data = this.#data;
    const step = this.#channels;
    for (let at = 0; at < data.length; at += step) {
      const dust = ((noise() - 0.5) * 2 * levels) | 0;
      for (let channel = at; channel < at + step; channel++) {
        const value = (data[channel] ?? 0) + dust;
        data[channel] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }

  /** The picture; drawing on goes on in the same memory. */
  image(): GreyImage | RgbImage {
    const { width, height } = this;
    const fields = { width, height, data: this.#data, resolutionPpi: this.#frame.resolutionPpi };
    return this.#channels === 3 ? rgbImage(fields) : greyImage(fields);
  }

  #pixel([x, y]: PointMm): PointMm {
    const { cos, sin, x: originX, y: originY } = this.#place;
    return [
      (originX + x * cos - y * sin - this.#frame.xMm) * this.#pxPerMm,
      (originY + x * sin + y * cos - this.#frame.yMm) * this.#pxPerMm,
    ];
  }

  #inkOf([red, green, blue]: Ink): Ink {
    if (this.#channels === 3) return [red, green, blue];
    const luma = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    return [luma, luma, luma];
  }

  #segment([ax, ay]: PointMm, [bx, by]: PointMm, radius: number, ink: Ink, opacity: number): void {
    const [dx, dy] = [bx - ax, by - ay];
    const squared = dx * dx + dy * dy || 1;
    const depthAt = (x: number, y: number): number => {
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
      const [ex, ey] = [x - ax - t * dx, y - ay - t * dy];
      return radius - Math.sqrt(ex * ex + ey * ey);
    };
    this.#paint(
      [
        [ax, ay],
        [bx, by],
      ],
      radius + 1,
      ink,
      opacity,
      depthAt,
    );
  }

  /**
   * Blends `ink` into a convex shape: `depthAt` gives how many pixels inside it a point lies. Each row is measured from
   * both ends until it is well inside; between them nothing needs measuring.
   */
  #paint(
    around: readonly PointMm[],
    margin: number,
    ink: Ink,
    opacity: number,
    depthAt: (x: number, y: number) => number,
  ): void {
    let [left, right, top, bottom] = [this.width, 0, this.height, 0];
    for (const [x, y] of around) {
      left = Math.min(left, Math.floor(x - margin));
      right = Math.max(right, Math.ceil(x + margin));
      top = Math.min(top, Math.floor(y - margin));
      bottom = Math.max(bottom, Math.ceil(y + margin));
    }
    left = Math.max(0, left);
    right = Math.min(this.width, right);
    for (let y = Math.max(0, top); y < Math.min(this.height, bottom); y++) {
      let from = left;
      let to = right;
      for (; from < to; from++) {
        const depth = depthAt(from + 0.5, y + 0.5);
        if (depth >= 1) break;
        if (depth > -0.5) this.#blend(y, from, from + 1, ink, Math.min(1, depth + 0.5) * opacity);
      }
      for (; to > from; to--) {
        const depth = depthAt(to - 0.5, y + 0.5);
        if (depth >= 1) break;
        if (depth > -0.5) this.#blend(y, to - 1, to, ink, Math.min(1, depth + 0.5) * opacity);
      }
      if (to > from) this.#blend(y, from, to, ink, opacity);
    }
  }

  #blend(y: number, from: number, to: number, ink: Ink, alpha: number): void {
    const [data, step] = [this.#data, this.#channels];
    const start = (y * this.width + from) * step;
    const end = (y * this.width + to) * step;
    if (step === 1 && alpha === 1) {
      data.fill(ink[0], start, end);
      return;
    }
    for (let at = start; at < end; at += step) {
      for (let channel = 0; channel < step; channel++) {
        const paper = data[at + channel] ?? 0;
        data[at + channel] = paper + ((ink[channel] ?? 0) - paper) * alpha + 0.5;
      }
    }
  }
}
