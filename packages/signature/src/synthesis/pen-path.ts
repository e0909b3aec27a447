import { LETTERS, WAVE, type LetterPoint } from './letters.js';
import { between, type RandomSource } from './random-source.js';

/** A point of the pen's way, in letter heights: x to the right, y up. */
export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

/** What is particular about one hand. */
interface Hand {
  /** Sideways lean per height. */
  readonly slant: number;
  /** Rise of the line per length. */
  readonly rise: number;
  /** How far points stray, in letter heights. */
  readonly stray: number;
  /** How much smaller and wider the writing has become at the end of a word. */
  readonly haste: number;
  /** Whether a line is drawn below the name. */
  readonly underlines: boolean;
}

/**
 * The strokes that write `name`: words in one stroke each, dots and bars after them. `person` decides what is
 * particular about the hand, `chance` how it comes out this time.
 */
export function penPath(
  name: string,
  person: RandomSource,
  chance: RandomSource,
): readonly (readonly PathPoint[])[] {
  const hand: Hand = {
    slant: between(person, 0.12, 0.45),
    rise: between(person, -0.01, 0.09),
    stray: between(person, 0.025, 0.06),
    haste: between(person, 0.1, 0.4),
    underlines: person.next() < 0.6,
  };
  const strokes: (readonly PathPoint[])[] = [];
  let start = 0;
  for (const word of name.split(/\s+/u).filter((part) => part !== '')) {
    start = writeWord(word, start, hand, chance, strokes) + 0.5;
  }
  if (hand.underlines) strokes.push(flourish(start, hand, chance));
  return strokes;
}

/** Adds the strokes of `word` to `strokes`; answers where it ends. */
function writeWord(
  word: string,
  start: number,
  hand: Hand,
  random: RandomSource,
  strokes: (readonly PathPoint[])[],
): number {
  const letters = Array.from(word);
  const place = ([x, y]: LetterPoint, at: number, size: number): PathPoint => {
    const up = y * size + hand.stray * random.normal();
    return { x: at + x + hand.slant * up + hand.stray * random.normal(), y: up + hand.rise * (at + x) };
  };
  const line: PathPoint[] = [];
  const marks: (readonly PathPoint[])[] = [];
  let at = start;
  for (const [i, character] of letters.entries()) {
    const progress = i / Math.max(letters.length - 1, 1);
    const size = (1 - hand.haste * progress) * between(random, 0.92, 1.08);
    if (character === '.') {
      marks.push([place([0.1, 0.06], at, 1), place([0.18, 0], at, 1)]);
      at += 0.4;
      continue;
    }
    const { path, marks: own = [], advance } = LETTERS.get(character) ?? WAVE;
    for (const point of path) line.push(place(point, at, size));
    for (const mark of own) marks.push(mark.map((point) => place(point, at, size)));
    at += advance * (1 + 0.25 * hand.haste * progress);
  }
  if (line.length > 0) strokes.push(line);
  strokes.push(...marks);
  return at;
}

/** A line below the name, back and forth. */
function flourish(end: number, hand: Hand, random: RandomSource): readonly PathPoint[] {
  const depth = -between(random, 0.7, 1.3);
  const shares: readonly LetterPoint[] = [
    [1.02, 0.2],
    [0.75, -0.1],
    [0.4, 0],
    [0.28, -0.25],
    [0.5, -0.2],
    [between(random, 0.9, 1.1), 0.25],
  ];
  return shares.map(([share, y]) => ({
    x: share * end + hand.stray * random.normal(),
    y: depth + y + hand.rise * share * end,
  }));
}
