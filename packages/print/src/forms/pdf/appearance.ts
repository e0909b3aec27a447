import type { Pdf, PdfValue, Reference } from './pdfkit.js';
import type { Typesetter } from './typesetter.js';

/** Appearances of fewer characters stay as they are: packing one takes longer than all that a reader could gain. */
const SMALLEST_PACKED = 250;

/** A line of a field's text with its baseline, in points from the lower left corner of the field. */
export interface FieldLine {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
}

/** How the fields of a document look; fields that look the same share their appearance. */
export class Appearances {
  readonly #pdf: Pdf;
  readonly #letters: Typesetter;
  readonly #fonts: Reference;
  readonly #known = new Map<string, Reference>();

  /** The letters are those of all fields. */
  constructor(pdf: Pdf, letters: Typesetter) {
    this.#pdf = pdf;
    this.#letters = letters;
    this.#fonts = pdf.ref({ Font: { [letters.font.id]: letters.font.ref() } });
    this.#fonts.end();
  }

  /** How a text field shows its lines (ISO 32000-1, 12.7.3.3). */
  text(width: number, height: number, size: number, lines: readonly FieldLine[]): Reference {
    const shown = lines
      .filter(({ text }) => text !== '')
      .map(({ text, x, baseline }) => this.#letters.show(text, { x, baseline, size, downwards: false }));
    const clip = `1 0 ${number(Math.max(0, width - 2))} ${number(height)} re W n`;
    const content =
      shown.length === 0 ? '/Tx BMC\nEMC' : `/Tx BMC\nq\n${clip}\n0 g\n${shown.join('\n')}\nQ\nEMC`;
    return this.#appearance(width, height, content, this.#fonts);
  }

  /** How a box to tick looks: its frame, and the cross when it is ticked. */
  box(side: number, ticked: boolean): Reference {
    const [inner, outer] = [number(2), number(side - 2)];
    const frame = `q\n0.7 w\n0.5 0.5 ${number(side - 1)} ${number(side - 1)} re S\n`;
    const cross = `1.1 w\n${inner} ${inner} m ${outer} ${outer} l S\n${inner} ${outer} m ${outer} ${inner} l S\n`;
    return this.#appearance(side, side, `${frame}${ticked ? cross : ''}Q`, {});
  }

  /** What has nothing to show yet: a signature field before it is signed. */
  empty(width: number, height: number): Reference {
    return this.#appearance(width, height, 'q\nQ', {});
  }

  #appearance(width: number, height: number, content: string, resources: PdfValue): Reference {
    const key = `${number(width)} ${number(height)} ${content}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const form = this.#pdf.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, Number(number(width)), Number(number(height))],
      Resources: resources,
    });
    form.compress = content.length >= SMALLEST_PACKED;
    form.end(content);
    this.#known.set(key, form);
    return form;
  }
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
