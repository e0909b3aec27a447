/**
 * The one file that talks to pdfkit's insides: what of pdfkit ~0.20.2 the forms use, typed by us.
 *
 * `@types/pdfkit` is older than the pdfkit in use and knows none of the private members, so pdfkit is narrowed here, once, with `as`.
 * `test/forms/pdf/pdfkit.test.ts` pins each of these members and fails when a version of pdfkit changes them.
 */
import PDFDocument from 'pdfkit';
import { readFontTables, type FontTables } from './font-tables.js';
import { keepPacked } from './pack-stream.js';
import { srgbProfile } from './srgb-profile.js';
import { hasOutlines, TrueTypeSubset, type GlyphSubset } from './subset.js';

/** What the document says about itself; the same values give the same bytes. */
export interface PdfOptions {
  readonly title: string;
  readonly language: string;
  readonly producer: string;
  readonly created: Date;
  /** Width and height of the pages in points; A4 unless given. */
  readonly size?: readonly [width: number, height: number];
  readonly subject?: string;
}

/** An open or closed element of the structure tree (ISO 32000-1, 14.7.2). */
export interface StructureElement {
  add(child: StructureElement | (() => void)): StructureElement;
  /** Closes the element and writes it. */
  end(): void;
}

/** Attributes of a structure element that pdfkit writes: `/Alt`, `/T`, `/A` with `/BBox`, `/Scope`. */
export interface ElementOptions {
  readonly alt?: string;
  /** Names the element for those who hear the page. */
  readonly title?: string;
  readonly scope?: 'Row' | 'Column';
  /** left, top, right, bottom in points from the top left corner of the current page. */
  readonly bbox?: readonly [number, number, number, number];
  readonly placement?: 'Block' | 'Inline';
}

/** A font that was parsed once and serves many documents. */
export interface ParsedFont {
  readonly postscriptName: string;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number };
  createSubset: () => GlyphSubset;
  /** The glyphs of a text, marks placed on their letters; in font units. */
  layout(text: string): ShapedText;
}

/** Glyphs with where each stands and the characters that it stands for. */
export interface ShapedText {
  readonly glyphs: readonly {
    readonly id: number;
    readonly advanceWidth: number;
    readonly codePoints: readonly number[];
  }[];
  readonly positions: readonly GlyphPosition[];
}

