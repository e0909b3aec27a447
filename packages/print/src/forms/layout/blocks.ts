import type { Block, HeadingBlock, ListBlock, ParagraphBlock, TableBlock } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import { fieldsHeight, paintFields } from './fields.js';
import { paintSignatures, signaturesHeight } from './signatures.js';
import { CONTENT_WIDTH, GRID, PAGE, STROKES, STYLES, type TextStyle } from './style.js';

/** Points that a heading wants to have below it on the same page, so that it never stands alone. */
const KEEP_WITH_NEXT = { section: 46, subsection: 24 } as const;
const RULE_BELOW = 7;
const INDENT = 10;
const CELL_PADDING = 3;

/** Paints the blocks of a form from top to bottom, over as many pages as they need. */
export function paintBlocks(canvas: Canvas, blocks: readonly Block[]): void {
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'fields' && block.keepWithNext === true) {
      canvas.flow.ensure(keptHeight(canvas, blocks.slice(index)));
    }
    paintBlock(canvas, block, keptHeight(canvas, blocks.slice(index + 1)), `blocks.${index}`);
  }
}

/** Height in points of the lines to sign on that come next, with what stands on one page with them. */
function keptHeight(canvas: Canvas, [block, ...rest]: readonly Block[]): number {
  if (block?.type === 'signatures') return signaturesHeight(canvas, block);
  if (block?.type !== 'fields' || block.keepWithNext !== true) return 0;
  return fieldsHeight(canvas, block) + keptHeight(canvas, rest);
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

function paintHeading({ sheet, flow }: Canvas, block: HeadingBlock, keep: number, path: string): void {
  const section = block.level === 'section';
  const style = section ? STYLES.section : STYLES.subsection;
  const lines = breakLines(block.text, CONTENT_WIDTH, (piece) => sheet.width(piece, style));
  const before = section ? 9 : 6;
  const below = Math.max(keep + RULE_BELOW, KEEP_WITH_NEXT[block.level]);
  if (!flow.ensure(before + lines.length * style.leading + below)) flow.skip(before);
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
  paintText(
    canvas,
    canvas.sheet.element(canvas.sheet.root, 'P'),
    block.text,
    PAGE.left,
    STYLES[block.size],
    path,
  );
  canvas.flow.skip(block.size === 'body' ? 5 : 3);
}

function paintList(canvas: Canvas, block: ListBlock, path: string): void {
  const { sheet, flow } = canvas;
  const style = STYLES[block.size];
  const list = sheet.element(sheet.root, 'L');
  for (const item of block.items) {
    const body = sheet.element(sheet.element(list, 'LI'), 'LBody');
    flow.ensure(style.leading);
    sheet.artifact('Layout', () => {
      sheet.text('–', PAGE.left, flow.y, style, `${path}#bullet`);
    });
    paintText(canvas, body, item, PAGE.left + INDENT, style, path);
  }
  flow.skip(block.size === 'body' ? 5 : 3);
}

/** Lines of text under one element; a page can end between two of them. */
function paintText(
  canvas: Canvas,
  element: Element,
  text: string,
  x: number,
  style: TextStyle,
  path: string,
): void {
  const { sheet, flow } = canvas;
  const lines = breakLines(text, PAGE.right - x, (piece) => sheet.width(piece, style));
  for (let at = 0; at < lines.length;) {
    flow.ensure(style.leading * Math.min(2, lines.length - at));
    const fitting = Math.max(1, Math.floor((PAGE.bottom - flow.y) / style.leading));
    const here = lines.slice(at, at + fitting);
    sheet.mark(element, () => {
      for (const line of here) {
        sheet.text(line, x, flow.y, style, path);
        flow.skip(style.leading);
      }
    });
    at += here.length;
  }
}

function paintTable(canvas: Canvas, block: TableBlock, path: string): void {
  const { sheet, flow } = canvas;
  const table = sheet.element(sheet.root, 'Table', { title: block.summary });
  const row = (cells: readonly string[], role: 'TH' | 'TD', style: TextStyle, rowPath: string): void => {
    const set = setTableRow(canvas, block, cells, style);
    const height = Math.max(...set.map(({ lines }) => lines.length)) * style.leading + 2 * CELL_PADDING;
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

interface SetTableCell {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly lines: readonly string[];
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
