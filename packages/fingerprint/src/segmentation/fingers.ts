import { fingerShape, type FingerShape, type Region } from './finger-shape.js';
import type { Foreground } from './foreground.js';
import { lobesOf } from './lobes.js';
import type { RidgeCells } from './ridge-cells.js';

/** One finger on the glass, as much of it as lies there. */
export interface Finger {
  readonly region: Region;
  readonly shape: FingerShape;
}

/** Pieces smaller than this belong to no finger. */
const SMALLEST_PIECE_MM2 = 12;
/** As many pieces are looked at, the largest first: four fingers of three phalanges have twelve. */
const MOST_PIECES = 32;
/** Farthest two phalanges of a finger are apart. */
const WIDEST_CREASE_MM = 5;
/** A piece behind or before another is of the same finger when this share of it lies in the other's lane. */
const LANE_SHARE = 0.7;
/** Half the width of the lane, in widths of the finger; it is looked at over so many millimetres. */
const LANE_WIDTHS = 0.62;
const LANE_MM = 10;
/** The phalanges of a finger differ at most so much in width; bits of one up to this area may be narrower. */
const MOST_WIDENING = 1.4;
const LARGEST_BIT_MM2 = 60;
/** What a finger measures on the glass: children of six to hard-pressed thumbs. */
const FINGER_MM = { narrowest: 6, widest: 27, shortest: 8 } as const;
/** Least mean coherence of a finger's ridges: grain and stains have less. */
const LEAST_COHERENCE = 0.33;

/** The fingers of `foreground`, left to right. */
export function fingersOf(cells: RidgeCells, foreground: Foreground): readonly Finger[] {
  const pieces = [...piecesOf(cells, foreground)];
  while (joinBest(pieces, cells)) {
    // Until no two pieces look like one finger.
  }
  return pieces
    .filter((piece) => isFinger(piece, cells, foreground) && !isBehindOthers(piece, pieces, cells))
    .sort((a, b) => a.shape.centreX - b.shape.centreX);
}

function piecesOf({ columns, rows, cellMm }: RidgeCells, { mask }: Foreground): readonly Finger[] {
  const { lobe, count } = lobesOf(mask, columns, rows);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let cell = 0; cell < lobe.length; cell += 1) members[(lobe[cell] ?? 0) - 1]?.push(cell);
  return members
    .filter((cells) => cells.length * cellMm ** 2 >= SMALLEST_PIECE_MM2)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_PIECES)
    .map((cells) => fingerOf({ columns, rows, cells }));
}

function fingerOf(region: Region): Finger {
  return { region, shape: fingerShape(region) };
}

/** Joins the two pieces that look most like one finger; false when there are none. */
function joinBest(pieces: Finger[], { cellMm }: RidgeCells): boolean {
  let best: { readonly a: number; readonly b: number; readonly share: number } | undefined;
  for (const [a, one] of pieces.entries()) {
    for (const [b, other] of pieces.slice(0, a).entries()) {
      const [small, large] =
        one.region.cells.length < other.region.cells.length ? [one, other] : [other, one];
      if (isWiderBehind(small, large, cellMm)) continue;
      const share = shareInLane(small, large, LANE_MM / cellMm);
      if (share < LANE_SHARE || share <= (best?.share ?? 0)) continue;
      if (gapBetween(one, other) * cellMm <= WIDEST_CREASE_MM) best = { a, b, share };
    }
  }
  if (best === undefined) return false;
  const [one, other] = [pieces[best.a], pieces[best.b]];
  if (one === undefined || other === undefined) return false;
  pieces.splice(best.a, 1);
  pieces.splice(best.b, 1, fingerOf({ ...one.region, cells: [...one.region.cells, ...other.region.cells] }));
  return true;
}

/** Whether `large` would be a phalanx far wider than the tip before it: it belongs to two fingers. */
function isWiderBehind(small: Finger, large: Finger, cellMm: number): boolean {
  const isBit = small.region.cells.length * cellMm ** 2 < LARGEST_BIT_MM2;
  const isWider = large.shape.width > MOST_WIDENING * small.shape.width;
  return !isBit && isWider && small.shape.centreY < large.shape.centreY;
}

/** Whether the piece is what lies behind several fingertips that touch: their phalanges in one. */
function isBehindOthers(piece: Finger, pieces: readonly Finger[], { cellMm }: RidgeCells): boolean {
  let sum = 0;
  for (const other of pieces) {
    if (other.shape.centreY >= piece.shape.centreY) continue;
    if (other.region.cells.length <= piece.region.cells.length / 2) continue;
    const share = shareInLane(piece, other, LANE_MM / cellMm);
    if (share > 0 && gapBetween(piece, other) * cellMm <= WIDEST_CREASE_MM) sum += share;
  }
  return sum >= LANE_SHARE;
}

/** Share of `small` that lies straight behind or before `large`, of all of it within `reach` beside its length. */
function shareInLane(small: Finger, { shape }: Finger, reach: number): number {
  const [cos, sin] = [Math.cos(shape.angle), Math.sin(shape.angle)];
  const { columns, cells } = small.region;
  let [inLane, near] = [0, 0];
  for (const cell of cells) {
    const x = (cell % columns) - shape.centreX;
    const y = Math.floor(cell / columns) - shape.centreY;
    const along = cos * y - sin * x;
    if (along < shape.firstAlong - reach || along > shape.lastAlong + reach) continue;
    near += 1;
    const isBeyond = along < shape.firstAlong || along > shape.lastAlong;
    if (isBeyond && Math.abs(cos * x + sin * y - shape.middle) <= LANE_WIDTHS * shape.width) inLane += 1;
  }
  return near === 0 ? 0 : inLane / near;
}

/** Least distance of two pieces, in cells, by the cells at their rims. */
function gapBetween(a: Finger, b: Finger): number {
  const rim = rimOf(b.region);
  let least = Infinity;
  for (const one of rimOf(a.region)) {
    for (const other of rim) {
      least = Math.min(least, (one.x - other.x) ** 2 + (one.y - other.y) ** 2);
    }
  }
  return Math.sqrt(least);
}

/** Every cell of `region` with a neighbour outside of it. */
function rimOf({ columns, rows, cells }: Region): readonly { readonly x: number; readonly y: number }[] {
  const isInside = new Uint8Array(columns * rows);
  for (const cell of cells) isInside[cell] = 1;
  return cells
    .filter(
      (cell) =>
        isInside[cell - 1] !== 1 ||
        isInside[cell + 1] !== 1 ||
        isInside[cell - columns] !== 1 ||
        isInside[cell + columns] !== 1,
    )
    .map((cell) => ({ x: cell % columns, y: Math.floor(cell / columns) }));
}

function isFinger({ region, shape }: Finger, { cellMm }: RidgeCells, { coherence }: Foreground): boolean {
  const widthMm = shape.width * cellMm;
  const lengthMm = (shape.lastAlong - shape.firstAlong + 1) * cellMm;
  if (widthMm < FINGER_MM.narrowest || widthMm > FINGER_MM.widest || lengthMm < FINGER_MM.shortest)
    return false;
  const sum = region.cells.reduce((total, cell) => total + (coherence[cell] ?? 0), 0);
  return sum / region.cells.length >= LEAST_COHERENCE;
}
