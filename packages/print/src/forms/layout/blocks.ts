import type { Block, HeadingBlock, ListBlock, ParagraphBlock, TableBlock } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import { fieldsHeight, firstRowHeight, paintFields } from './fields.js';
import { paintSignatures, signaturesHeight } from './signatures.js';
import { CONTENT_WIDTH, GRID, PAGE, STROKES, STYLES, type TextStyle } from './style.js';

/** Points above a heading. */
const SPACE_BEFORE = { section: 7, subsection: 6 } as const;
const RULE_BELOW = 6;
const INDENT = 10;
const CELL_PADDING = 3;

/** Paints the blocks of a form from top to bottom, over as many pages as they need. */
export function paintBlocks(canvas: Canvas, blocks: readonly Block[]): void {
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'fields' && block.keepWithNext === true) {
      canvas.flow.ensure(beginningHeight(canvas, blocks.slice(index)));
    }
    const keep = block.type === 'heading' ? beginningHeight(canvas, blocks.slice(index + 1)) : 0;
    paintBlock(canvas, block, keep, `blocks.${index}`);
  }
}

/** Height in points of the first thing in these blocks that stays in one piece: a row, lines to sign on, the first lines of a text. */
function beginningHeight(canvas: Canvas, [block, ...rest]: readonly Block[]): number {
  switch (block?.type) {
    case 'heading':
      return headingHeight(canvas, block).height + beginningHeight(canvas, rest);
    case 'fields':
      if (block.keepWithNext !== true) return firstRowHeight(canvas, block);
      return fieldsHeight(canvas, block) + beginningHeight(canvas, rest);
    case 'paragraph':
      return beginningOf(setText(canvas, block.text, PAGE.left, STYLES[block.size]), STYLES[block.size]);
    case 'list':
      return beginningOf(
        setText(canvas, block.items[0] ?? '', PAGE.left + INDENT, STYLES[block.size]),
        STYLES[block.size],
      );
    case 'table':
      return tableBeginning(canvas, block);
    case 'signatures':
      return signaturesHeight(canvas, block);
    case 'page-break':
    case undefined:
      return 0;
    default:
      return block satisfies never;
  }
}

/** `keep` are the points below a heading that stay on its page. */
function paintBlock(canvas: Canvas, block: Block, keep: number, path: string): void {
  switch (block.type) {
    case 'heading':
      paintHeading(canvas, block, keep, path);
      return;
    case 'fields':
      paintFields(canvas, block);
      return;
    case 'paragraph':
      paintParagraph(canvas, block, path);
      return;
    case 'list':
      paintList(canvas, block, path);
      return;
    case 'table':
      paintTable(canvas, block, path);
      return;
    case 'signatures':
      paintSignatures(canvas, block, path);
      return;
    case 'page-break':
      canvas.flow.newPage();
      return;
    default:
      return block satisfies never;
  }
}

interface SetHeading {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  readonly before: number;
  /** With the space before it and the rule below. */
  readonly height: number;
}

function headingHeight({ sheet }: Canvas, { level, text }: HeadingBlock): SetHeading {
  const style = STYLES[level];
  const lines = breakLines(text, CONTENT_WIDTH, (piece) => sheet.width(piece, style));
  const before = SPACE_BEFORE[level];
  const height = before + lines.length * style.leading + (level === 'section' ? RULE_BELOW : 0);
  return { lines, style, before, height };
}

function paintHeading(canvas: Canvas, block: HeadingBlock, keep: number, path: string): void {
  const { sheet, flow } = canvas;
  const section = block.level === 'section';
  const { lines, style, before, height } = headingHeight(canvas, block);
  if (!flow.ensure(Math.min(height + keep, PAGE.bottom - PAGE.continued))) flow.skip(before);
  sheet.mark(sheet.element(sheet.root, section ? 'H2' : 'H3'), () => {
    for (const line of lines) {
      sheet.text(line, PAGE.left, flow.y, style, path);
      flow.skip(style.leading);
    }
  });
  if (!section) return;
  sheet.bookmark(block.text, flow.y - lines.length * style.leading - 4);
  sheet.artifact('Layout', () => {
    sheet.rule(PAGE.left, flow.y + 1.5, CONTENT_WIDTH, STROKES.section);
  });
  flow.skip(RULE_BELOW);
}

function paintParagraph(canvas: Canvas, block: ParagraphBlock, path: string): void {
  const style = STYLES[block.size];
  const lines = setText(canvas, block.text, PAGE.left, style);
  paintText(canvas, canvas.sheet.element(canvas.sheet.root, 'P'), lines, PAGE.left, style, path);
  canvas.flow.skip(block.size === 'body' ? 5 : 3);
}

