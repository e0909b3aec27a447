import type { FontWeight } from '../pdf/fonts.js';

/** Points per millimetre (1 pt = 1/72 inch). */
export const MM = 72 / 25.4;

/** The page and its frame, in points from the top left corner (A4, ISO 216; 25 mm on the left for filing). */
export const PAGE = {
  width: 595.28,
  height: 841.89,
  left: 25 * MM,
  right: 595.28 - 17 * MM,
  top: 16 * MM,
  /** Where a page that continues the form begins its content, below the running head. */
  continued: 23 * MM,
  bottom: 841.89 - 21 * MM,
  footer: 841.89 - 12 * MM,
} as const;

/** Width of the type area in points. */
export const CONTENT_WIDTH = PAGE.right - PAGE.left;

/** The grid that all fields stand on. */
export const GRID = { columns: 12, gutter: 8 } as const;

/** Points that somebody needs to write a line by hand. */
export const WRITING_HEIGHT = 17;

/** How a piece of text looks; `leading` is the distance between baselines in points. */
export interface TextStyle {
  readonly weight: FontWeight;
  readonly size: number;
  readonly leading: number;
  readonly color: string;
}

const INK = '#000000';
const ACCENT = '#12324f';
const QUIET = '#3f4a54';

/** The styles of all forms. */
export const STYLES = {
  authority: { weight: 'bold', size: 10.5, leading: 13.5, color: ACCENT },
  letterhead: { weight: 'regular', size: 7.5, leading: 10.2, color: QUIET },
  title: { weight: 'bold', size: 16, leading: 20.5, color: ACCENT },
  legalBasis: { weight: 'regular', size: 7.5, leading: 10.4, color: QUIET },
  section: { weight: 'bold', size: 9.5, leading: 12.5, color: ACCENT },
  subsection: { weight: 'bold', size: 8.2, leading: 12.4, color: ACCENT },
  label: { weight: 'regular', size: 6.6, leading: 8.6, color: QUIET },
  value: { weight: 'regular', size: 9.5, leading: 12.6, color: INK },
  strongValue: { weight: 'bold', size: 9.5, leading: 12.6, color: INK },
  body: { weight: 'regular', size: 8.5, leading: 12, color: INK },
  notice: { weight: 'regular', size: 7.8, leading: 11.2, color: INK },
  head: { weight: 'bold', size: 7.2, leading: 9.6, color: ACCENT },
  running: { weight: 'regular', size: 7, leading: 9, color: QUIET },
  watermark: { weight: 'bold', size: 96, leading: 96, color: '#e9ecef' },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Ground of what is to be filled in at the screen. */
export const TINT = '#eef2f6';

/** Lines and tints. */
export const STROKES = {
  section: { width: 0.9, color: ACCENT },
  field: { width: 0.45, color: '#8b98a5' },
  table: { width: 0.35, color: '#b4bec8' },
  signature: { width: 0.6, color: '#000000' },
} as const;

/** A line's weight in points and its colour. */
export interface Stroke {
  readonly width: number;
  readonly color: string;
}
