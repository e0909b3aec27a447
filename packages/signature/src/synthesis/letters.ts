/** A point of a letter: x to the right, y up from the line; the small letters are 1 high. */
export type LetterPoint = readonly [x: number, y: number];

/** How a hand writes one letter. */
export interface Letter {
  /** Points that the pen passes; small letters begin where the one before has ended. */
  readonly path: readonly LetterPoint[];
  /** Strokes that are added when the word is done: dots and bars. */
  readonly marks?: readonly (readonly LetterPoint[])[];
  /** Where the next letter begins. */
  readonly advance: number;
}

const DOT: readonly LetterPoint[] = [
  [0.42, 1.62],
  [0.5, 1.56],
];

/** The letters that the hand knows; it writes the others as {@link WAVE}, as hasty hands do. */
export const LETTERS: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  [
    'B',
    letter(
      1.5,
      '.45 2.1, .36 1.1, .2 0, .28 .9, .45 1.95, .95 2.35, 1.25 1.95, .95 1.35, .55 1.2, 1.05 1.1, 1.35 .6, 1 .02, .45 .1, .6 .3, 1.1 .05, 1.5 .2',
    ),
  ],
  ['E', letter(1.3, '1.15 2, .75 2.3, .4 1.85, .6 1.4, .85 1.3, .45 1.15, .15 .6, .45 .02, .9 .08, 1.3 .3')],
  [
    'H',
    letter(1.7, '.35 2.1, .3 1, .15 0, .3 .7, .6 1.2, 1 1.25, 1.3 2.2, 1.2 1.1, 1.15 .15, 1.35 0, 1.7 .2'),
  ],
  [
    'K',
    letter(1.5, '.4 2.2, .3 1.1, .15 0, .3 .9, .6 1.2, 1.2 2.2, .7 1.25, .55 1.1, .85 .6, 1.15 .02, 1.5 .2'),
  ],
  ['L', letter(1.3, '.6 1.6, .9 2.2, .65 2.35, .5 1.4, .4 .3, .2 .02, .15 .2, .5 .12, .9 0, 1.3 .2')],
  [
    'M',
    letter(
      2,
      '0 .1, .2 .9, .5 2.2, .58 1.5, .68 .5, .8 .35, 1.1 1.4, 1.42 2.25, 1.42 1.2, 1.46 .2, 1.66 .02, 2 .25',
    ),
  ],
  [
    'S',
    letter(1.3, '0 .1, .5 .8, .95 1.8, .85 2.3, .55 2.1, .6 1.5, .85 .8, .7 .1, .3 0, .1 .3, .6 .2, 1.3 .2'),
  ],
  ['a', letter(1.05, '.55 .98, .25 .8, .18 .35, .35 .02, .6 .3, .72 .95, .7 .4, .78 .03, 1.05 .15')],
  ['d', letter(1.1, '.55 .95, .25 .8, .18 .35, .35 .02, .6 .35, .82 2.1, .74 .7, .82 .03, 1.1 .15')],
  ['e', letter(0.85, '.45 .4, .64 .8, .46 1.02, .24 .72, .26 .25, .5 0, .85 .2')],
  ['h', letter(1.1, '.35 .9, .55 1.9, .4 2.25, .27 1.8, .25 .02, .4 .65, .6 .98, .72 .65, .76 .05, 1.1 .15')],
  ['i', { ...letter(0.7, '.28 .6, .38 1, .34 .4, .42 .03, .7 .15'), marks: [DOT] }],
  ['l', letter(0.72, '.36 .9, .58 1.9, .42 2.28, .26 1.8, .25 .6, .4 .03, .72 .15')],
  [
    'm',
    letter(
      1.4,
      '.18 .6, .3 1, .33 .5, .3 .02, .44 .7, .6 1, .69 .7, .69 .02, .82 .7, .98 1, 1.07 .7, 1.1 .08, 1.4 .15',
    ),
  ],
  ['n', letter(1, '.18 .6, .3 1, .33 .5, .3 .02, .44 .7, .6 1, .69 .7, .71 .08, 1 .15')],
  ['o', letter(0.95, '.5 .97, .25 .75, .2 .3, .45 0, .7 .35, .64 .85, .46 .98, .62 .8, .95 .75')],
  [
    'p',
    letter(
      1.05,
      '.28 .7, .36 1.05, .28 .2, .18 -1.15, .3 .3, .52 .98, .8 .8, .76 .28, .5 .03, .44 .2, .7 .02, 1.05 .18',
    ),
  ],
  ['r', letter(0.9, '.22 .8, .3 1.12, .42 .9, .6 .93, .58 .5, .64 .05, .9 .15')],
  ['s', letter(0.85, '.34 .7, .46 1.08, .5 .72, .62 .35, .46 0, .22 .1, .5 .1, .85 .2')],
  [
    't',
    {
      ...letter(0.8, '.3 .9, .4 1.7, .34 .8, .36 .15, .5 0, .8 .15'),
      marks: [
        [
          [0.05, 1.12],
          [0.8, 1.22],
        ],
      ],
    },
  ],
  ['u', letter(1.05, '.22 .7, .3 1, .28 .35, .45 0, .65 .35, .76 1, .73 .35, .82 .02, 1.05 .15')],
]);

/** What stands for a letter that the hand does not know. */
export const WAVE: Letter = letter(0.9, '.25 .8, .38 .9, .45 .3, .58 .02, .9 .2');

/** `path` is a list of points, "x y", divided by commas. */
function letter(advance: number, path: string): Letter {
  const points = path.split(', ').map((pair): LetterPoint => {
    const [x = 0, y = 0] = pair.split(' ').map(Number);
    return [x, y];
  });
  return { path: points, advance };
}
