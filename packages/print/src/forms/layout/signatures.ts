import type { SignatureLine, SignaturesBlock } from '../definition.js';
import { breakLines } from '../pdf/lines.js';
import type { Canvas } from './canvas.js';
import { inputHeight, paintSignatureInput, paintTextInput } from './inputs.js';
import { CONTENT_WIDTH, MM, PAGE, STROKES, STYLES } from './style.js';

/** Points: room to sign above a line, for a seal, between two lines side by side, below a pair, below the statement. */
const SPACE = { rise: 34, seal: 38 * MM, gap: 24, below: 4, statement: 5 } as const;
const LINE_WIDTH = (CONTENT_WIDTH - SPACE.gap) / 2;

/** First part of the names of fields that lie on signature lines; no path of data begins with it. */
export const SIGNATURE_FIELDS = 'signatureLines';

/** A line to sign on with its texts broken. */
interface SetLine {
  readonly id: string;
  readonly kind: NonNullable<SignatureLine['kind']>;
  readonly name: string;
  readonly x: number;
  readonly known: readonly string[];
  readonly label: readonly string[];
}

interface SetPair {
  readonly lines: readonly SetLine[];
  /** From the top of the pair to its lines. */
  readonly rise: number;
  readonly height: number;
}

interface SetSignatures {
  readonly statement: readonly string[];
  readonly pairs: readonly SetPair[];
  readonly height: number;
}

/** Height in points of statement and lines, which stay on one page: nobody signs below words on another sheet. */
export function signaturesHeight(canvas: Canvas, block: SignaturesBlock): number {
  return set(canvas, block).height;
}

/** Paints the statement and below it two lines in a row, each with room to sign or for a seal and its label below. */
export function paintSignatures(canvas: Canvas, block: SignaturesBlock, path: string): void {
  const { sheet, flow } = canvas;
  const { statement, pairs, height } = set(canvas, block);
  flow.ensure(height);
  if (statement.length > 0) {
    sheet.mark(sheet.element(sheet.root, 'P'), () => {
      for (const line of statement) {
        sheet.text(line, PAGE.left, flow.y, STYLES.body, path);
        flow.skip(STYLES.body.leading);
      }
    });
    flow.skip(SPACE.statement);
  }
  for (const pair of pairs) {
    for (const line of pair.lines) {
      paintLine(canvas, line, flow.y + pair.rise);
      if (canvas.variant.fillable !== false) paintInput(canvas, line, flow.y + pair.rise);
    }
    flow.skip(pair.height);
  }
}

function paintLine({ sheet }: Canvas, line: SetLine, base: number): void {
  if (line.kind !== 'seal') {
    sheet.artifact('Layout', () => {
      sheet.rule(line.x, base, LINE_WIDTH, STROKES.signature);
    });
  }
  sheet.mark(sheet.element(sheet.root, 'P'), () => {
    for (const [index, text] of line.label.entries()) {
      sheet.text(text, line.x, base + 2 + index * STYLES.label.leading, STYLES.label, `${line.id}#label`);
    }
    for (const [index, text] of line.known.entries()) {
      const top = base - 2 - (line.known.length - index) * STYLES.value.leading;
      sheet.text(text, line.x, top, STYLES.value, line.id);
    }
  });
}

/** What is known already stays as it is printed; everything else is signed or written at the screen. */
function paintInput(canvas: Canvas, line: SetLine, base: number): void {
  if (line.kind === 'seal' || line.known.some((text) => text !== '')) return;
  const height = line.kind === 'text' ? inputHeight(1) : SPACE.rise - 8;
  const box = { x: line.x, y: base - height - 1, width: LINE_WIDTH, height };
  const input = { name: `${SIGNATURE_FIELDS}.${line.id}`, label: line.name, box };
  if (line.kind === 'text') paintTextInput(canvas, canvas.sheet.root, input, undefined, [], false);
  else paintSignatureInput(canvas, canvas.sheet.root, input);
}

function set({ sheet }: Canvas, block: SignaturesBlock): SetSignatures {
  const broken = (text: string, width: number, style: 'body' | 'value' | 'label'): string[] =>
    breakLines(text, width, (piece) => sheet.width(piece, STYLES[style]));
  const statement = block.statement === undefined ? [] : broken(block.statement, CONTENT_WIDTH, 'body');
  const lines = block.lines.map((line, index): SetLine => ({
    id: line.id,
    kind: line.kind ?? 'signature',
    name: line.label,
    x: PAGE.left + (index % 2) * (LINE_WIDTH + SPACE.gap),
    known: broken(line.prefilled ?? '', LINE_WIDTH, 'value'),
    label: broken(line.label, LINE_WIDTH, 'label'),
  }));
  const pairs: SetPair[] = [];
  for (let at = 0; at < lines.length; at += 2) pairs.push(setPair(lines.slice(at, at + 2)));
  const words = statement.length === 0 ? 0 : statement.length * STYLES.body.leading + SPACE.statement;
  return { statement, pairs, height: pairs.reduce((sum, pair) => sum + pair.height, words) };
}

function setPair(lines: readonly SetLine[]): SetPair {
  const known = Math.max(...lines.map((line) => line.known.length)) * STYLES.value.leading;
  const label = Math.max(...lines.map((line) => line.label.length)) * STYLES.label.leading;
  const room = lines.some((line) => line.kind === 'seal') ? SPACE.seal : SPACE.rise;
  const rise = Math.max(room, known + 4);
  return { lines, rise, height: rise + 2 + label + SPACE.below };
}
