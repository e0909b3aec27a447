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
/** Share of the chords that a width is the quantile of. */
const WIDTH_SHARE = 0.75;
const ROUNDS = 12;

/** Where `region` lies and points, by the middles of its chords. */
export function fingerShape(region: Region): FingerShape {
  const { centreX, centreY, axis } = principalAxis(region);
  let angle = Math.min(Math.max(axis, -MAX_TURN), MAX_TURN);
  let chords = chordsOf(region, centreX, centreY, angle);
  for (let round = 0; round < ROUNDS; round += 1) {
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
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const found = new Map<number, { left: number; right: number; isWhole: boolean }>();
  for (const cell of region.cells) {
    const column = cell % region.columns;
    const row = (cell - column) / region.columns;
    const [x, y] = [column - centreX, row - centreY];
    const along = Math.round(cos * y - sin * x);
    const across = cos * x + sin * y;
    const isInside = column > 0 && row > 0 && column < region.columns - 1 && row < region.rows - 1;
    const chord = found.get(along);
    if (chord === undefined) {
      found.set(along, { left: across, right: across, isWhole: isInside });
      continue;
    }
    chord.left = Math.min(chord.left, across);
    chord.right = Math.max(chord.right, across);
    chord.isWhole &&= isInside;
  }
  return [...found].sort(([a], [b]) => a - b).map(([along, chord]) => ({ along, ...chord }));
}

/** Slope of the middles of the chords, weighted by their lengths: how much they go to the right as along grows. */
function slopeOf(chords: readonly Chord[]): number {
  const whole = chords.filter(({ isWhole }) => isWhole);
  const used = whole.length >= chords.length / 3 ? whole : chords;
  let [weights, meanAlong, meanMiddle] = [0, 0, 0];
  for (const { along, left, right } of used) {
    const weight = right - left + 1;
    weights += weight;
    meanAlong += weight * along;
    meanMiddle += (weight * (left + right)) / 2;
  }
  if (weights === 0) return 0;
  meanAlong /= weights;
  meanMiddle /= weights;
  let [covariance, variance] = [0, 0];
  for (const { along, left, right } of used) {
    const weight = right - left + 1;
    covariance += weight * (along - meanAlong) * ((left + right) / 2 - meanMiddle);
    variance += weight * (along - meanAlong) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}

function principalAxis({ columns, cells }: Region): { centreX: number; centreY: number; axis: number } {
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
  return { centreX, centreY, axis: Math.atan2(-2 * xy, yy - xx) / 2 };
}
