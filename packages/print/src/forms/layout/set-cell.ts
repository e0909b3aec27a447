import type { Element } from '../pdf/sheet.js';

/** A cell with its texts broken to its width; positions are those of the row that it stands in. */
export interface SetCell {
  readonly name: string;
  /** Lines above the content. */
  readonly label: readonly string[];
  readonly height: number;
  /** Whether a line closes the cell below. */
  readonly underlined: boolean;
  /** Paints what of the label stands beside the content. */
  readonly paintLabel?: (x: number, y: number) => void;
  readonly paintContent: (td: Element, x: number, y: number) => void;
}
