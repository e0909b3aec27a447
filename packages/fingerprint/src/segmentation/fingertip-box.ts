import { chordsOf } from './finger-shape.js';
import type { Finger } from './fingers.js';
import { quantile, type Foreground } from './foreground.js';
import type { RidgeCells } from './ridge-cells.js';
import type { TurnedBox } from './slap-segmentation.js';

/** The crease of the joint lies at this many widths of the finger from its tip. */
const CREASE_WIDTHS = { nearest: 1.02, farthest: 1.9 } as const;
/** Length of a fingertip without a crease in sight, in widths. */
const TIP_WIDTHS = 1.75;
/** The crease is at most this dark, beside the skin above it. */
const CREASE_DARKNESS = 0.62;
/** The skin reaches so many widths of the finger to each side of its middle; what is farther out is dirt. */
const WIDEST_WIDTHS = 0.62;
/** Glass left around the skin. */
const MARGIN_MM = 0.8;

/** The box around the fingertip of `finger`, above the crease of its joint, in pixels of the image. */
export function fingertipBox(finger: Finger, cells: RidgeCells, foreground: Foreground): TurnedBox {
  const { shape, region } = finger;
  const { cellMm, cellPx } = cells;
  const last = creaseOf(finger, cells, foreground);
  const chords = chordsOf(region, shape.centreX, shape.centreY, shape.angle).filter(
    ({ along }) => along <= last,
  );
  const margin = MARGIN_MM / cellMm;
  const reach = WIDEST_WIDTHS * shape.width;
  const left = Math.max(Math.min(...chords.map((chord) => chord.left)), shape.middle - reach) - margin;
  const right = Math.min(Math.max(...chords.map((chord) => chord.right)), shape.middle + reach) + margin;
  const top = shape.firstAlong - margin;
  const bottom = last + 0.5;
  const [cos, sin] = [Math.cos(shape.angle), Math.sin(shape.angle)];
  const [across, along] = [(left + right) / 2, (top + bottom) / 2];
  const toPx = (cell: number): number => (cell + 0.5) * cellPx - 0.5;
  return {
    centreX: toPx(shape.centreX + cos * across - sin * along),
    centreY: toPx(shape.centreY + sin * across + cos * along),
    width: Math.round((right - left + 1) * cellPx),
    height: Math.round((bottom - top + 0.5) * cellPx),
    rotationDeg: (shape.angle * 180) / Math.PI,
  };
}

/** How far along `finger` its fingertip ends, in cells: at the crease, or where one may be expected. */
function creaseOf({ shape, region }: Finger, cells: RidgeCells, { darkness }: Foreground): number {
  const { firstAlong, lastAlong, width, angle, centreX, centreY, middle } = shape;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const { columns, rows } = region;
  const darkAt = (along: number): number => {
    let [sum, count] = [0, 0];
    for (let across = middle - width / 3; across <= middle + width / 3; across += 1) {
      for (const part of [-0.5, 0, 0.5]) {
        const column = Math.round(centreX + cos * across - sin * (along + part));
        const row = Math.round(centreY + sin * across + cos * (along + part));
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
        sum += darkness[row * columns + column] ?? 0;
        count += 1;
      }
    }
    return count === 0 ? 1 : sum / count;
  };
  const nearest = Math.round(firstAlong + CREASE_WIDTHS.nearest * width);
  const farthest = Math.min(Math.round(firstAlong + CREASE_WIDTHS.farthest * width), lastAlong - 1);
  const above: number[] = [];
  for (let along = Math.round(firstAlong + width / 4); along < nearest; along += 1) above.push(darkAt(along));
  const skin = quantile(Float32Array.from(above), 0.5);
  let [crease, least] = [-1, CREASE_DARKNESS * skin];
  for (let along = nearest; along <= farthest; along += 1) {
    const dark = darkAt(along);
    if (dark >= least) continue;
    [crease, least] = [along, dark];
  }
  if (crease >= 0) return crease;
  return Math.min(Math.round(firstAlong + TIP_WIDTHS * width), lastAlong);
}
