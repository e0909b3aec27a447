import type { CheckCell, ChoiceCell, ChoiceOption } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import type { SetCell } from './set-cell.js';
import { boxInput, inputHeight, paintCheckInput, paintComboInput, paintRadioInput } from './inputs.js';
import { STYLES, WRITING_HEIGHT } from './style.js';

/** Ballot boxes, as text that is read out and found: U+2610, U+2612. */
export const BOX = { empty: '\u2610', crossed: '\u2612' } as const;

/** Points between a box and its label, and between one option and the next. */
const GAP = { box: 4, option: 14 } as const;
const LEADING = STYLES.value.leading;

/** An option with its label broken and its place from the top left corner of the content. */
interface SetOption {
  readonly option: ChoiceOption;
  readonly left: number;
  readonly top: number;
  readonly lines: readonly string[];
}

/** The chosen answer in words, or every answer with a box: where the form says so, and in a blank form. */
export function setChoice(
  canvas: Canvas,
  cell: ChoiceCell,
  label: readonly string[],
  width: number,
): SetCell {
  const { blank, fillable } = canvas.variant;
  if (cell.boxes === true || (blank && fillable === false)) return setBoxes(canvas, cell, label, width);
  return fillable === false ? setChosen(canvas, cell, label, width) : setCombo(canvas, cell, label, width);
}

function setChosen(canvas: Canvas, cell: ChoiceCell, label: readonly string[], width: number): SetCell {
  const { sheet } = canvas;
  const chosen = chosenOption(cell)?.label ?? cell.absent ?? '';
  const lines = breakLines(chosen, width, (piece) => sheet.width(piece, STYLES.value));
  return {
    name: cell.name,
    label,
    height: lines.length * LEADING,
    underlined: true,
    paintContent: (td, x, y) => {
      if (chosen === '') return;
      sheet.mark(td, () => {
        for (const [index, line] of lines.entries()) {
          sheet.text(line, x, y + index * LEADING, STYLES.value, cell.name);
        }
      });
    },
  };
}

function setCombo(canvas: Canvas, cell: ChoiceCell, label: readonly string[], width: number): SetCell {
  const height = inputHeight(1);
  return {
    name: cell.name,
    label,
    height,
    underlined: true,
    paintContent: (td, x, y) => {
      const input = { name: cell.name, label: cell.label, box: { x, y, width, height } };
      paintComboInput(canvas, td, input, cell.options, chosenOption(cell));
    },
  };
}

function setBoxes(canvas: Canvas, cell: ChoiceCell, label: readonly string[], width: number): SetCell {
  const { sheet } = canvas;
  const options = setOptions(canvas, cell.options, width);
  const chosen = chosenOption(cell);
  const height = Math.max(...options.map(({ top, lines }) => top + lines.length * LEADING));
  return {
    name: cell.name,
    label,
    height: Math.max(height, canvas.variant.blank ? WRITING_HEIGHT : 0),
    underlined: false,
    paintContent: (td, x, y) => {
      if (canvas.variant.fillable !== false) {
        paintRadio(canvas, cell, options, td, x, y);
        return;
      }
      sheet.mark(td, () => {
        for (const { option, left, top, lines } of options) {
          const box = option === chosen ? BOX.crossed : BOX.empty;
          sheet.text(box, x + left, y + top, STYLES.value, cell.name);
          paintLabel(canvas, lines, x + left, y + top, cell.name);
        }
      });
    },
  };
}

/** Boxes of one field, each read before its label. */
function paintRadio(
  canvas: Canvas,
  cell: ChoiceCell,
  options: readonly SetOption[],
  td: Element,
  x: number,
  y: number,
): void {
  const { sheet } = canvas;
  const boxes = options.map(({ option, left, top, lines }) => {
    const input = boxInput({ name: cell.name, label: `${cell.label}: ${option.label}` }, x + left, y + top);
    const element = sheet.element(td, 'Form');
    sheet.mark(sheet.element(td, 'Span'), () => {
      paintLabel(canvas, lines, x + left, y + top, cell.name);
    });
    return { place: { ...input, element }, value: option.value };
  });
  paintRadioInput(canvas, { name: cell.name, label: cell.label }, boxes, cell.value);
}

/** The option that was chosen. @throws RangeError for a value that the layout forgot to offer. */
function chosenOption(cell: ChoiceCell): ChoiceOption | undefined {
  if (cell.value === undefined) return undefined;
  const chosen = cell.options.find((option) => option.value === cell.value);
  if (chosen === undefined) throw new RangeError(`"${cell.name}" has no option for its value`);
  return chosen;
}

/** Options side by side as far as they fit, else one below the other. */
function setOptions({ sheet }: Canvas, options: readonly ChoiceOption[], width: number): SetOption[] {
  const indent = labelIndent(sheet);
  let left = 0;
  let top = 0;
  return options.map((option) => {
    const lines = breakLines(option.label, width - indent, (piece) => sheet.width(piece, STYLES.body));
    const optionWidth = indent + Math.max(...lines.map((line) => sheet.width(line, STYLES.body)));
    if (left > 0 && left + optionWidth > width) {
      left = 0;
      top += LEADING;
    }
    const set = { option, left, top, lines };
    left += optionWidth + GAP.option;
    if (lines.length > 1) {
      left = 0;
      top += lines.length * LEADING;
    }
    return set;
  });
}

/** A box with its label beside it. */
export function setCheck(canvas: Canvas, cell: CheckCell, label: string, width: number): SetCell {
  const { sheet } = canvas;
  const lines = breakLines(label, width - labelIndent(sheet), (piece) => sheet.width(piece, STYLES.body));
  return {
    name: cell.name,
    label: [],
    height: lines.length * LEADING,
    underlined: false,
    paintLabel: (x, y) => {
      paintLabel(canvas, lines, x, y, `${cell.name}#label`);
    },
    paintContent: (td, x, y) => {
      if (canvas.variant.fillable !== false) {
        paintCheckInput(
          canvas,
          td,
          boxInput({ name: cell.name, label: cell.label }, x, y),
          cell.value === true,
        );
        return;
      }
      sheet.mark(td, () => {
        sheet.text(cell.value === true ? BOX.crossed : BOX.empty, x, y, STYLES.value, cell.name);
      });
    },
  };
}

function paintLabel({ sheet }: Canvas, lines: readonly string[], x: number, y: number, path: string): void {
  for (const [index, line] of lines.entries()) {
    sheet.text(line, x + labelIndent(sheet), y + index * LEADING, { ...STYLES.body, leading: LEADING }, path);
  }
}

function labelIndent(sheet: Canvas['sheet']): number {
  return sheet.width(BOX.empty, STYLES.value) + GAP.box;
}
