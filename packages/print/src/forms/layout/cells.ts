import { InputError } from '@buergerkoffer/formats';
import type { Cell, FieldCell, PictureCell } from '../definition.js';
import { keepCitations } from '../format.js';
import { breakLines } from '../pdf/lines.js';
import type { Canvas } from './canvas.js';
import { setCheck, setChoice } from './choices.js';
import { INSET, inputHeight, paintTextInput } from './inputs.js';
import type { SetCell } from './set-cell.js';
import { MM, STROKES, STYLES, WRITING_HEIGHT } from './style.js';

const DEFAULT_MAX_LINES = 8;
const VOLUNTARY = ' (freiwillig)';

/** The cell as it stands in `width` points. @throws InputError `too-large` with the cell's name where its value needs too many lines. */
export function setCell(canvas: Canvas, cell: Cell, width: number): SetCell {
  switch (cell.type) {
    case 'field':
      return setField(canvas, cell, width);
    case 'choice':
      return setChoice(canvas, cell, labelLines(canvas, cell, width), width);
    case 'check':
      return setCheck(canvas, cell, labelText(cell), width);
    case 'picture':
      return setPicture(canvas, cell, width);
    default:
      return cell satisfies never;
  }
}

function labelText(cell: Cell): string {
  return cell.type !== 'picture' && cell.voluntary ? cell.label + VOLUNTARY : cell.label;
}

function labelLines({ sheet }: Canvas, cell: Cell, width: number): readonly string[] {
  return breakLines(labelText(cell), width, (piece) => sheet.width(piece, STYLES.label));
}

function setField(canvas: Canvas, cell: FieldCell, width: number): SetCell {
  const { sheet, variant } = canvas;
  const input = variant.fillable !== false && cell.derived !== true;
  const style = cell.strong === true && !input ? STYLES.strongValue : STYLES.value;
  const shown = cell.value ?? (variant.blank || input ? '' : (cell.absent ?? ''));
  const room = input ? width - 2 * INSET.side : width;
  const lines = breakLines(keepCitations(shown), room, (piece) => sheet.width(piece, style)).map(withSpaces);
  const max = cell.maxLines ?? DEFAULT_MAX_LINES;
  if (lines.length > max) {
    throw new InputError('too-large', `the value needs ${lines.length} lines, its place has ${max}`, {
      path: cell.name,
      germanRemedy: 'Bitte kürzen Sie die Angabe, oder tragen Sie auf einem Beiblatt ein, was nicht passt.',
    });
  }
  const count = (input || variant.blank) && cell.multiline === true ? max : lines.length;
  const height = input
    ? inputHeight(count)
    : Math.max(count * style.leading, variant.blank ? WRITING_HEIGHT : 0);
  return {
    name: cell.name,
    label: labelLines(canvas, cell, width),
    height,
    underlined: true,
    paintContent: (td, x, y) => {
      if (input) {
        const place = { name: cell.name, label: cell.label, box: { x, y, width, height } };
        paintTextInput(canvas, td, place, typed(cell), lines, count > 1);
      } else if (shown !== '') {
        sheet.mark(td, () => {
          for (const [index, line] of lines.entries()) {
            sheet.text(line, x, y + index * style.leading, style, cell.name);
          }
        });
      }
    },
  };
}

/** The value as somebody types it: programs take the no-break space of an amount for another character (it is not in PDFDocEncoding). */
function typed({ value, as }: FieldCell): string | undefined {
  return as === 'cents' && value !== undefined ? withSpaces(value) : value;
}

/** A text whose lines are broken needs no no-break spaces any more. */
function withSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function setPicture(canvas: Canvas, cell: PictureCell, width: number): SetCell {
  const { sheet } = canvas;
  const height = cell.heightMm * MM;
  return {
    name: cell.name,
    label: labelLines(canvas, cell, width),
    height,
    underlined: true,
    paintContent: (td, x, y) => {
      const box = { x, y, width, height };
      const picture = canvas.picture(cell.picture);
      if (picture === undefined) {
        sheet.artifact('Layout', () => {
          sheet.frame(box, STROKES.field);
        });
        return;
      }
      const figure = sheet.element(td, 'Figure', {
        alt: cell.alt,
        bbox: [x, y, x + width, y + height],
        placement: 'Block',
      });
      sheet.mark(figure, () => {
        sheet.picture(picture, box, 'contain', cell.name);
      });
    },
  };
}
