import { closed, opened, withoutHoles } from './morphology.js';
import { boxMean, type RidgeCells } from './ridge-cells.js';

/** Where skin lies on the glass. */
export interface Foreground {
  /** 1 for each cell of skin. */
  readonly mask: Uint8Array;
  /** How ridged each cell and its surroundings are: root mean square of the gradient, grey levels per pixel at 250 ppi. */
  readonly strength: Float32Array;
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
const OPEN_MM = 1.3;
const LARGEST_HOLE_MM2 = 25;

/**
 * Tells skin from bare glass, dirt, halos of moisture and prints left behind, by how strong its ridges are beside
 * the strongest of this image.
 */
export function foregroundOf(cells: RidgeCells): Foreground {
  const { columns, rows, cellMm } = cells;
  const [gxx, gyy, gxy] = [cells.gxx, cells.gyy, cells.gxy].map((part) => boxMean(part, columns, rows, 1));
  const strength = new Float32Array(cells.mean.length);
  for (let i = 0; i < strength.length; i += 1) strength[i] = Math.sqrt((gxx?.[i] ?? 0) + (gyy?.[i] ?? 0));
  void gxy;
  const ridged = strength.filter((value) => value > WEAKEST);
  const strongest = quantile(ridged, 0.8);
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
    strength,
    coherence: coherenceOf(cells),
    darkness,
  };
}

function darknessOf(cells: RidgeCells, strength: Float32Array, threshold: number): Float32Array {
  const glass = quantile(cells.mean, 0.95);
  const ink = quantile(
    cells.mean.filter((_, i) => (strength[i] ?? 0) > threshold),
    0.1,
  );
  // Ridged cells are half dark: what is as dark as a ridge is twice as far from the glass.
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

/** The value that `share` of `values` do not exceed; 0 of none. */
export function quantile(values: Float32Array, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? 0;
}
