import { closed, opened, withoutHoles } from './morphology.js';
import { boxMean, type RidgeCells } from './ridge-cells.js';

/** Where skin lies on the glass. */
export interface Foreground {
  /** 1 for each cell of skin. */
  readonly mask: Uint8Array;
  /** How much the ridges of 2 mm around each cell run one way: 0 not at all, 1 all of them. */
  readonly coherence: Float32Array;
  /** How dark each cell is: 0 as the bare glass, 1 as a ridge. */
  readonly darkness: Float32Array;
}

/** Gradients below it are taken for the grain of a sensor. */
const WEAKEST = 5;
/** Share of the strength of this image's ridges from which a cell is skin: prints left behind are weaker. */
const SKIN_SHARE = 0.36;
/** Darkness from which a cell is wet or hard-pressed skin, though no ridges show; halos are brighter. */
const WET_DARKNESS = 0.72;
const CLOSE_MM = 0.9;
const OPEN_MM = 1.6;
const LARGEST_HOLE_MM2 = 25;

/**
 * Tells skin from bare glass, dirt, halos of moisture and prints left behind, by how strong its ridges are beside
 * the strongest of this image.
 */
export function foregroundOf(cells: RidgeCells): Foreground {
  const { columns, rows, cellMm } = cells;
  const strength = strengthOf(cells);
  const strongest = quantile(
    strength.filter((value) => value > WEAKEST),
    0.8,
  );
  const threshold = Math.max(WEAKEST, SKIN_SHARE * strongest);
  const darkness = darknessOf(cells, strength, threshold);
  const raw = new Uint8Array(strength.length);
  for (let i = 0; i < raw.length; i += 1) {
    raw[i] = (strength[i] ?? 0) > threshold || (darkness[i] ?? 0) > WET_DARKNESS ? 1 : 0;
  }
  const filled = withoutHoles(
    closed(raw, columns, rows, CLOSE_MM / cellMm),
    columns,
    rows,
    LARGEST_HOLE_MM2 / cellMm ** 2,
  );
  return {
    mask: opened(filled, columns, rows, OPEN_MM / cellMm),
    coherence: coherenceOf(cells),
    darkness,
  };
}

/** How ridged each cell and those around it are: root mean square of the gradient, grey levels per pixel at 250 ppi. */
function strengthOf({ columns, rows, gxx, gyy }: RidgeCells): Float32Array {
  const energy = boxMean(
    gxx.map((value, i) => value + (gyy[i] ?? 0)),
    columns,
    rows,
    1,
  );
  return energy.map((value) => Math.sqrt(Math.max(value, 0)));
}

function darknessOf(cells: RidgeCells, strength: Float32Array, threshold: number): Float32Array {
  const glass = quantile(cells.mean, 0.95);
  const ink = quantile(
    cells.mean.filter((_, i) => (strength[i] ?? 0) > threshold),
    0.1,
  );
  // The mean of a cell is between ridge and valley: a ridge is about a third farther from the glass than the darkest cells.
  const depth = Math.max(glass - ink, 40);
  return cells.mean.map((grey) => Math.min(Math.max((glass - grey) / (1.35 * depth), 0), 1));
}

function coherenceOf({ columns, rows, gxx, gyy, gxy }: RidgeCells): Float32Array {
  const [xx, yy, xy] = [
    boxMean(gxx, columns, rows, 2),
    boxMean(gyy, columns, rows, 2),
    boxMean(gxy, columns, rows, 2),
  ];
  return xx.map((a, i) => {
    const b = yy[i] ?? 0;
    return a + b < 1 ? 0 : Math.hypot(a - b, 2 * (xy[i] ?? 0)) / (a + b);
  });
}

/** Steps of the histogram behind a quantile. */
const STEPS = 4096;

/** About the value that `share` (0 to 1) of `values` do not exceed, within a 4096th of their range; 0 of none. */
export function quantile(values: Float32Array, share: number): number {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most > least)) return values[0] ?? 0;
  const scale = (STEPS - 1) / (most - least);
  const histogram = new Uint32Array(STEPS);
  for (const value of values) {
    const step = Math.round((value - least) * scale);
    histogram[step] = (histogram[step] ?? 0) + 1;
  }
  let step = 0;
  for (let count = histogram[0] ?? 0; count < share * values.length && step < STEPS - 1;) {
    step += 1;
    count += histogram[step] ?? 0;
  }
  return least + step / scale;
}
