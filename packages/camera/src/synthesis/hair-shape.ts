import { FACE } from './face-map.js';
import type { Point } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;

/** A lock or cap of hair between two courses, from one end to the other. */
export interface HairShape {
  readonly outer: readonly Point[];
  readonly inner: readonly Point[];
  /** Where the strands begin, 0 to 1 along the courses: the parting. */
  readonly parting: number;
  /** Height of the waves, 0 straight to 1 curly. */
  readonly waves: number;
}

/** The hair that frames the face, and the mass behind head and neck where there is one. */
export const HAIR_SHAPES: Readonly<
  Record<
    DrawnPerson['hairstyle'],
    { readonly front: readonly HairShape[]; readonly behind?: readonly Point[] }
  >
> = {
  waves: {
    front: [
      {
        outer: [
          [X - 396, 1010],
          [X - 486, 880],
          [X - 492, 640],
          [X - 446, 380],
          [X - 300, 160],
          [X - 60, 78],
          [X + 200, 98],
          [X + 386, 260],
          [X + 474, 520],
          [X + 496, 760],
          [X + 448, 960],
          [X + 380, 1020],
        ],
        inner: [
          [X - 366, 960],
          [X - 388, 860],
          [X - 384, 680],
          [X - 348, 520],
          [X - 262, 400],
          [X - 130, 330],
          [X + 60, 346],
          [X + 226, 408],
          [X + 342, 530],
          [X + 384, 690],
          [X + 388, 860],
          [X + 362, 970],
        ],
        parting: 0.42,
        waves: 1,
      },
    ],
  },
  bob: {
    behind: [
      [X, 92],
      [X + 290, 150],
      [X + 440, 400],
      [X + 466, 760],
      [X + 470, 1110],
      [X + 400, 1200],
      [X + 250, 1160],
      [X, 1150],
    ],
    front: [
      {
        outer: [
          [X - 392, 1200],
          [X - 474, 1110],
          [X - 470, 760],
          [X - 436, 400],
          [X - 290, 165],
          [X - 80, 88],
          [X + 190, 104],
          [X + 376, 270],
          [X + 452, 560],
          [X + 472, 860],
          [X + 474, 1100],
          [X + 400, 1205],
        ],
        inner: [
          [X - 330, 1160],
          [X - 372, 1030],
          [X - 388, 760],
          [X - 352, 540],
          [X - 262, 430],
          [X - 150, 330],
          [X + 40, 390],
          [X + 220, 452],
          [X + 346, 560],
          [X + 390, 760],
          [X + 376, 1020],
          [X + 334, 1165],
        ],
        parting: 0.41,
        waves: 0.12,
      },
    ],
  },
  short: {
    front: [
      {
        outer: [
          [X - 398, 720],
          [X - 428, 600],
          [X - 418, 420],
          [X - 350, 240],
          [X - 210, 130],
          [X - 20, 92],
          [X + 190, 122],
          [X + 346, 240],
          [X + 416, 420],
          [X + 428, 600],
          [X + 398, 720],
        ],
        inner: [
          [X - 380, 730],
          [X - 374, 620],
          [X - 350, 500],
          [X - 306, 410],
          [X - 220, 340],
          [X - 60, 300],
          [X + 130, 318],
          [X + 276, 380],
          [X + 344, 490],
          [X + 372, 620],
          [X + 380, 730],
        ],
        parting: 0.34,
        waves: 0.3,
      },
    ],
  },
  crown: {
    front: [
      {
        outer: [
          [X - 400, 770],
          [X - 432, 660],
          [X - 430, 520],
          [X - 390, 380],
          [X - 344, 320],
        ],
        inner: [
          [X - 380, 760],
          [X - 372, 680],
          [X - 356, 560],
          [X - 336, 440],
          [X - 322, 345],
        ],
        parting: 1,
        waves: 0.35,
      },
      {
        outer: [
          [X + 344, 320],
          [X + 390, 380],
          [X + 430, 520],
          [X + 432, 660],
          [X + 400, 770],
        ],
        inner: [
          [X + 322, 345],
          [X + 336, 440],
          [X + 356, 560],
          [X + 372, 680],
          [X + 380, 760],
        ],
        parting: 0,
        waves: 0.35,
      },
    ],
  },
};
