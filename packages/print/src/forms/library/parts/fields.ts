import type { CheckCell, ChoiceCell, FieldCell, FieldsBlock, PictureCell } from '../../definition.js';
import { euro, germanDay, germanInstant } from '../../format.js';
import { valueAt, type PathIn, type ValueAt } from './paths.js';

/** How a labelled value can differ from the ordinary. */
export interface FieldLook {
  readonly strong?: true;
  readonly voluntary?: true;
  readonly multiline?: true;
  readonly maxLines?: number;
}

/** The answers of a choice in German, by the values in the data. */
export type Words<Value> = Readonly<
  Record<Value extends boolean ? `${Value}` : Value & (string | number), string>
>;

/** A place takes whatever the schema lets pass: its bound, not the paper's, refuses a value. */
const MOST_LINES = 24;

/** Room for some sentences. */
const SENTENCES = 9;

/** A dash says that the question was asked and there is nothing to say. */
const NOTHING = '–';

/** The places of a form for data of type `T`, each named by the path of its value: what a layout is written with. */
export class Fields<T> {
  readonly #data: unknown;
  readonly #value: unknown;
  readonly #prefix: string;

  /** `value` lies in `data` behind `prefix`, which is empty or ends with a dot. */
  constructor(data: unknown, value: unknown = data, prefix = '') {
    this.#data = data;
    this.#value = value;
    this.#prefix = prefix;
  }

  /** Whether the whole form is blank, to be filled in by hand. */
  get blank(): boolean {
    return typeof this.#data !== 'object' || this.#data === null || Object.keys(this.#data).length === 0;
  }

  /** The places of a part of the data. */
  in<Path extends PathIn<T>>(path: Path): Fields<ValueAt<T, Path>> {
    return new Fields(this.#data, valueAt(this.#value, path), `${this.#prefix}${path}.`);
  }

  /** The places of each item of a list, and of so many in a blank form. */
  each<Path extends PathIn<T>>(path: Path, inBlank: number): Fields<ValueAt<T, `${Path}.0`>>[] {
    const length = this.blank ? inBlank : this.#listAt(path).length;
    return Array.from({ length }, (_, index) => {
      const item = `${path}.${index}`;
      return new Fields(this.#data, valueAt(this.#value, item), `${this.#prefix}${item}.`);
    });
  }

  /** The value at the path; `undefined` in a blank form, or where the data have none. */
  value<Path extends PathIn<T>>(path: Path): ValueAt<T, Path> | undefined {
    return valueAt(this.#value, path) as ValueAt<T, Path> | undefined;
  }

  /** Whether there is a value, or will be: a blank form has room for everything. */
  has(path: PathIn<T>): boolean {
    return this.blank || valueAt(this.#value, path) !== undefined;
  }

  text(path: PathIn<T>, label: string, columns: number, look: FieldLook = {}): FieldCell {
    return this.#field(path, label, columns, this.#textAt(path), look);
  }

  /** The texts of a list, separated by commas. */
  list(path: PathIn<T>, label: string, columns: number, look: FieldLook = {}): FieldCell {
    const items = this.#listAt(path).join(', ');
    const value = items === '' ? undefined : items;
    return { ...this.#field(path, label, columns, value, look), as: 'list' };
  }

  day(path: PathIn<T>, label: string, columns: number, look: FieldLook = {}): FieldCell {
    return { ...this.#field(path, label, columns, germanDay(this.#textAt(path)), look), as: 'day' };
  }

  /** A day of which day or month can be unknown. */
  partialDate(path: PathIn<T>, label: string, columns: number, look: FieldLook = {}): FieldCell {
    return { ...this.#field(path, label, columns, germanDay(this.#textAt(path)), look), as: 'partial-date' };
  }

  instant(path: PathIn<T>, label: string, columns: number): FieldCell {
    return { ...this.#field(path, label, columns, germanInstant(this.#textAt(path)), {}), as: 'instant' };
  }

  /** A whole number with its unit behind it. */
  integer(path: PathIn<T>, label: string, columns: number, unit = ''): FieldCell {
    const value = valueAt(this.#value, path);
    const text = typeof value === 'number' ? `${value}${unit}` : undefined;
    return { ...this.#field(path, label, columns, text, {}), as: 'integer' };
  }

  /** An amount of money. */
  cents(path: PathIn<T>, label: string, columns: number): FieldCell {
    const value = valueAt(this.#value, path);
    const text = typeof value === 'number' ? euro(value) : undefined;
    return { ...this.#field(path, label, columns, text, {}), as: 'cents' };
  }

  /** One of several answers; only the chosen one is printed, all of them in a blank form. */
  choice<Path extends PathIn<T>>(
    path: Path,
    label: string,
    columns: number,
    words: Words<ValueAt<T, Path>>,
    look: { readonly voluntary?: true } = {},
  ): ChoiceCell {
    return {
      type: 'choice',
      name: `${this.#prefix}${path}`,
      label,
      columns,
      value: this.#answerAt(path),
      options: Object.entries<string>(words).map(([value, text]) => ({ value, label: text })),
      absent: NOTHING,
      ...look,
    };
  }

  /** A choice that prints all its answers with a box each. */
  boxes<Path extends PathIn<T>>(
    path: Path,
    label: string,
    columns: number,
    words: Words<ValueAt<T, Path>>,
  ): ChoiceCell {
    return { ...this.choice(path, label, columns, words), boxes: true };
  }

  /** A truth value in words. */
  truth<Path extends PathIn<T>>(
    path: Path,
    label: string,
    columns: number,
    words: Words<ValueAt<T, Path>>,
  ): ChoiceCell {
    return { ...this.choice(path, label, columns, words), as: 'boolean' };
  }

  check(path: PathIn<T>, label: string, columns: number): CheckCell {
    const value = valueAt(this.#value, path);
    return {
      type: 'check',
      name: `${this.#prefix}${path}`,
      label,
      columns,
      value: typeof value === 'boolean' ? value : undefined,
    };
  }

  /** A value that follows from others: printed, never filled in. */
  derived(name: string, label: string, columns: number, value: string | undefined): FieldCell {
    return { ...this.#field(name, label, columns, value, {}), derived: true };
  }

  #field(
    path: string,
    label: string,
    columns: number,
    value: string | undefined,
    look: FieldLook,
  ): FieldCell {
    const name = `${this.#prefix}${path}`;
    const maxLines = look.multiline === true ? SENTENCES : MOST_LINES;
    return { type: 'field', name, label, columns, value, absent: NOTHING, maxLines, ...look };
  }

  #textAt(path: string): string | undefined {
    const value = valueAt(this.#value, path);
    return typeof value === 'string' ? value : undefined;
  }

  /** The chosen answer as choices spell it. */
  #answerAt(path: string): string | undefined {
    const value = valueAt(this.#value, path);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : this.#textAt(path);
  }

  #listAt(path: string): readonly unknown[] {
    const value = valueAt(this.#value, path);
    return Array.isArray(value) ? value : [];
  }
}

/** The rows that have anything in them, under a summary for those who hear the page. */
export function fieldsBlock(
  summary: string,
  rows: readonly FieldsBlock['rows'][number][],
  aside?: FieldsBlock['aside'],
): FieldsBlock {
  const filled = rows.filter((row) => row.length > 0);
  return { type: 'fields', summary, rows: filled, ...(aside === undefined ? {} : { aside }) };
}

/** The picture of a signature given on a pad. */
export function signaturePicture(columns: number, alt: string, label: string): PictureCell {
  const place = { columns, heightMm: 13 };
  return { type: 'picture', name: 'assets.signature', picture: 'signature', label, alt, ...place };
}