/** From a glyph to the next, and how far it stands off its place. */
export interface GlyphPosition {
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** Any value of a PDF file: a string is a name, a `String` object is a text string (ISO 32000-1, 7.9.2). */
export type PdfValue =
  | string
  | String // eslint-disable-line @typescript-eslint/no-wrapper-object-types -- pdfkit tells texts from names by it
  | number
  | boolean
  | Reference
  | StructureElement
  | readonly PdfValue[]
  | { readonly [key: string]: PdfValue | undefined };

/** An indirect object; it is written when it ends, and changes until then. */
export interface Reference {
  readonly data: Record<string, PdfValue>;
  /** Whether its stream is packed. */
  compress: boolean;
  end(content?: string | Uint8Array): void;
}

/** The font in use: the subset that is embedded in this document. */
export interface OpenedFont {
  /** Name in dictionaries of resources: `F1`. */
  readonly id: string;
  readonly font: ParsedFont;
  readonly scale: number;
  readonly subset: GlyphSubset;
  readonly unicode: (readonly number[] | undefined)[];
  readonly widths: (number | undefined)[];
  /** Writes what the glyphs mean, when the font is embedded. */
  toUnicodeCmap: () => Reference;
  ref(): Reference;
}

/** A file inside the file. */
export interface AttachmentOptions {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly relationship: 'Data';
  readonly creationDate: Date;
  readonly modifiedDate: Date;
}

/** An entry of the bookmarks. */
export interface Bookmark {
  addItem(
    title: string,
    options: {
      readonly pageNumber: number;
      readonly top: number;
      readonly left: number;
      readonly fit: false;
    },
  ): Bookmark;
}

/** A picture that pdfkit opened; width and height as stored, `orientation` from Exif (1 to 8). */
export interface OpenedImage {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
}

/** The part of a pdfkit document that the forms use. */
export interface Pdf {
  readonly page: {
    readonly width: number;
    readonly height: number;
    readonly annotations: Reference[];
    /** The fonts in the resources of the page, by name. */
    readonly fonts: Record<string, Reference>;
  };
  readonly outline: Bookmark;
  readonly _root: { readonly data: { readonly AcroForm?: Reference; OutputIntents?: Reference[] } };
  /** Writes the colour space that the document is meant for, when it ends. */
  _addColorOutputIntent: () => void;
  readonly _font: OpenedFont;
  /** Whether streams that begin now are packed when they end. */
  compress: boolean;
  ref(data: Record<string, PdfValue>): Reference;
  initForm(): Pdf;
  /** A widget or another annotation, written at once; `structParent` becomes the element that holds it. */
  annotate(
    x: number,
    y: number,
    width: number,
    height: number,
    options: { readonly [key: string]: PdfValue | undefined },
  ): Pdf;
  file(bytes: Uint8Array, options: AttachmentOptions): unknown;
  addPage(): Pdf;
  switchToPage(index: number): unknown;
  registerFont(name: string, font: ParsedFont): Pdf;
  font(name: string, size: number): Pdf;
  /** Operators of the current page. */
  addContent(operators: string): Pdf;
  text(
    text: string,
    x: number,
    y: number,
    options: { readonly lineBreak: false; readonly baseline: 'alphabetic' },
  ): Pdf;
  fillColor(color: string): Pdf;
  strokeColor(color: string): Pdf;
  lineWidth(width: number): Pdf;
  moveTo(x: number, y: number): Pdf;
  lineTo(x: number, y: number): Pdf;
  rect(x: number, y: number, width: number, height: number): Pdf;
  fill(): Pdf;
  stroke(): Pdf;
  clip(): Pdf;
  save(): Pdf;
  restore(): Pdf;
  rotate(degrees: number, options: { readonly origin: readonly [number, number] }): Pdf;
  openImage(bytes: Uint8Array): OpenedImage;
  image(
    image: OpenedImage,
    x: number,
    y: number,
    size: { readonly width: number; readonly height: number },
  ): Pdf;
  struct(type: string, options: ElementOptions): StructureElement;
  addStructure(element: StructureElement): Pdf;
  markContent(tag: 'Artifact', options: { readonly type: 'Pagination' | 'Layout' }): Pdf;
  markContent(tag: 'Span', options: { readonly actual: string }): Pdf;
  endMarkedContent(): Pdf;
  appendXML(xml: string): void;
  /** Where every piece of the file goes. */
  _write: (piece: string | Uint8Array) => void;
  end(): void;
}

const Constructor = PDFDocument as unknown as new (options: object) => Pdf;

/** An empty tagged document that is to be PDF/A-3a; no page yet, no font yet, pages stay open until the end. */
export function openPdf(options: PdfOptions): Pdf {
  const pdf = new Constructor({
    subset: 'PDF/A-3a',
    pdfVersion: '1.7',
    tagged: true,
    lang: options.language,
    displayTitle: true,
    size: options.size ?? 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    // null: without a font of its own pdfkit would refer to Helvetica, which is not embedded.
    font: null,
    info: {
      Title: options.title,
      ...(options.subject === undefined ? {} : { Subject: options.subject }),
      Producer: options.producer,
      Creator: options.producer,
      CreationDate: options.created,
    },
  });
  pdf._addColorOutputIntent = () => {
    addOutputIntent(pdf);
  };
  return pdf;
}

const SRGB = 'sRGB IEC61966-2.1';
const PROFILE = srgbProfile();
keepPacked(PROFILE);

/** The output intent of PDF/A (ISO 19005-3, 6.2.3); our profile has a fifth of the bytes of pdfkit's. */
function addOutputIntent(pdf: Pdf): void {
  const profile = pdf.ref({ N: 3 });
  profile.end(PROFILE);
  const intent = pdf.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: new String(SRGB),
    OutputConditionIdentifier: new String(SRGB),
    DestOutputProfile: profile,
  });
  intent.end();
  pdf._root.data.OutputIntents = [intent];
}

/** The font in these TrueType or OpenType bytes, parsed; throws whatever pdfkit throws for other bytes. */
export function parseFont(
  bytes: Uint8Array,
  tables: FontTables | undefined = readFontTables(bytes),
): ParsedFont {
  const { font } = new Constructor({ autoFirstPage: false, font: bytes })._font;
  if (tables !== undefined && hasOutlines(tables)) font.createSubset = () => new TrueTypeSubset(tables);
  return font;
}