function paintList(canvas: Canvas, block: ListBlock, path: string): void {
  const { sheet, flow } = canvas;
  const style = STYLES[block.size];
  const list = sheet.element(sheet.root, 'L');
  for (const item of block.items) {
    const lines = setText(canvas, item, PAGE.left + INDENT, style);
    const body = sheet.element(sheet.element(list, 'LI'), 'LBody');
    flow.ensure(beginningOf(lines, style));
    sheet.artifact('Layout', () => {
      sheet.text('–', PAGE.left, flow.y, style, `${path}#bullet`);
    });
    paintText(canvas, body, lines, PAGE.left + INDENT, style, path);
  }
  flow.skip(block.size === 'body' ? 5 : 3);
}

function setText({ sheet }: Canvas, text: string, x: number, style: TextStyle): readonly string[] {
  return breakLines(text, PAGE.right - x, (piece) => sheet.width(piece, style));
}

/** Height of the lines that stay together where a text begins: two, or all where the rest would be a single one. */
function beginningOf(lines: readonly string[], style: TextStyle): number {
  return style.leading * (lines.length <= 3 ? lines.length : 2);
}

/** Lines of text under one element; a page can end between two of them, never after the first or before the last. */
function paintText(
  { sheet, flow }: Canvas,
  element: Element,
  lines: readonly string[],
  x: number,
  style: TextStyle,
  path: string,
): void {
  for (let rest = lines; rest.length > 0;) {
    flow.ensure(beginningOf(rest, style));
    const fitting = Math.max(1, Math.floor((PAGE.bottom - flow.y) / style.leading));
    const here = rest.slice(0, fitting === rest.length - 1 && fitting > 1 ? fitting - 1 : fitting);
    sheet.mark(element, () => {
      for (const line of here) {
        sheet.text(line, x, flow.y, style, path);
        flow.skip(style.leading);
      }
    });
    rest = rest.slice(here.length);
  }
}

function paintTable(canvas: Canvas, block: TableBlock, path: string): void {
  const { sheet, flow } = canvas;
  const table = sheet.element(sheet.root, 'Table', { title: block.summary });
  const row = (cells: readonly string[], role: 'TH' | 'TD', style: TextStyle, rowPath: string): void => {
    const set = setTableRow(canvas, block, cells, style);
    const height = rowHeight(set, style);
    flow.ensure(height);
    const tr = sheet.element(table, 'TR');
    for (const { x, width, align, lines } of set) {
      sheet.mark(sheet.element(tr, role, role === 'TH' ? { scope: 'Column' } : {}), () => {
        for (const [index, line] of lines.entries()) {
          const left = align === 'right' ? x + width - sheet.width(line, style) : x;
          sheet.text(line, left, flow.y + CELL_PADDING + index * style.leading, style, rowPath);
        }
      });
    }
    flow.skip(height);
    sheet.artifact('Layout', () => {
      sheet.rule(PAGE.left, flow.y, CONTENT_WIDTH, role === 'TH' ? STROKES.field : STROKES.table);
    });
  };
  row(
    block.columns.map((column) => column.header),
    'TH',
    STYLES.head,
    `${path}.header`,
  );
  for (const [index, cells] of block.rows.entries()) row(cells, 'TD', STYLES.body, `${path}.rows.${index}`);
  if (block.total !== undefined) row(block.total, 'TD', { ...STYLES.body, weight: 'bold' }, `${path}.total`);
  flow.skip(6);
}

/** Height of the header with the first row below it. */
function tableBeginning(canvas: Canvas, block: TableBlock): number {
  const headers = block.columns.map((column) => column.header);
  const first = setTableRow(canvas, block, block.rows[0] ?? [], STYLES.body);
  return (
    rowHeight(setTableRow(canvas, block, headers, STYLES.head), STYLES.head) + rowHeight(first, STYLES.body)
  );
}

interface SetTableCell {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly lines: readonly string[];
}

function rowHeight(cells: readonly SetTableCell[], style: TextStyle): number {
  return Math.max(1, ...cells.map(({ lines }) => lines.length)) * style.leading + 2 * CELL_PADDING;
}

function setTableRow(
  canvas: Canvas,
  block: TableBlock,
  cells: readonly string[],
  style: TextStyle,
): SetTableCell[] {
  const unit = (CONTENT_WIDTH + GRID.gutter) / GRID.columns;
  let column = 0;
  return block.columns.map((definition, index): SetTableCell => {
    const x = PAGE.left + column * unit;
    const width = definition.columns * unit - GRID.gutter;
    column += definition.columns;
    const lines = breakLines(cells[index] ?? '', width, (piece) => canvas.sheet.width(piece, style));
    return { x, width, align: definition.align ?? 'left', lines };
  });
}
