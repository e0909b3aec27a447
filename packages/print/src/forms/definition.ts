import type { z } from 'zod';
import type { FieldCodec } from './field-codec.js';
import type { Crop } from './pdf/picture.js';

/** A form as data: what it is, what it asks for, what it must say, and how it is laid out. One file per form is enough. */
export interface FormDefinition<T> {
  /** Short name, the same in files, footers and on the command line: `pa-antrag`. */
  readonly id: string;
  /** German title, as printed and as the title of the document. */
  readonly title: string;
  /** German, as printed under the title: `§ 9 PAuswG`. */
  readonly legalBasis: string;
  /** First day (`YYYY-MM-DD`, Europe/Berlin) on which this version of the form is right. */
  readonly validFrom: string;
  /** Last day on which it is right; none while it is in force. */
  readonly validTo?: string;
  /** What a complete form holds; also the bound of every value's length. */
  readonly schema: z.ZodType<T>;
  /** Texts that the law wants on the paper, whatever the data. */
  readonly notices: readonly Notice[];
  /** Where somebody signs; a layout places them with {@link SignaturesBlock}. */
  readonly signatureLines: readonly SignatureLine[];
  /** How long who may keep the paper, in German, with its source. */
  readonly retention: string;
  /** Who holds the paper at the end; what goes to third parties carries no attached data unless asked for. */
  readonly audience: 'authority' | 'applicant' | 'third-party';
  /** Whether `{}` gives a form to fill in by hand; false for certificates and receipts, where it is refused. */
  readonly blank: boolean;
  /** Invented data that show the form at its edges. */
  readonly samples: FormSamples<T>;
  /** The form's content for these data; a draft may lack anything, a field without a value is printed empty. */
  layout(data: T | Draft<T>, frame: FormFrame<T>): readonly Block[];
  /** What may be attached as data where that is not exactly the data, because law closes the list. */
  attachment?(data: T): unknown;
}

/** A form of which only the definition is known, not the type of its data: what lists and readers of forms hold. */
export type AnyForm = FormDefinition<unknown>;

/** No data at all: the form to fill in by hand. */
export type Blank = Record<string, never>;

/** Data of invented persons only, made anew by each call. */
export interface FormSamples<T> {
  /** The least that the form takes: `{}` for the blank, the legal minimum where there is none. */
  empty(): T | Blank;
  /** An ordinary case. */
  filled(): T;
  /** Every text as long as may be, of the widest letters, and every optional part present. */
  longest(): T;
  /** The extremes of String.Latin (DIN 91379), sequences with combining marks included. */
  latin(): T;
  /** The pictures that the form shows with these data, where it needs any. */
  assets?(variant: SampleVariant): Promise<Assets>;
}

/** Which of the samples. */
export type SampleVariant = 'empty' | 'filled' | 'longest' | 'latin';

/**
 * The data while a form is being filled in: everything is optional, except that what was begun knows its kind
 * (properties of literal types, by which unions are told apart).
 */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Key in keyof T as IsLiteral<T[Key]> extends true ? Key : never]: T[Key] } & {
        readonly [Key in keyof T as IsLiteral<T[Key]> extends true ? never : Key]?: Draft<T[Key]> | undefined;
      }
    : T;

type IsLiteral<V> = string extends V
  ? false
  : number extends V
    ? false
    : [V] extends [string | boolean]
      ? true
      : false;

/** What a layout knows besides the data. */
export interface FormFrame<T> {
  readonly form: FormDefinition<T>;
  readonly letterhead: Letterhead;
  readonly textModules?: TextModules | undefined;
}

/** The municipality's own wording of notices, by the notice's id; read as {@link Notice} says. */
export type TextModules = Readonly<Record<string, Notice['text']>>;

/** A text the law wants on the paper. */
export interface Notice {
  readonly id: string;
  readonly heading: string;
  /** Paragraphs; one that is an array is a list. `{authority}` and `{dataProtection}` stand for the letterhead's. */
  readonly text: readonly (string | readonly string[])[];
  readonly legalBasis: string;
}

/** A line to sign on; in a fillable form a signature field of the name `signatureLines.ID`. */
export interface SignatureLine {
  readonly id: string;
  readonly label: string;
  /**
   * `text` is written, not signed (place and date): a text field in a fillable form. `seal` leaves room for a seal and is
   * neither. Default `signature`.
   */
  readonly kind?: 'signature' | 'text' | 'seal';
}

/** The authority in whose name the form speaks. */
export interface Letterhead {
  /** `Stadt Musterstadt` */
  readonly authority: string;
  /** `Bürgeramt` */
  readonly unit?: string;
  /** Street, postal code and city, telephone …: at most four lines. */
  readonly lines: readonly string[];
  /** How to reach the data protection officer (Art. 13 (1) b DSGVO). */
  readonly dataProtection: string;
}

/** A stretch of the form from top to bottom. */
export type Block =
  HeadingBlock | FieldsBlock | ParagraphBlock | ListBlock | TableBlock | SignaturesBlock | PageBreakBlock;

