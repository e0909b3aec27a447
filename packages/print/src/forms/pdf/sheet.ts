import { InputError } from '@buergerkoffer/formats';
import { PAGE, type Stroke, type TextStyle } from '../layout/style.js';
import { collectBytes } from './bytes.js';
import { parsedFonts, type FontSet } from './fonts.js';
import { centreCrop, type Picture } from './picture.js';
import { openPdf, type ElementOptions, type Pdf, type StructureElement } from './pdfkit.js';
import { PDF_UA_IDENTIFICATION } from './xmp.js';

/** A rectangle in points from the top left corner of a page. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What was painted where; the proof that nothing overlaps and nothing leaves the page. */
export interface LayoutBox extends Rectangle {
  readonly kind: 'text' | 'picture';
  /** Counts from 0. */
  readonly page: number;
  /** The field or element that it belongs to, as a path (`holder.familyName`); never its content. */
  readonly path: string;
}

/** Role of an element of the structure tree (ISO 32000-1, 14.8.4). */
export type Role =
  | 'Document'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'L'
  | 'LI'
  | 'LBody'
  | 'Figure'
  | 'Sect';

/** An element of the structure tree that further content can be added to. */
export type Element = StructureElement;

/** What the document says about itself. */
export interface SheetOptions {
  readonly title: string;
  readonly fonts: FontSet;
  readonly created: Date;
}

/** Share of the font size that accented capitals reach above the baseline, and descenders below it (DejaVu Sans: hhea). */
const ASCENT = 0.928;
const DESCENT = 0.236;

/**
 * A tagged PDF while it is being painted: everything is either content of a structure element ({@link mark}) or an
 * artifact, and every text and picture is recorded as a {@link LayoutBox}. Positions are points from the top left corner.
 */
export class Sheet {
  readonly root: Element;
  readonly boxes: LayoutBox[] = [];
  readonly #pdf: Pdf;
  readonly #bytes: Promise<Uint8Array>;
  #pageCount = 0;
  #page = 0;
  #marked = false;

