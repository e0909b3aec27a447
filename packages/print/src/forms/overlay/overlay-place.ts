import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import type { InputCell } from '../read/cells.js';

/** The width and height of the paper, in millimetres (A4). */
const PAPER = { width: 210, height: 297 } as const;

export const overlayPlaceSchema = z
  .strictObject({
    page: z.int().min(0).max(99),
    text: z.string().min(1).max(400),
    when: z.strictObject({ path: z.string().min(1).max(120), is: z.string().max(120) }).exactOptional(),
    xMm: z.number().min(0).max(PAPER.width),
    yMm: z.number().min(0).max(PAPER.height),
    widthMm: z.number().positive().max(PAPER.width),
    lines: z.int().min(1).max(20).exactOptional(),
    leadingMm: z.number().min(2).max(20).exactOptional(),
    sizePt: z.number().min(6).max(16).exactOptional(),
  })
  .refine(({ xMm, widthMm }) => xMm + widthMm <= PAPER.width, 'the place leaves the paper on the right');

/** Where on a foreign paper something of the form's data is printed, in millimetres from the top left corner of its page. */
export interface OverlayPlace {
  /** Counts from 0. */
  readonly page: number;
  /**
   * What is printed: words in which `{person.familyName}` stands for what the form prints at that place, as `fieldsOf` names it. Nothing
   * is printed where all of them are empty.
   */
  readonly text: string;
  /** Print it only where the data hold this value there: a cross in one of several boxes. */
  readonly when?: { readonly path: string; readonly is: string };
  /** Left end of the line. */
  readonly xMm: number;
  /** The line that is written on: the baseline of the first line of the text. */
  readonly yMm: number;
  readonly widthMm: number;
  /** Most lines that there is room for; default 1. */
  readonly lines?: number;
  /** From one baseline to the next; default 1.3 times the size. */
  readonly leadingMm?: number;
  /** Size of the script in points, 6 to 16; default 9.5. */
  readonly sizePt?: number;
}

const PLACEHOLDER = /\{([^{}]*)\}/gu;

/** What stands at a place with these data; empty where nothing does. @throws InputError `not-allowed` with the path of a placeholder that the form does not know. */
export function textAt(place: OverlayPlace, cells: ReadonlyMap<string, InputCell>, path: string): string {
  const { when } = place;
  if (when !== undefined && valueOf(cellAt(cells, when.path, `${path}.when.path`)) !== when.is) return '';
  const names = [...place.text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const printed = new Map(names.map((name) => [name, printedOf(cellAt(cells, name, `${path}.text`))]));
  if (names.length > 0 && [...printed.values()].every((text) => text === '')) return '';
  return place.text.replaceAll(PLACEHOLDER, (_, name: string) => printed.get(name) ?? '').trim();
}

function cellAt(cells: ReadonlyMap<string, InputCell>, name: string, path: string): InputCell {
  const cell = cells.get(name);
  if (cell !== undefined) return cell;
  throw new InputError('not-allowed', 'the form with these data has no place of this name', { path });
}

/** As the form prints it. */
function printedOf(cell: InputCell): string {
  switch (cell.type) {
    case 'field':
      return cell.value ?? '';
    case 'choice':
      return cell.options.find(({ value }) => value === cell.value)?.label ?? '';
    case 'check':
      return cell.value === true ? 'X' : '';
    default:
      return cell satisfies never;
  }
}

/** As the data hold it. */
function valueOf(cell: InputCell): string | undefined {
  return cell.type === 'check' ? String(cell.value === true) : cell.value;
}
