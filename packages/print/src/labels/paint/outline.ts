import type { GlyphRun, PathCommand } from '../font/font-program.js';

/** Closed polygons, x and y alternating, in the unit of the picture, y downwards. */
export type Outline = readonly (readonly number[])[];

/** Lines that a curve is cut into: at 600 pixels per inch the error is far below a tenth of a pixel. */
const CURVE_STEPS = 8;

/** The outline of a run of glyphs whose origin is at (x, y), `scale` units of the picture to a font unit. */
export function outlineOf(run: GlyphRun, x: number, y: number, scale: number): Outline {
  const polygons: number[][] = [];
  let pen = x;
  run.glyphs.forEach((glyph, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = run.positions[index] ?? {};
    const left = pen + xOffset * scale;
    const base = y - yOffset * scale;
    for (const polygon of flatten(glyph.path.commands)) {
      polygons.push(polygon.map((value, at) => (at % 2 === 0 ? left + value * scale : base - value * scale)));
    }
    pen += xAdvance * scale;
  });
  return polygons;
}

/** The polygons of an outline in font units, curves cut into lines. */
function flatten(commands: readonly PathCommand[]): readonly (readonly number[])[] {
  const polygons: number[][] = [];
  let polygon: number[] = [];
  const last = () => polygon.slice(-2);
  for (const { command, args } of commands) {
    const [startX = 0, startY = 0] = last();
    switch (command) {
      case 'moveTo':
        polygon = [...args];
        polygons.push(polygon);
        break;
      case 'lineTo':
        polygon.push(...args);
        break;
      case 'quadraticCurveTo':
      case 'bezierCurveTo':
        polygon.push(...curve([startX, startY, ...args]));
        break;
      case 'closePath':
        break;
      default:
        command satisfies never;
    }
  }
  return polygons;
}

/** Points of a Bézier curve after its start, by de Casteljau: `points` are 3 or 4 pairs. */
function curve(points: readonly number[]): readonly number[] {
  const flat: number[] = [];
  for (let step = 1; step <= CURVE_STEPS; step += 1) {
    const at = step / CURVE_STEPS;
    let level = points;
    while (level.length > 2) {
      const from = level;
      level = from.slice(2).map((value, index) => (from[index] ?? 0) * (1 - at) + value * at);
    }
    flat.push(...level);
  }
  return flat;
}
