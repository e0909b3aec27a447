import { InputError } from '@buergerkoffer/formats';
import type { Aside, Cell, FieldCell, FieldsBlock, PictureCell } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import { CONTENT_WIDTH, GRID, MM, PAGE, STROKES, STYLES } from './style.js';

const DEFAULT_MAX_LINES = 8;
const VOLUNTARY = ' (freiwillig)';
/** Points: between label and value, below a value to its line, below a row, beside an aside, around its caption. */
const GAP = { label: 1.2, line: 2, row: 5.5, aside: 16, caption: 3 } as const;

/** A cell with its text broken and its place in the row known. */
interface SetCell {
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
  readonly label: readonly string[];
  readonly value: readonly string[];
  readonly contentHeight: number;
}

interface SetRow {
  readonly cells: readonly SetCell[];
  readonly labelHeight: number;
  readonly height: number;
}

/** Paints labelled values row by row; a row stays together, and an aside with the rows beside it. */
export function paintFields(canvas: Canvas, block: FieldsBlock): void {
  const { flow, sheet } = canvas;
  const { aside } = block;
  const asideWidth = aside === undefined ? 0 : aside.widthMm * MM + GAP.aside;
  const rows = block.rows.map((row) => setRow(canvas, row, CONTENT_WIDTH - asideWidth));
  let asideEnd = 0;
  if (aside !== undefined) {
    const rowsHeight = rows.reduce((sum, row) => sum + row.height, 0);
    const caption = lines(canvas, aside.caption, aside.widthMm * MM, 'label');
    const asideHeight = aside.heightMm * MM + GAP.caption * 2 + caption.length * STYLES.label.leading;
    flow.ensure(Math.max(asideHeight, rowsHeight));
    asideEnd = flow.y + asideHeight;
    paintAside(canvas, aside, caption, flow.y);
  }
  const firstPage = sheet.pageCount;
  const table = sheet.element(sheet.root, 'Table', { title: block.summary });
  for (const row of rows) {
    flow.ensure(row.height);
    paintRow(canvas, row, table);
    flow.skip(row.height);
  }
  if (sheet.pageCount === firstPage) flow.y = Math.max(flow.y, asideEnd);
}

function setRow(canvas: Canvas, row: readonly Cell[], width: number): SetRow {
  const unit = (width + GRID.gutter) / GRID.columns;
  let column = 0;
  const cells = row.map((cell): SetCell => {
    const x = PAGE.left + column * unit;
    const cellWidth = cell.columns * unit - GRID.gutter;
    column += cell.columns;
    const label = lines(canvas, labelOf(cell), cellWidth, 'label');
    if (cell.type === 'picture') {
      return { cell, x, width: cellWidth, label, value: [], contentHeight: cell.heightMm * MM };
    }
    const value = setValue(canvas, cell, cellWidth);
    return { cell, x, width: cellWidth, label, value, contentHeight: value.length * STYLES.value.leading };
  });
  if (column > GRID.columns) throw new RangeError(`a row of ${column} columns on a grid of ${GRID.columns}`);
  const labelHeight = Math.max(...cells.map((cell) => cell.label.length)) * STYLES.label.leading + GAP.label;
  const contentHeight = Math.max(...cells.map((cell) => cell.contentHeight));
  return { cells, labelHeight, height: labelHeight + contentHeight + GAP.line + GAP.row };
}

function labelOf(cell: Cell): string {
  return cell.type === 'field' && cell.voluntary === true ? cell.label + VOLUNTARY : cell.label;
}

function setValue(canvas: Canvas, cell: FieldCell, width: number): readonly string[] {
  const value = lines(canvas, cell.value ?? '', width, cell.strong === true ? 'strongValue' : 'value');
  const max = cell.maxLines ?? DEFAULT_MAX_LINES;
  if (value.length > max) {
    throw new InputError('too-large', `the value needs ${value.length} lines, its place has ${max}`, {
      path: cell.name,
      remedy: 'shorten the value, or enter what does not fit on a supplementary sheet',
    });
  }
  return value;
}

function lines(
  canvas: Canvas,
  text: string,
  width: number,
  style: 'label' | 'value' | 'strongValue',
): string[] {
  return breakLines(text, width, (piece) => canvas.sheet.width(piece, STYLES[style]));
}

/** The logical row of each cell is label and value: what stands side by side on paper is read one after the other. */
function paintRow(canvas: Canvas, row: SetRow, table: Element): void {
  const { sheet, flow } = canvas;
  const contentTop = flow.y + row.labelHeight;
  for (const { cell, x, width, label, value } of row.cells) {
    const tr = sheet.element(table, 'TR');
    sheet.mark(sheet.element(tr, 'TH', { scope: 'Row' }), () => {
      for (const [index, line] of label.entries()) {
        sheet.text(line, x, flow.y + index * STYLES.label.leading, STYLES.label, `${cell.name}#label`);
      }
    });
    const td = sheet.element(tr, 'TD');
    if (cell.type === 'picture') {
      paintPictureCell(canvas, cell, td, x, contentTop, width);
    } else if (cell.value !== undefined) {
      const style = cell.strong === true ? STYLES.strongValue : STYLES.value;
      sheet.mark(td, () => {
        for (const [index, line] of value.entries()) {
          sheet.text(line, x, contentTop + index * style.leading, style, cell.name);
        }
      });
    }
    sheet.artifact('Layout', () => {
      sheet.rule(x, flow.y + row.height - GAP.row, width, STROKES.field);
    });
  }
}

function paintPictureCell(
  canvas: Canvas,
  cell: PictureCell,
  td: Element,
  x: number,
  y: number,
  width: number,
): void {
  const { sheet } = canvas;
  const picture = canvas.picture(cell.picture);
  const box = { x, y, width, height: cell.heightMm * MM };
  const figure = sheet.element(td, 'Figure', {
    alt: cell.alt,
    bbox: [x, y, x + width, y + box.height],
    placement: 'Block',
  });
  sheet.mark(figure, () => {
    sheet.picture(picture, box, 'contain', cell.name);
  });
}

function paintAside(canvas: Canvas, aside: Aside, caption: readonly string[], top: number): void {
  const { sheet } = canvas;
  const box = {
    x: PAGE.right - aside.widthMm * MM,
    y: top + 2,
    width: aside.widthMm * MM,
    height: aside.heightMm * MM,
  };
  const picture = canvas.picture(aside.picture);
  const bbox = [box.x, box.y, box.x + box.width, box.y + box.height] as const;
  sheet.mark(sheet.element(sheet.root, 'Figure', { alt: aside.alt, bbox, placement: 'Block' }), () => {
    sheet.picture(picture, box, 'cover', `assets.${aside.picture}`);
  });
  sheet.artifact('Layout', () => {
    sheet.frame(box, STROKES.field);
  });
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    for (const [index, line] of caption.entries()) {
      const lineTop = box.y + box.height + GAP.caption + index * STYLES.label.leading;
      sheet.text(line, box.x, lineTop, STYLES.label, `assets.${aside.picture}#caption`);
    }
  });
}
