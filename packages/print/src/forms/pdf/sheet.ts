import { InputError, stringLatinCodePoints } from '@buergerkoffer/formats';
import { PAGE, type Stroke, type TextStyle } from '../layout/style.js';
import { edges, hundredths, refuseOutside, type LayoutBox, type Rectangle } from './boxes.js';
import { darkRuns, type Modules } from './data-matrix.js';
import { fontSources, type FontSet, type FontWeight } from './fonts.js';
import { FormFields } from './form-fields.js';
import { Inks } from './inks.js';
import { ObjectSink } from './object-sink.js';
import { displayedSize, placePicture, type Picture } from './picture.js';
import { openPdf, type ElementOptions, type Pdf, type StructureElement } from './pdfkit.js';
import { Typesetter } from './typesetter.js';
import { PDF_UA_IDENTIFICATION } from './xmp.js';

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
  | 'Form'
  | 'Span'
  | 'Sect';

/** An element of the structure tree that further content can be added to. */
export type Element = StructureElement;

/** What the document says about itself. */
export interface SheetOptions {
  readonly title: string;
  readonly fonts: FontSet;
  readonly created: Date;
  readonly subject?: string;
  /** With interactive fields, in which every text of String.Latin can be typed. */
  readonly fillable: boolean;
  /** Content may stand anywhere on the page, not only left of the right edge of the type area. Default false. */
  readonly wholePage?: boolean;
}

/** Share of the font size that accented capitals reach above the baseline, and descenders below it (DejaVu Sans: hhea). */
const ASCENT = 0.928;
const DESCENT = 0.236;

/** From the top of a line to its baseline, in points. */
export function baselineBelow(style: TextStyle): number {
  return (style.leading + (ASCENT - DESCENT) * style.size) / 2;
}

/**
 * A tagged PDF while it is being painted: everything is either content of a structure element ({@link mark}) or an
 * artifact, and every text and picture is recorded as a {@link LayoutBox}. Positions are points from the top left corner.
 */
export class Sheet {
  readonly root: Element;
  readonly boxes: LayoutBox[] = [];
  readonly #pdf: Pdf;
  readonly #sink = new ObjectSink();
  readonly #typesetters: Readonly<Record<FontWeight, Typesetter>>;
  readonly #inks: Inks;
  readonly #fields: FormFields | undefined;
  /** How far to the right content may reach, in points. */
  readonly #right: number;
  #pageCount = 0;
  #page = 0;
  #marked = false;

