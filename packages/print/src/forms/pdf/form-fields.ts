import { Appearances, type FieldLine } from './appearance.js';
import { edges, type Rectangle } from './boxes.js';
import type { Pdf, PdfValue, Reference, StructureElement } from './pdfkit.js';
import type { Typesetter } from './typesetter.js';

/** Where a field stands and what it is called. */
export interface FieldPlace {
  /** Fully qualified name, its parts joined by dots: `holder.familyName`. */
  readonly name: string;
  /** What the field asks for, shown as its tool tip and read out (`/TU`). */
  readonly label: string;
  /** In points from the top left corner of the page. */
  readonly box: Rectangle;
  /** An element of the role `Form` that holds nothing else; it is closed with the field. */
  readonly element: StructureElement;
}

/** The text of a field as it is and as its lines stand in its box. */
export interface FieldText {
  readonly value: string | undefined;
  readonly lines: readonly FieldLine[];
  readonly size: number;
}

/** Bits of `/Ff` (ISO 32000-1, tables 226, 228, 230). */
const FLAG = { multiline: 1 << 12, radio: 1 << 15, combo: 1 << 17 } as const;
/** Bit of `/F`: the widget is printed. */
const PRINT = 4;
/** Name of the state of a ticked box. */
export const TICKED = 'Ja';

/**
 * The interactive fields of a document (ISO 32000-1, 12.7), each with its own appearance and inside the structure tree.
 * A part of a name before a dot is a field of its own that holds the rest.
 */
export class FormFields {
  readonly #pdf: Pdf;
  readonly #nodes = new Map<string, Reference | undefined>();
  readonly #fields: PdfValue[];
  readonly #fontId: string;
  readonly #appearances: Appearances;

  /** The letters are those of all fields; their font is the one in use. */
  constructor(pdf: Pdf, letters: Typesetter) {
    this.#pdf = pdf;
    this.#fontId = letters.font.id;
    this.#appearances = new Appearances(pdf, letters);
    const form = pdf.initForm()._root.data.AcroForm;
    if (form === undefined) throw new Error('pdfkit made no form');
    delete form.data['NeedAppearances']; // every field brings its own
    this.#fields = form.data['Fields'] as PdfValue[];
  }

  text(
    place: FieldPlace,
    text: FieldText,
    more: { readonly multiline: boolean; readonly maxLength?: number | undefined },
  ): void {
    const { width, height } = place.box;
    this.#widget(place, this.#terminal(place.name), {
      FT: 'Tx',
      ...(more.multiline ? { Ff: FLAG.multiline } : {}),
      ...(more.maxLength === undefined ? {} : { MaxLen: more.maxLength }),
      ...(text.value === undefined ? {} : { V: string(text.value) }),
      DA: this.#fontAndSize(text.size),
      AP: { N: this.#appearances.text(width, height, text.size, text.lines) },
    });
  }

  /** One of several values from a list; the first entry of the list is that of no choice. */
  combo(
    place: FieldPlace,
    text: FieldText,
    options: readonly { readonly value: string; readonly label: string }[],
  ): void {
    const { width, height } = place.box;
    this.#widget(place, this.#terminal(place.name), {
      FT: 'Ch',
      Ff: FLAG.combo,
      Opt: [[string(''), string('')], ...options.map(({ value, label }) => [string(value), string(label)])],
      V: string(text.value ?? ''),
      DA: this.#fontAndSize(text.size),
      AP: { N: this.#appearances.text(width, height, text.size, text.lines) },
    });
  }

  /** A box that is ticked or not. */
  check(place: FieldPlace, ticked: boolean): void {
    this.#widget(place, this.#terminal(place.name), {
      FT: 'Btn',
      V: ticked ? TICKED : 'Off',
      ...this.#boxStates(place.box.width, TICKED, ticked),
    });
  }

  /** Boxes of which one can be ticked, each with its place and the value that it stands for. */
  radio(
    name: string,
    label: string,
    boxes: readonly { readonly place: Omit<FieldPlace, 'name'>; readonly value: string }[],
    chosen: string | undefined,
  ): void {
    const field = this.#pdf.ref({
      ...this.#terminal(name),
      FT: 'Btn',
      Ff: FLAG.radio,
      TU: string(label),
      V: chosen === undefined ? 'Off' : escapedName(chosen),
      Kids: [],
    });
    this.#hang(name, field);
    for (const { place, value } of boxes) {
      const widget = this.#annotate(place, {
        Parent: field,
        ...this.#boxStates(place.box.width, escapedName(value), value === chosen),
      });
      (field.data['Kids'] as PdfValue[]).push(widget);
    }
  }

  /** A place for an electronic signature. */
  signature(place: FieldPlace): void {
    const { width, height } = place.box;
    this.#widget(place, this.#terminal(place.name), {
      FT: 'Sig',
      AP: { N: this.#appearances.empty(width, height) },
    });
  }

  #widget(place: FieldPlace, field: Record<string, PdfValue>, more: Record<string, PdfValue>): void {
    this.#hang(place.name, this.#annotate(place, { ...field, ...more }));
  }

  /** The widget, written in the structure element that is its own. */
  #annotate(place: Omit<FieldPlace, 'name'>, options: Record<string, PdfValue>): Reference {
    const { box, label, element } = place;
    this.#pdf.annotate(...edges(box), {
      Subtype: 'Widget',
      F: PRINT,
      MK: {},
      TU: string(label),
      ...options,
      structParent: element,
    });
    element.end(); // now: pdfkit notes the page of the widget when the element ends
    const widget = this.#pdf.page.annotations.at(-1);
    if (widget === undefined) throw new Error('pdfkit kept no annotation');
    return widget;
  }

  #boxStates(side: number, on: string, ticked: boolean): Record<string, PdfValue> {
    return {
      AS: ticked ? on : 'Off',
      AP: {
        N: { [on]: this.#appearances.box(side, true), Off: this.#appearances.box(side, false) },
      },
    };
  }

  #fontAndSize(size: number): PdfValue {
    return string(`/${this.#fontId} ${size} Tf 0 g`);
  }

  /** Partial name and parent of a field that has no children. @throws RangeError for a name that was used. */
  #terminal(name: string): Record<string, PdfValue> {
    if (this.#nodes.has(name)) throw new RangeError(`two fields of the name "${name}"`);
    this.#nodes.set(name, undefined);
    return this.#named(name);
  }

  #named(name: string): Record<string, PdfValue> {
    const dot = name.lastIndexOf('.');
    if (dot < 0) return { T: string(name) };
    return { T: string(name.slice(dot + 1)), Parent: this.#parent(name.slice(0, dot)) };
  }

  /** The field that holds those whose names begin with `name` and a dot. */
  #parent(name: string): Reference {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    if (this.#nodes.has(name)) throw new RangeError(`"${name}" is a field and holds fields`);
    const node = this.#pdf.ref({ ...this.#named(name), Kids: [] });
    this.#nodes.set(name, node);
    this.#hang(name, node);
    return node;
  }

  #hang(name: string, field: Reference): void {
    const dot = name.lastIndexOf('.');
    if (dot < 0) this.#fields.push(field);
    else (this.#parent(name.slice(0, dot)).data['Kids'] as PdfValue[]).push(field);
  }
}

/** A text string, which pdfkit tells from a name by its type. */
function string(text: string): PdfValue {
  return new String(text);
}

/** The value as a PDF name: bytes of UTF-8, those that are no regular characters as `#` and two digits (ISO 32000-1, 7.3.5). */
export function escapedName(value: string): string {
  return [...new TextEncoder().encode(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/u.test(character) ? character : `#${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