/** `section` opens a numbered part of the form, `subsection` a notice. */
export interface HeadingBlock {
  readonly type: 'heading';
  readonly level: 'section' | 'subsection';
  readonly text: string;
}

/** Labelled values on the grid of twelve columns, row by row; read out as a table of labels and values. */
export interface FieldsBlock {
  readonly type: 'fields';
  /** What the fields are about, for those who hear the page. */
  readonly summary: string;
  readonly rows: readonly (readonly Cell[])[];
  /** A picture to the right of all rows, which then share the columns that are left. */
  readonly aside?: Aside;
  /** Stands on one page with the lines to sign on that follow. */
  readonly keepWithNext?: true;
}

/** A place on the grid. */
export type Cell = FieldCell | ChoiceCell | CheckCell | PictureCell;

/** What all labelled places share. */
interface LabelledCell {
  readonly label: string;
  /** 1 to 12; a row has at most 12. */
  readonly columns: number;
}

/** What the places have that become fields of a fillable form. */
interface NamedCell extends LabelledCell {
  /** Path of the value in the form's data (`holder.familyName`, `children.0.givenNames`); also the name of the field. */
  readonly name: string;
  /** Prints "freiwillig" beside the label. */
  readonly voluntary?: true;
}

/** A labelled value. */
export interface FieldCell extends NamedCell {
  readonly type: 'field';
  /** What is printed. */
  readonly value: string | undefined;
  /** How what is printed maps to the data; the reader of returned forms goes by it. Default `text`. */
  readonly as?: FieldCodec;
  /** Composed of other values: printed, never a field of its own. */
  readonly derived?: true;
  /** In a fillable form a field of several lines, `maxLines` high. */
  readonly multiline?: true;
  readonly strong?: true;
  /** A value that needs more lines is refused; default 8. */
  readonly maxLines?: number;
  /** Printed where data are given and this value is not, to say that it was asked for: a dash. Never in a field to fill in. */
  readonly absent?: string;
}

/** One of several answers. */
export interface ChoiceCell extends NamedCell {
  readonly type: 'choice';
  /** The value of the option that was chosen. */
  readonly value: string | undefined;
  readonly options: readonly ChoiceOption[];
  /** All options with a box each and the chosen one crossed, instead of only the chosen one's label. */
  readonly boxes?: true;
  /** Printed where data are given and no option was chosen; as in {@link FieldCell}. */
  readonly absent?: string;
  /** The data hold a number or a truth value of this spelling instead of the text. Default `text`. */
  readonly as?: 'text' | 'integer' | 'boolean';
}

/** An answer that can be chosen. */
export interface ChoiceOption {
  /** As the data hold it. */
  readonly value: string;
  /** German, as printed. */
  readonly label: string;
}

/** A box that is crossed or not, with its label beside it. */
export interface CheckCell extends NamedCell {
  readonly type: 'check';
  readonly value: boolean | undefined;
  /** How the data say that the box is empty: `false`, or by not holding the value. Default `false`. */
  readonly unchecked?: 'false' | 'absent';
}

/** A labelled picture, whole inside its place; a blank form shows the empty place. */
export interface PictureCell extends LabelledCell {
  readonly type: 'picture';
  readonly name: string;
  /** Which of the pictures given. */
  readonly picture: PictureName;
  readonly alt: string;
  readonly heightMm: number;
}

/** A picture of fixed size that covers its place. */
export interface Aside {
  readonly picture: PictureName;
  readonly alt: string;
  readonly caption: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Key of a picture in the assets of a rendering; a form chooses its own, `pa-antrag` uses `photo` and `signature`. */
export type PictureName = string;

/** Running text. */
export interface ParagraphBlock {
  readonly type: 'paragraph';
  readonly size: 'body' | 'notice';
  readonly text: string;
}

/** Bulleted points. */
export interface ListBlock {
  readonly type: 'list';
  readonly size: 'body' | 'notice';
  readonly items: readonly string[];
}

/** A table with a header row; the last row can be a total. */
export interface TableBlock {
  readonly type: 'table';
  readonly summary: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
}

/** A column of a table; the widths of all columns sum up to twelve. */
export interface TableColumn {
  readonly header: string;
  readonly columns: number;
  readonly align?: 'right';
}

/** What is declared and the lines to sign it on, two in a row and all on one page, with what is already known above the line. */
export interface SignaturesBlock {
  readonly type: 'signatures';
  readonly statement?: string;
  readonly lines: readonly (SignatureLine & { readonly prefilled?: string | undefined })[];
}

/** What follows begins on a new page. */
export interface PageBreakBlock {
  readonly type: 'page-break';
}

/** A JPEG or PNG file with the part of it that is shown. */
export interface PictureAsset {
  readonly bytes: Uint8Array;
  readonly crop?: Crop;
}

/** Pictures given to a rendering. */
export type Assets = Readonly<Record<PictureName, PictureAsset>>;