  constructor(options: SheetOptions) {
    if (/[&<>]/u.test(options.title)) {
      throw new InputError('not-allowed', 'a title cannot hold & < or >', { path: 'title' });
    }
    const fonts = parsedFonts(options.fonts);
    this.#pdf = openPdf({
      title: options.title,
      language: 'de-DE',
      producer: '@buergerkoffer/print',
      created: options.created,
    });
    this.#pdf.appendXML(PDF_UA_IDENTIFICATION);
    this.#pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
    this.#bytes = collectBytes(this.#pdf);
    this.root = this.#pdf.struct('Document', {});
    this.#pdf.addStructure(this.root);
  }

  get pageCount(): number {
    return this.#pageCount;
  }

  addPage(): void {
    this.#pdf.addPage();
    this.#page = this.#pageCount++;
  }

  /** Paints on an earlier page again, for what is known only at the end. */
  turnTo(page: number): void {
    this.#pdf.switchToPage(page);
    this.#page = page;
  }

  /** A new element under `parent`; reading order is the order of these calls. */
  element(parent: Element, role: Role, options: ElementOptions = {}): Element {
    const child = this.#pdf.struct(role, options);
    parent.add(child);
    return child;
  }

  /** Paints content of a structure element. */
  mark(element: Element, paint: () => void): void {
    this.#enclosed(() => element.add(paint));
  }

  /** Paints what is no content: rules, running heads, page numbers. */
  artifact(type: 'Pagination' | 'Layout', paint: () => void): void {
    this.#enclosed(() => {
      this.#pdf.markContent('Artifact', { type });
      paint();
      this.#pdf.endMarkedContent();
    });
  }

  /** Width of the text in points. */
  width(text: string, style: TextStyle): number {
    return this.#pdf.font(style.weight, style.size).widthOfString(text);
  }

  /** One line of text with its left end and the top of its line given. @throws InputError `too-large` where it leaves the page. */
  text(text: string, x: number, top: number, style: TextStyle, path: string): void {
    const baseline = top + (style.leading + (ASCENT - DESCENT) * style.size) / 2;
    this.#record('text', path, {
      x,
      y: baseline - ASCENT * style.size,
      width: this.width(text, style),
      height: (ASCENT + DESCENT) * style.size,
    });
    if (text === '') return;
    this.#paintText(text, x, baseline, style);
  }

  /** Large faint text across the page, from the lower left to the upper right. */
  diagonal(text: string, style: TextStyle): void {
    const centre = [PAGE.width / 2, PAGE.height / 2] as const;
    const width = this.width(text, style);
    this.#pdf.save().rotate(-52, { origin: centre });
    this.#paintText(text, centre[0] - width / 2, centre[1] + style.size / 3, style);
    this.#pdf.restore();
  }

  /** A horizontal line. */
  rule(x: number, y: number, width: number, stroke: Stroke): void {
    this.#pdf.lineWidth(stroke.width).strokeColor(stroke.color);
    this.#pdf
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  }

  /** A rectangle of which only the edges are painted. */
  frame(box: Rectangle, stroke: Stroke): void {
    this.#pdf.lineWidth(stroke.width).strokeColor(stroke.color);
    this.#pdf.rect(box.x, box.y, box.width, box.height).stroke();
  }

  /**
   * Places a picture that `embeddable` let pass: its crop covers the box (`cover`) or stands whole in its middle (`contain`).
   * @throws InputError `out-of-range` for a crop outside the picture, `malformed` where pdfkit cannot open the file.
   */
  picture(picture: Picture, box: Rectangle, fit: 'cover' | 'contain', path: string): void {
    const image = this.#open(picture, path);
    const [width, height] =
      (image.orientation ?? 1) > 4 ? [image.height, image.width] : [image.width, image.height];
    const aspect = box.width / box.height;
    const crop =
      picture.crop ?? (fit === 'cover' ? centreCrop(width, height, aspect) : { x: 0, y: 0, width, height });
    const whole =
      crop.width > 0 &&
      crop.height > 0 &&
      crop.x >= 0 &&
      crop.y >= 0 &&
      crop.x + crop.width <= width &&
      crop.y + crop.height <= height;
    if (!whole) throw new InputError('out-of-range', 'the crop leaves the picture', { path: `${path}.crop` });

    const scales = [box.width / crop.width, box.height / crop.height] as const;
    const scale = fit === 'cover' ? Math.max(...scales) : Math.min(...scales);
    const x = box.x + (box.width - crop.width * scale) / 2;
    const y = box.y + (box.height - crop.height * scale) / 2;
    const left = Math.max(x, box.x);
    const top = Math.max(y, box.y);
    const shown = {
      x: left,
      y: top,
      width: Math.min(crop.width * scale, box.width),
      height: Math.min(crop.height * scale, box.height),
    };
    this.#record('picture', path, shown);
    this.#pdf.save().rect(shown.x, shown.y, shown.width, shown.height).clip();
    this.#pdf.image(image, x - crop.x * scale, y - crop.y * scale, {
      width: width * scale,
      height: height * scale,
    });
    this.#pdf.restore();
  }

  /** Closes the document. */
  async end(): Promise<Uint8Array> {
    this.#pdf.end();
    return this.#bytes;
  }

  /** Marks become text runs of their own; `/ActualText` keeps letter and mark together for search and speech. */
  #paintText(text: string, x: number, baseline: number, style: TextStyle): void {
    const composed = /\p{M}/u.test(text);
    this.#pdf.font(style.weight, style.size).fillColor(style.color);
    if (composed) this.#pdf.markContent('Span', { actual: text });
    this.#pdf.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
    if (composed) this.#pdf.endMarkedContent();
  }

  #open(picture: Picture, path: string): ReturnType<Pdf['openImage']> {
    try {
      return this.#pdf.openImage(picture.bytes);
    } catch (cause) {
      throw new InputError('malformed', 'the picture cannot be opened', { path, cause });
    }
  }

  /** Marked content of pdfkit must not be nested: an inner mark would close the outer one. */
  #enclosed(paint: () => void): void {
    if (this.#marked) throw new Error('marked content inside marked content');
    this.#marked = true;
    paint();
    this.#marked = false;
  }

  #record(kind: LayoutBox['kind'], path: string, box: Rectangle): void {
    const margin = 0.01;
    if (
      box.x < 0 ||
      box.y < 0 ||
      box.x + box.width > PAGE.right + margin ||
      box.y + box.height > PAGE.height
    ) {
      throw new InputError('too-large', `${kind} leaves the page`, { path });
    }
    this.boxes.push({ kind, path, page: this.#page, ...box });
  }
}
