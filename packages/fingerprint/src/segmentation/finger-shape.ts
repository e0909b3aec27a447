/** A part of the glass, in cells; `x` to the right, `y` down. */
export interface Region {
  readonly columns: number;
  readonly rows: number;
  /** Indices of its cells. */
  readonly cells: readonly number[];
}

/** A finger or part of one in its own directions: `along` from the tip to the hand, `across` to its right. */
export interface FingerShape {
  /** Clockwise turn of the tip from upwards, in radians. */
  readonly angle: number;
  /** Point about which along and across are measured, in cells. */
  readonly centreX: number;
  readonly centreY: number;
  readonly firstAlong: number;
  readonly lastAlong: number;
  /** Where the middle of the finger lies across. */
  readonly middle: number;
  /** How wide it is in most of its length, in cells. */
  readonly width: number;
}

/** Fingers point at most this far away from upwards, in radians; a little more than the 45 degrees that are corrected. */
const MAX_TURN = (60 * Math.PI) / 180;
/** Shapes of a smaller ratio of length and width, as of a mere tip, are taken for upright. */
const LEAST_ELONGATION = 1.12;
/** Share of the chords that a width is the quantile of. */
const WIDTH_SHARE = 0.75;
const ROUNDS = 12;

/** Where `region` lies and points, by the middles of its chords. */
export function fingerShape(region: Region): FingerShape {
  const { centreX, centreY, axis, elongation } = principalAxis(region);
  const hasAxis = elongation > LEAST_ELONGATION && Math.abs(axis) < MAX_TURN;
  let angle = hasAxis ? axis : 0;
  let chords = chordsOf(region, centreX, centreY, angle);
  for (let round = 0; round < (hasAxis ? ROUNDS : 0); round += 1) {
    const slope = slopeOf(chords);
    const next = Math.min(Math.max(angle - Math.atan(slope), -MAX_TURN), MAX_TURN);
    const change = Math.abs(next - angle);
    angle = next;
    chords = chordsOf(region, centreX, centreY, angle);
    if (change < 0.002) break;
  }
  const widths = chords.map(({ left, right }) => right - left + 1).sort((a, b) => a - b);
  const middles = chords.map(({ left, right }) => (left + right) / 2);
  return {
    angle,
    centreX,
    centreY,
    firstAlong: chords[0]?.along ?? 0,
    lastAlong: chords.at(-1)?.along ?? 0,
    middle: middles.reduce((sum, value) => sum + value, 0) / Math.max(middles.length, 1),
    width: widths[Math.floor(WIDTH_SHARE * (widths.length - 1))] ?? 0,
  };
}

/** One line across a finger. */
export interface Chord {
  readonly along: number;
  readonly left: number;
  readonly right: number;
  /** Whether it ends inside the glass on both sides, not at its edge. */
  readonly isWhole: boolean;
}

/** The chords of `region` square to `angle`, one for each cell along, from the tip on. */
export function chordsOf(region: Region, centreX: number, centreY: number, angle: number): readonly Chord[] {
  const { columns, rows, cells } = region;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const reach = columns + rows;
  const left = new Float32Array(2 * reach + 1).fill(Infinity);
  const right = new Float32Array(2 * reach + 1).fill(-Infinity);
  const isCut = new Uint8Array(2 * reach + 1);
  for (const cell of cells) {
    const column = cell % columns;
    const row = (cell - column) / columns;
    const [x, y] = [column - centreX, row - centreY];
    const at = Math.round(cos * y - sin * x) + reach;
    const across = cos * x + sin * y;
    if (across < (left[at] ?? 0)) left[at] = across;
    if (across > (right[at] ?? 0)) right[at] = across;
    if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) isCut[at] = 1;
  }
  const chords: Chord[] = [];
  for (let at = 0; at < right.length; at += 1) {
    const end = right[at] ?? 0;
    if (end === -Infinity) continue;
    chords.push({ along: at - reach, left: left[at] ?? 0, right: end, isWhole: isCut[at] === 0 });
  }
  return chords;
}

/** Chords whose middles lie so many cells off the line of the others count half. */
const OUTLYING = 2;

/**
 * Slope of the line through the middles of the chords: how much they go to the right as along grows. Longer chords
 * count more, and outlying ones, where dirt or another print touches the finger, less.
 */
function slopeOf(chords: readonly Chord[]): number {
  const whole = chords.filter(({ isWhole }) => isWhole);
  const used = whole.length >= chords.length / 3 ? whole : chords;
  let line = { slope: 0, offset: 0 };
  for (let round = 0; round < 4; round += 1) {
    const { slope, offset } = line;
    line = lineThrough(used, ({ along, left, right }) => {
      const residual = round === 0 ? 0 : (left + right) / 2 - offset - slope * along;
      return (right - left + 1) / (1 + (residual / OUTLYING) ** 2);
    });
  }
  return line.slope;
}

function lineThrough(
  chords: readonly Chord[],
  weightOf: (chord: Chord) => number,
): { readonly slope: number; readonly offset: number } {
  let [sum, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0];
  for (const chord of chords) {
    const weight = weightOf(chord);
    const middle = (chord.left + chord.right) / 2;
    sum += weight;
    sumX += weight * chord.along;
    sumY += weight * middle;
    sumXX += weight * chord.along ** 2;
    sumXY += weight * chord.along * middle;
  }
  const variance = sum * sumXX - sumX * sumX;
  if (!(variance > 0)) return { slope: 0, offset: 0 };
  const slope = (sum * sumXY - sumX * sumY) / variance;
  return { slope, offset: (sumY - slope * sumX) / sum };
}

function principalAxis({ columns, cells }: Region): {
  centreX: number;
  centreY: number;
  axis: number;
  elongation: number;
} {
  let [sumX, sumY] = [0, 0];
  for (const cell of cells) {
    const column = cell % columns;
    sumX += column;
    sumY += (cell - column) / columns;
  }
  const count = Math.max(cells.length, 1);
  const [centreX, centreY] = [sumX / count, sumY / count];
  let [xx, yy, xy] = [0, 0, 0];
  for (const cell of cells) {
    const column = cell % columns;
    const [x, y] = [column - centreX, (cell - column) / columns - centreY];
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  // Angle of the long axis from the y axis, clockwise as seen on the glass: the tip goes right as y goes down.
  const spread = Math.hypot(yy - xx, 2 * xy);
  const elongation = Math.sqrt((xx + yy + spread) / Math.max(xx + yy - spread, 1e-9));
  return { centreX, centreY, axis: Math.atan2(-2 * xy, yy - xx) / 2, elongation };
}
