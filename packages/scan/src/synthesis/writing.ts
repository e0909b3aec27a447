import { ADVANCE, glyphOf } from './glyphs.js';
import type { Ink, PointMm, Sheet } from './sheet.js';

/** How a line of text is written. */
export interface Hand {
  /** Height of a capital, in millimetres. */
  readonly capitalMm: number;
  /** From one character to the next, in millimetres; default as the font is wide. */
  readonly pitchMm?: number;
  /** Breadth of the pen, in millimetres. */
  readonly penMm: number;
  readonly ink: Ink;
  readonly opacity?: number;
  /** Turns the line clockwise about where it begins, in radians; default 0. */
  readonly turn?: number;
}

/** Height of a capital in glyph units. */
const CAPITAL = 6;

/** Writes `text` on one line from `at`, the top left corner of the first capital; returns the width in millimetres. */
export function write(sheet: Sheet, text: string, [x, y]: PointMm, hand: Hand): number {
  const unit = hand.capitalMm / CAPITAL;
  const pitch = hand.pitchMm ?? ADVANCE * unit;
  // A wider pitch than the font's own also widens the letters a little, as a typeface with fixed width does.
  const across = Math.min(unit * 1.15, (pitch * 0.7) / 4);
  const [cos, sin] = [Math.cos(hand.turn ?? 0), Math.sin(hand.turn ?? 0)];
  const characters = Array.from(text);
  characters.forEach((character, i) => {
    for (const stroke of glyphOf(character)) {
      const points = stroke.map(([gx, gy]): PointMm => {
        const [right, down] = [i * pitch + gx * across, gy * unit];
        return [x + right * cos - down * sin, y + right * sin + down * cos];
      });
      sheet.stroke(points, hand.penMm, hand.ink, hand.opacity);
    }
  });
  return characters.length * pitch;
}
