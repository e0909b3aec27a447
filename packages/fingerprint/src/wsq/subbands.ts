/** A rectangle of the plane of samples, in samples from the top left. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle that is split into four quadrants, low and high in x and in y. */
export interface Split extends Rectangle {
  /** The high part lies left of the low one. */
  readonly isReversedX: boolean;
  /** The high part lies above the low one. */
  readonly isReversedY: boolean;
}

/** How an image of one size is cut into subbands. */
export interface SubbandTree {
  /** Parents before their quadrants: the order of the analysis; the synthesis goes from back to front. */
  readonly splits: readonly Split[];
  /** {@link SUBBAND_COUNT} rectangles; those of a small image can be empty. */
  readonly subbands: readonly Rectangle[];
}

/** Subbands that are coded. The four behind them, the highest quarter of the image, never are. */
export const SUBBAND_COUNT = 60;

/** First subband of each of the three blocks in which a file codes them (IAFIS-IC-0110 V3, figure A.2). */
export const BLOCK_STARTS: readonly number[] = [0, 19, 52];

/**
 * The quadrants top left, top right, bottom left, bottom right: split further, or a subband; or not coded.
 */
type Quadrants = readonly [Quadrant, Quadrant, Quadrant, Quadrant];
type Quadrant = Quadrants | number | 'not-coded';

/** The decomposition into 64 subbands (IAFIS-IC-0110 V3, figure 5). */
const TREE: Quadrants = [
  [
    [
      [[0, 1, 2, 3], 4, 5, 6],
      [7, 8, 9, 10],
      [11, 12, 13, 14],
      [15, 16, 17, 18],
    ],
    [
      [19, 20, 21, 22],
      [23, 24, 25, 26],
      [27, 28, 29, 30],
      [31, 32, 33, 34],
    ],
    [
      [35, 36, 37, 38],
      [39, 40, 41, 42],
      [43, 44, 45, 46],
      [47, 48, 49, 50],
    ],
    51,
  ],
  [52, 53, 54, 55],
  [56, 57, 58, 59],
  'not-coded',
];

/** The tree of an image of `width` x `height` pixels. */
export function subbandTree(width: number, height: number): SubbandTree {
  const splits: Split[] = [];
  const subbands: Rectangle[] = [];
  const walk = (split: Split, quadrants: Quadrants): void => {
    splits.push(split);
    const { left, top, isReversedX, isReversedY } = split;
    const near = { width: firstPart(split.width, isReversedX), height: firstPart(split.height, isReversedY) };
    quadrants.forEach((quadrant, index) => {
      // Where a quadrant lies decides how it is split, not what it holds.
      const isRight = index % 2 === 1;
      const isLower = index >= 2;
      const rectangle = {
        left: left + (isRight ? near.width : 0),
        top: top + (isLower ? near.height : 0),
        width: isRight ? split.width - near.width : near.width,
        height: isLower ? split.height - near.height : near.height,
      };
      if (typeof quadrant === 'number') subbands[quadrant] = rectangle;
      else if (quadrant !== 'not-coded') {
        walk({ ...rectangle, isReversedX: isRight, isReversedY: isLower }, quadrant);
      }
    });
  };
  walk({ left: 0, top: 0, width, height, isReversedX: false, isReversedY: false }, TREE);
  return { splits, subbands };
}

/** Samples of the part that lies first: the low one has the odd sample more. */
function firstPart(length: number, isReversed: boolean): number {
  return isReversed ? length >> 1 : (length + 1) >> 1;
}
