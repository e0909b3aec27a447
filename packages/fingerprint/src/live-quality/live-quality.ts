import type { GreyImage } from '@buergerkoffer/formats';
import type { LiveStatus } from '../live-status.js';
import { fingersOf, type Finger } from '../segmentation/fingers.js';
import { foregroundOf, type Foreground } from '../segmentation/foreground.js';
import { ridgeCells, type RidgeCells } from '../segmentation/ridge-cells.js';
import { darkShare, glassGrey } from './dark-share.js';
import { guidanceOf } from './guidance.js';
import type { LiveFinger } from './live-finger.js';

/** What one frame of a preview says about the fingers that lie on the glass. */
export interface LiveQuality {
  /** An estimate of our own for previews: no NFIQ 2 score, and no ground to accept or refuse a print. */
  readonly algorithm: 'live-estimate';
  readonly version: string;
  /** 0, nothing to be seen, to 100; of several fingers the worst. */
  readonly score: number;
  /** Left to right; empty when none lies there. */
  readonly fingers: readonly LiveFinger[];
  /** What to tell the person; `FingersRecognized` when nothing is to be changed. */
  readonly guidance: LiveStatus;
}

const VERSION = '1';
/** Skin of a whole fingertip, in square millimetres: what TR-03121-3 5.1.5 wants of the glass, 16 x 20, as an ellipse. */
const FULL_AREA_MM2 = 250;

/**
 * Looks at one frame of a preview: 8-bit grey, dark ridges on bright glass, 200 to 1,300 ppi (500 where it does not
 * say). `previous`, the quality of the frame before, tells whether the fingers lie still. Errors as in `findFingertips`.
 */
export function liveQuality(frame: GreyImage, previous?: LiveQuality): LiveQuality {
  const cells = ridgeCells(frame);
  const foreground = foregroundOf(cells);
  const glass = glassGrey(frame);
  const fingers = fingersOf(cells, foreground).map((finger) =>
    liveFinger(frame, glass, finger, cells, foreground),
  );
  const score = fingers.length === 0 ? 0 : Math.min(...fingers.map((finger) => finger.score));
  return {
    algorithm: 'live-estimate',
    version: VERSION,
    score,
    fingers,
    guidance: guidanceOf(fingers, previous?.fingers),
  };
}

function liveFinger(
  frame: GreyImage,
  glass: number,
  { region, shape }: Finger,
  cells: RidgeCells,
  foreground: Foreground,
): LiveFinger {
  const { columns, rows, cellMm } = cells;
  const cut = { left: 0, right: 0, top: 0, bottom: 0 };
  let coherence = 0;
  for (const cell of region.cells) {
    coherence += foreground.coherence[cell] ?? 0;
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    if (column === 0) cut.left += cellMm;
    if (column === columns - 1) cut.right += cellMm;
    if (row === 0) cut.top += cellMm;
    if (row === rows - 1) cut.bottom += cellMm;
  }
  const count = region.cells.length;
  const measured = {
    areaMm2: count * cellMm ** 2,
    darkShare: darkShare(frame, cells, region.cells, glass),
    coherence: coherence / count,
  };
  return {
    ...measured,
    score: scoreOf(measured),
    cutMm: cut,
    middleMm: { x: (shape.centreX + 0.5) * cellMm, y: (shape.centreY + 0.5) * cellMm },
    lengthMm: (shape.lastAlong - shape.firstAlong + 1) * cellMm,
  };
}

/** Clear ridges on enough skin, neither pale nor smeared: 0 to 100. */
function scoreOf(finger: Pick<LiveFinger, 'areaMm2' | 'darkShare' | 'coherence'>): number {
  const clarity = ramp(0.35, 0.85, finger.coherence);
  const balance = ramp(0.06, 0.28, finger.darkShare) * (1 - ramp(0.5, 0.78, finger.darkShare));
  const size = ramp(40, FULL_AREA_MM2, finger.areaMm2);
  return Math.round(100 * clarity * balance * size);
}

function ramp(low: number, high: number, value: number): number {
  return Math.min(Math.max((value - low) / (high - low), 0), 1);
}