  constructor(options: SheetOptions) {
    if (/[&<>]/u.test(options.title)) {
      throw new InputError('not-allowed', 'a title cannot hold & < or >', { path: 'title' });
    }
    this.#pdf = openPdf({
      title: options.title,
      language: 'de-DE',
      producer: '@buergerkoffer/print',
      created: options.created,
      ...(options.subject === undefined ? {} : { subject: options.subject }),
    });
    this.#pdf.appendXML(PDF_UA_IDENTIFICATION);
    this.#pdf._write = this.#sink.write;
    this.#inks = new Inks(this.#pdf);
    const fonts = fontSources(options.fonts);
    const typesetter = (weight: FontWeight): Typesetter => {
      const { parsed, letters } = fonts[weight];
      const font = this.#pdf.registerFont(weight, parsed).font(weight, 10)._font;
      return new Typesetter(this.#pdf, font, letters);
    };
    this.#typesetters = { bold: typesetter('bold'), regular: typesetter('regular') };
    this.#right = options.wholePage === true ? PAGE.width : PAGE.right;
    if (options.fillable) {
      this.#typesetters.regular.include(stringLatinCodePoints('E'));
      this.#fields = new FormFields(this.#pdf, this.#typesetters.regular);
    }
    this.root = this.#pdf.struct('Document', {});
    this.#pdf.addStructure(this.root);
  }

  get pageCount(): number {
    return this.#pageCount;
  }

  addPage(): void {
    this.#pdf.addPage();
    this.#inks.forget();
    this.#page = this.#pageCount++;
  }

  /** Paints on an earlier page again, for what is known only at the end. */
  turnTo(page: number): void {
    this.#pdf.switchToPage(page);
    this.#inks.forget();
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
    return (this.#typesetters[style.weight].width(text) * style.size) / 1000;
  }

  /** One line of text with its left end and the top of its line given. @throws InputError `too-large` where it leaves the page. */
  text(text: string, x: number, top: number, style: TextStyle, path: string): void {
    const baseline = top + baselineBelow(style);
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
    this.#inks.forget();
  }

  /** A horizontal line. */
  rule(x: number, y: number, width: number, stroke: Stroke): void {
    this.#inks.stroke(stroke);
    this.#pdf
      .moveTo(hundredths(x), hundredths(y))
      .lineTo(hundredths(x + width), hundredths(y))
      .stroke();
  }

  /** A rectangle of which only the edges are painted. */
  frame(box: Rectangle, stroke: Stroke): void {
    this.#inks.stroke(stroke);
    this.#pdf.rect(...edges(box)).stroke();
  }

  /** Width and height of a picture in pixels, as displayed. @throws InputError `malformed` where pdfkit cannot open the file. */
  sizeOf(picture: Picture, path: string): { readonly width: number; readonly height: number } {
    return displayedSize(this.#open(picture, path));
  }

  /**
   * Places a picture that `embeddable` let pass: its crop covers the box (`cover`) or stands whole in its middle (`contain`).
   * @throws InputError `out-of-range` for a crop outside the picture, `malformed` where pdfkit cannot open the file.
   */
  picture(picture: Picture, box: Rectangle, fit: 'cover' | 'contain', path: string): void {
    const image = this.#open(picture, path);
    const { shown, whole } = placePicture(image, picture.crop, box, fit, path);
    this.#record('picture', path, shown);
    this.#pdf.save().rect(shown.x, shown.y, shown.width, shown.height).clip();
    this.#pdf.image(image, whole.x, whole.y, { width: whole.width, height: whole.height });
    this.#pdf.restore();
  }

  /** A faint ground that says where something can be filled in. */
  tint(box: Rectangle, color: string): void {
    this.#inks.fill(color);
    this.#pdf.rect(...edges(box)).fill();
  }

  /** Puts interactive fields on the page. */
  field(put: (fields: FormFields) => void): void {
    if (this.#fields === undefined) throw new Error('the document has no interactive fields');
    put(this.#fields);
  }

  /** Notes the place of an interactive field. */
  recordField(path: string, box: Rectangle): void {
    this.#record('field', path, box);
  }

  /** A symbol of square modules in a box. */
  modules(modules: Modules, box: Rectangle, path: string): void {
    this.#record('code', path, box);
    const side = box.width / modules.length;
    this.#inks.fill('#000000');
    for (const [row, line] of modules.entries()) {
      for (const run of darkRuns(line)) {
        const [x, y] = [box.x + run.begin * side, box.y + row * side];
        this.#pdf.rect(...edges({ x, y, width: run.length * side, height: side }));
      }
    }
    this.#pdf.fill();
  }

  /** An entry of the bookmarks that leads to this height of the current page. */
  bookmark(title: string, top: number): void {
    // pdfkit counts `left` from the right edge
    const options = { pageNumber: this.#page, top, left: PAGE.width - PAGE.left, fit: false } as const;
    this.#pdf.outline.addItem(title, options);
  }

  /** Data that the document shows, as a file inside the file (ISO 19005-3, annex E). */
  attach(name: string, json: string, description: string, created: Date): void {
    const dates = { creationDate: created, modifiedDate: created };
    const options = { name, type: 'application/json', description, relationship: 'Data', ...dates } as const;
    this.#pdf.file(new TextEncoder().encode(json), options);
  }

  /** Closes the document. */
  async end(): Promise<Uint8Array> {
    // The fonts, which are written now, hold all letters of a fillable form: the sink packs them once for all papers.
    if (this.#fields !== undefined) this.#pdf.compress = false;
    this.#pdf.end();
    return this.#sink.file();
  }

  /** Where marks become text runs of their own `/ActualText` keeps letter and mark together for search and speech. */
  #paintText(text: string, x: number, baseline: number, style: TextStyle): void {
    const typesetter = this.#typesetters[style.weight];
    const { font } = typesetter;
    this.#pdf.page.fonts[font.id] ??= font.ref();
    this.#inks.fill(style.color);
    const loose = typesetter.hasLooseMarks(text);
    if (loose) this.#pdf.markContent('Span', { actual: text });
    this.#pdf.addContent(typesetter.show(text, { x, baseline, size: style.size, downwards: true }));
    if (loose) this.#pdf.endMarkedContent();
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
    refuseOutside(kind, path, box, this.#right);
    this.boxes.push({ kind, path, page: this.#page, ...box });
  }
}
