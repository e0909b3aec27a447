import type { Aside, Cell, FieldsBlock } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import { setCell } from './cells.js';
import type { SetCell } from './set-cell.js';
import { CONTENT_WIDTH, GRID, MM, PAGE, STROKES, STYLES } from './style.js';

/** Points: between label and value, below a value to its line, below a row, beside an aside, around its caption. */
const GAP = { label: 1.2, line: 2, row: 4.5, aside: 16, caption: 3 } as const;

/** A cell with its place in the row known. */
interface PlacedCell extends SetCell {
  readonly x: number;
  readonly width: number;
}

interface SetRow {
  readonly cells: readonly PlacedCell[];
  readonly labelHeight: number;
  readonly height: number;
}

/** Height in points of all rows one below the other. */
export function fieldsHeight(canvas: Canvas, block: FieldsBlock): number {
  return block.rows.reduce((sum, row) => sum + setRow(canvas, row, CONTENT_WIDTH).height, 0);
}

/** Height in points of the first row, or of all of them where a picture stands beside them. */
export function firstRowHeight(canvas: Canvas, block: FieldsBlock): number {
  const [row] = block.rows;
  if (block.aside !== undefined) return fieldsHeight(canvas, block);
  return row === undefined ? 0 : setRow(canvas, row, CONTENT_WIDTH).height;
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
    const caption = breakLines(aside.caption, aside.widthMm * MM, (text) => sheet.width(text, STYLES.label));
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
  const cells = row.map((cell): PlacedCell => {
    const x = PAGE.left + column * unit;
    const cellWidth = cell.columns * unit - GRID.gutter;
    column += cell.columns;
    return { ...setCell(canvas, cell, cellWidth), x, width: cellWidth };
  });
  if (column > GRID.columns) throw new RangeError(`a row of ${column} columns on a grid of ${GRID.columns}`);
  const labelHeight = Math.max(...cells.map((cell) => cell.label.length)) * STYLES.label.leading + GAP.label;
  const contentHeight = Math.max(...cells.map((cell) => cell.height));
  return { cells, labelHeight, height: labelHeight + contentHeight + GAP.line + GAP.row };
}

/** The logical row of each cell is label and value: what stands side by side on paper is read one after the other. */
function paintRow(canvas: Canvas, row: SetRow, table: Element): void {
  const { sheet, flow } = canvas;
  for (const { x, width, label, name, paintContent, paintLabel, underlined } of row.cells) {
    const contentTop = flow.y + row.labelHeight;
    const tr = sheet.element(table, 'TR');
    sheet.mark(sheet.element(tr, 'TH', { scope: 'Row' }), () => {
      for (const [index, line] of label.entries()) {
        sheet.text(line, x, flow.y + index * STYLES.label.leading, STYLES.label, `${name}#label`);
      }
      paintLabel?.(x, contentTop);
    });
    paintContent(sheet.element(tr, 'TD'), x, contentTop);
    if (!underlined) continue;
    sheet.artifact('Layout', () => {
      sheet.rule(x, flow.y + row.height - GAP.row, width, STROKES.field);
    });
  }
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
  if (picture !== undefined) {
    const bbox = [box.x, box.y, box.x + box.width, box.y + box.height] as const;
    sheet.mark(sheet.element(sheet.root, 'Figure', { alt: aside.alt, bbox, placement: 'Block' }), () => {
      sheet.picture(picture, box, 'cover', `assets.${aside.picture}`);
    });
  }
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
