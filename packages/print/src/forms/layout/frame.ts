import type { FormDefinition, Letterhead } from '../definition.js';
import { formatFooterCode } from '../footer-code.js';
import { germanDay } from '../format.js';
import { dataMatrix } from '../pdf/data-matrix.js';
import { breakLines } from '../pdf/lines.js';
import type { Sheet } from '../pdf/sheet.js';
import { CONTENT_WIDTH, PAGE, STROKES, STYLES, type TextStyle } from './style.js';

/** What every page of a form carries around its content. */
export interface FrameOptions {
  readonly form: Pick<FormDefinition<never>, 'id' | 'title' | 'legalBasis' | 'validFrom'>;
  readonly letterhead: Letterhead;
  readonly caseNumber: string;
  readonly watermark?: string | undefined;
}

/** Adds a page with watermark and, from the second page on, a running head; returns where content begins. */
export function openPage(sheet: Sheet, options: FrameOptions): number {
  sheet.addPage();
  const { watermark, form } = options;
  if (watermark !== undefined) {
    sheet.artifact('Layout', () => {
      sheet.diagonal(watermark, fitted(sheet, watermark, STYLES.watermark, 640));
    });
  }
  if (sheet.pageCount === 1) return PAGE.top;
  sheet.artifact('Pagination', () => {
    const style = fitted(sheet, form.title, STYLES.running, CONTENT_WIDTH);
    sheet.text(form.title, PAGE.left, PAGE.top - 2, style, 'running-head');
    sheet.rule(PAGE.left, PAGE.top + 9, CONTENT_WIDTH, STROKES.table);
  });
  return PAGE.continued;
}

/** The authority with its address and a line below, at the head of a first page; returns where that ends. */
export function paintLetterhead(sheet: Sheet, top: number, letterhead: Letterhead): number {
  const addressWidth = 150;
  const nameWidth = CONTENT_WIDTH - addressWidth - 24;
  let y = top;
  const set = (text: string, style: TextStyle, x: number, width: number, path: string): void => {
    y = paintLines(sheet, text, style, { x, y, width }, path);
  };
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    set(letterhead.authority, STYLES.authority, PAGE.left, nameWidth, 'letterhead.authority');
    if (letterhead.unit !== undefined) {
      set(letterhead.unit, STYLES.letterhead, PAGE.left, nameWidth, 'letterhead.unit');
    }
    const leftEnd = y;
    y = top + 1.5;
    for (const [index, line] of letterhead.lines.entries()) {
      set(line, STYLES.letterhead, PAGE.right - addressWidth, addressWidth, `letterhead.lines.${index}`);
    }
    y = Math.max(leftEnd, y);
  });
  y += 7;
  sheet.artifact('Layout', () => {
    sheet.rule(PAGE.left, y, CONTENT_WIDTH, STROKES.section);
  });
  return y;
}

/** Letterhead, title and legal basis on the first page; returns where the form itself begins. */
export function paintOpening(sheet: Sheet, top: number, options: FrameOptions): number {
  const { letterhead, form } = options;
  let y = paintLetterhead(sheet, top, letterhead);
  const set = (text: string, style: TextStyle, path: string): void => {
    y = paintLines(sheet, text, style, { x: PAGE.left, y, width: CONTENT_WIDTH }, path);
  };
  y += 14;
  sheet.mark(sheet.element(sheet.root, 'H1'), () => {
    set(form.title, STYLES.title, 'title');
  });
  y += 1;
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    const line = `Rechtsgrundlage: ${form.legalBasis}  ·  Vorgang ${options.caseNumber}`;
    set(line, STYLES.legalBasis, 'legalBasis');
  });
  return y + 4;
}

/** Lines of text one below the other; returns where they end. */
function paintLines(
  sheet: Sheet,
  text: string,
  style: TextStyle,
  place: { readonly x: number; readonly y: number; readonly width: number },
  path: string,
): number {
  const lines = breakLines(text, place.width, (piece) => sheet.width(piece, style));
  for (const [index, line] of lines.entries())
    sheet.text(line, place.x, place.y + index * style.leading, style, path);
  return place.y + lines.length * style.leading;
}

/** What stands at the foot of every page. */
export interface FooterOptions {
  readonly caseNumber: string;
  readonly formId: string;
  /** Which paper this is, in German. */
  readonly edition: string;
}

/** The foot of a form. */
export function formFooter({ form, caseNumber }: FrameOptions): FooterOptions {
  const edition = `${form.id} · Fassung ab ${germanDay(form.validFrom) ?? ''}`;
  return { caseNumber, formId: form.id, edition };
}

/** Least distance between two texts of the footer, in points. */
const FOOTER_GAP = 14;

/** Points: the most of a module of the Data Matrix (0.42 mm), of its whole side, from it to the text beside it, below the type area. */
const CODE = { module: 1.2, side: 30, gap: 9, below: 5 } as const;

/** Case number, form, "Seite x von y" and their Data Matrix at the foot of every page; to be called when all pages are there. */
export function paintFooters(sheet: Sheet, { caseNumber, formId, edition }: FooterOptions): void {
  const code = dataMatrix(formatFooterCode({ formId, caseNumber }));
  const side = Math.min(CODE.module * code.length, CODE.side);
  const box = { x: PAGE.right - side, y: PAGE.bottom + CODE.below, width: side, height: side };
  const right = box.x - CODE.gap;
  const style = STYLES.running;
  for (let page = 0; page < sheet.pageCount; page++) {
    sheet.turnTo(page);
    sheet.artifact('Pagination', () => {
      const number = `Seite ${page + 1} von ${sheet.pageCount}`;
      sheet.rule(PAGE.left, PAGE.footer - 5, right - PAGE.left, STROKES.table);
      const caseText = `Vorgang ${caseNumber}`;
      const centred = (PAGE.left + right - sheet.width(edition, style)) / 2;
      const afterCase = PAGE.left + sheet.width(caseText, style) + FOOTER_GAP;
      sheet.text(caseText, PAGE.left, PAGE.footer, style, 'footer.case');
      sheet.text(edition, Math.max(centred, afterCase), PAGE.footer, style, 'footer.form');
      sheet.text(number, right - sheet.width(number, style), PAGE.footer, style, 'footer.page');
      sheet.modules(code, box, 'footer.code');
    });
  }
}

/** The style, smaller where the text would be wider than `maxWidth`. */
function fitted(sheet: Sheet, text: string, style: TextStyle, maxWidth: number): TextStyle {
  const width = sheet.width(text, style);
  return width <= maxWidth ? style : { ...style, size: (style.size * maxWidth) / width };
}
