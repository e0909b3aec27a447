import type { Pdf } from './pdfkit.js';
import type { Stroke } from '../layout/style.js';

/** The colours and the line weight in force on a page: each is written only where it changes (ISO 32000-1, 8.4). */
export class Inks {
  readonly #pdf: Pdf;
  #fill = '';
  #stroke = '';
  #width = 0;

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }

  /** What follows is filled with this colour, `#rrggbb`. */
  fill(color: string): void {
    if (color !== this.#fill) this.#pdf.addContent(`${components(color)} rg`);
    this.#fill = color;
  }

  /** What follows is drawn with lines of this weight and colour. */
  stroke({ width, color }: Stroke): void {
    if (width !== this.#width) this.#pdf.addContent(`${width} w`);
    if (color !== this.#stroke) this.#pdf.addContent(`${components(color)} RG`);
    this.#width = width;
    this.#stroke = color;
  }

  /** Nothing is known any more: another page, or a state that was restored. */
  forget(): void {
    this.#fill = '';
    this.#stroke = '';
    this.#width = 0;
  }
}

/** Red, green and blue of `#rrggbb` from 0 to 1. */
function components(color: string): string {
  return [1, 3, 5]
    .map((at) => Math.round((Number.parseInt(color.slice(at, at + 2), 16) / 255) * 1e3) / 1e3)
    .join(' ');
}
