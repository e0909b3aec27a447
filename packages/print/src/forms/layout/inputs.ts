import type { ChoiceOption } from '../definition.js';
import type { FieldText } from '../pdf/form-fields.js';
import type { Rectangle } from '../pdf/boxes.js';
import { baselineBelow, type Element } from '../pdf/sheet.js';
import type { Canvas } from './canvas.js';
import { STYLES, TINT, type TextStyle } from './style.js';

/** Points between the edge of a field and its text, and above and below its lines. */
export const INSET = { side: 2.5, line: 1.5 } as const;

/** Width and height in points of a box to tick. */
const BOX_SIDE = 8.5;

/** Where a field stands and what it asks for. */
export interface Input {
  readonly name: string;
  readonly label: string;
  readonly box: Rectangle;
}

/** Height in points of a field of so many lines. */
export function inputHeight(lines: number): number {
  return lines * STYLES.value.leading + 2 * INSET.line;
}

/** A field to type into, with the lines that its value takes now. */
export function paintTextInput(
  canvas: Canvas,
  parent: Element,
  input: Input,
  value: string | undefined,
  lines: readonly string[],
  multiline: boolean,
): void {
  const { fillable } = canvas.variant;
  const maxLength = fillable === false ? undefined : fillable.maxLength(input.name);
  paintGround(canvas, input.box);
  canvas.sheet.recordField(input.name, input.box);
  canvas.sheet.field((fields) => {
    fields.text(place(canvas, parent, input), setText(input, value, lines, STYLES.value), {
      multiline,
      ...(maxLength === undefined ? {} : { maxLength }),
    });
  });
}

/** A list to choose from; the label of the chosen option is set smaller where it would not fit. */
export function paintComboInput(
  canvas: Canvas,
  parent: Element,
  input: Input,
  options: readonly ChoiceOption[],
  chosen: ChoiceOption | undefined,
): void {
  const room = input.box.width - 2 * INSET.side;
  const width = canvas.sheet.width(chosen?.label ?? '', STYLES.value);
  const { size } = STYLES.value;
  const style = width <= room ? STYLES.value : { ...STYLES.value, size: (size * room) / width };
  paintGround(canvas, input.box);
  canvas.sheet.recordField(input.name, input.box);
  canvas.sheet.field((fields) => {
    const text = setText(input, chosen?.value, [chosen?.label ?? ''], style);
    fields.combo(place(canvas, parent, input), text, options);
  });
}

/** A box to tick at this place, in the middle of its line. */
export function boxInput(input: Omit<Input, 'box'>, x: number, lineTop: number): Input {
  const y = lineTop + (STYLES.value.leading - BOX_SIDE) / 2;
  return { ...input, box: { x, y, width: BOX_SIDE, height: BOX_SIDE } };
}

/** A box to tick. */
export function paintCheckInput(canvas: Canvas, parent: Element, input: Input, ticked: boolean): void {
  canvas.sheet.recordField(input.name, input.box);
  canvas.sheet.field((fields) => {
    fields.check(place(canvas, parent, input), ticked);
  });
}

/** Boxes of which one can be ticked; each brings the element that it is read in. */
export function paintRadioInput(
  { sheet }: Canvas,
  { name, label }: Omit<Input, 'box'>,
  boxes: readonly { readonly place: Input & { readonly element: Element }; readonly value: string }[],
  chosen: string | undefined,
): void {
  for (const { place } of boxes) sheet.recordField(name, place.box);
  sheet.field((fields) => {
    fields.radio(name, label, boxes, chosen);
  });
}

/** A place to sign. */
export function paintSignatureInput(canvas: Canvas, parent: Element, input: Input): void {
  paintGround(canvas, input.box);
  canvas.sheet.recordField(input.name, input.box);
  canvas.sheet.field((fields) => {
    fields.signature(place(canvas, parent, input));
  });
}

function place(canvas: Canvas, parent: Element, input: Input): Input & { readonly element: Element } {
  return { ...input, element: canvas.sheet.element(parent, 'Form') };
}

function paintGround({ sheet }: Canvas, box: Rectangle): void {
  sheet.artifact('Layout', () => {
    sheet.tint(box, TINT);
  });
}

function setText(
  { box }: Input,
  value: string | undefined,
  lines: readonly string[],
  style: TextStyle,
): FieldText {
  return {
    value,
    size: style.size,
    lines: lines.map((text, index) => ({
      text,
      x: INSET.side,
      baseline: box.height - INSET.line - index * style.leading - baselineBelow(style),
    })),
  };
}
